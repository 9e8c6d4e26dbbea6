/**
 * Several records as one text, to be sealed at once: a first line that says whose they are and what lists need of them, then one line
 * of JSON a record. Opening a block parses the first line only; a record is parsed when somebody first looks at it.
 */
import { basesIn, bytesOf, joinedTexts, type Base } from './base.ts';
import { areLines, gathered, type Lines } from './lines.ts';

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
  const block = new Uint8Array(start.length + body.length);
  block.set(start);
  block.set(body, start.length);
  return block;
}

/** Throws where it is no block. */
export function unpackBlock(block: Uint8Array): readonly Base[] {
  const start = block.indexOf(LINE_FEED) + 1;
  const head = JSON.parse(decoder.decode(block.subarray(0, start))) as Head;
  const { v, entity, via, epoch, ids, seqs, sizes, lines } = head;
  if (v !== 3) throw new Error('a block of another version');
  // A copy: the head's room is given back.
  const body = block.slice(start);
  let at = -1;
  const ends = Uint32Array.from(sizes, (size) => (at += size + 1));
  if (ids.length !== sizes.length || at + 1 !== body.length) throw new Error('a block with a gap');
  return basesIn({
    entity,
    via,
    epoch,
    ids,
    seqs,
    body,
    ends,
    lines: areLines(lines, ids.length) ? lines : undefined,
  });
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
