/**
 * Several records as one text, to be sealed at once: a first line that says whose they are and what lists need of them, then one line
 * of JSON a record. Opening a block unfolds and parses the first line only; the others stay deflated until somebody looks at one.
 */
import { framed, partsIn, plainPart, type Part, type TwoParts } from '../vault/apart.ts';
import { joined } from '../vault/ciphers.ts';
import { LEAST } from '../vault/pressed.ts';
import { basesIn, bytesOf, joinedTexts, type Base } from './base.ts';
import { areLines, gathered, type Lines } from './lines.ts';
import type { Unfolded } from './unfolded.ts';

interface Head {
  readonly v: 3;
  readonly entity: string;
  readonly via: string;
  readonly epoch: string;
  readonly ids: readonly string[];
  readonly seqs: readonly number[];
  /** Bytes of each record. */
  readonly sizes: readonly number[];
  readonly lines?: Lines | undefined;
}

const LINE_FEED = 0x0a;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** What the records of one block have in common. */
const blockGroup = ({ entity, via, epoch }: Base): string => `${entity}|${via}|${epoch}`;

/** @param bases of one group */
export function packBlock(bases: readonly Base[]): Uint8Array {
  const [first] = bases;
  if (!first) throw new Error('an empty block');
  const { entity, via, epoch } = first;
  const texts = bases.map(bytesOf);
  const head: Head = {
    v: 3,
    entity,
    via,
    epoch,
    ids: bases.map(({ id }) => id),
    seqs: bases.map(({ seq }) => seq),
    sizes: texts.map(({ length }) => length),
    lines: gathered(bases.map(({ line }) => line)),
  };
  const start = encoder.encode(`${JSON.stringify(head)}\n`);
  const { body } = joinedTexts(texts);
  // What is too small to be deflated lies in one piece, as every block did up to format 3.
  if (start.length + body.length < LEAST) return joined(start, body);
  return framed([plainPart(start), plainPart(body)]);
}

/** Throws where it is no block. @param texts where they are unfolded when somebody looks at one of them */
export function unpackBlock(block: Uint8Array, texts: Unfolded): readonly Base[] {
  const [first, rest] = partsIn(block) ?? inOnePiece(block);
  const head = JSON.parse(decoder.decode(texts.once(first))) as Head;
  const { v, entity, via, epoch, ids, seqs, sizes, lines } = head;
  if (v !== 3) throw new Error('a block of another version');
  let at = -1;
  const ends = Uint32Array.from(sizes, (size) => (at += size + 1));
  if (ids.length !== sizes.length || at + 1 !== rest.length) throw new Error('a block with a gap');
  // A copy: the room of the head and of what filled the row up is given back.
  const part: Part = { bytes: rest.bytes.slice(), length: rest.length };
  return basesIn({
    entity,
    via,
    epoch,
    ids,
    seqs,
    body: () => texts.of(part),
    ends,
    lines: areLines(lines, ids.length) ? lines : undefined,
  });
}

function inOnePiece(block: Uint8Array): TwoParts {
  const start = block.indexOf(LINE_FEED) + 1;
  return [plainPart(block.subarray(0, start)), plainPart(block.subarray(start))];
}

/** Bases by what one block may hold together, in their order. */
export function blockGroups(bases: Iterable<Base>): ReadonlyMap<string, Base[]> {
  const groups = new Map<string, Base[]>();
  for (const base of bases) {
    const group = groups.get(blockGroup(base));
    if (group) group.push(base);
    else groups.set(blockGroup(base), [base]);
  }
  return groups;
}
