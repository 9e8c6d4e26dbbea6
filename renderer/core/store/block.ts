/**
 * Several records as one text, to be sealed at once: a first line that says whose they are, then one line of JSON a record. Opening
 * a block parses the first line only; a record is parsed when somebody first looks at it.
 */
export interface Base {
  readonly id: string;
  readonly entity: string;
  /** The scope through which it is kept here, and under whose key: its home, or one that it is shared into. A row for each of them. */
  readonly via: string;
  /** The epoch in which the district sent it; a sequence says nothing without it. */
  readonly epoch: string;
  readonly seq: number;
  /** The record's state as JSON, on one line. */
  readonly text: string;
}

interface Head {
  readonly v: 2;
  readonly entity: string;
  readonly via: string;
  readonly epoch: string;
  readonly ids: readonly string[];
  readonly seqs: readonly number[];
}

/** What the records of one block have in common. */
const blockGroup = ({ entity, via, epoch }: Base): string => `${entity}|${via}|${epoch}`;

/** @param bases of one group */
export function packBlock(bases: readonly Base[]): string {
  const [first] = bases;
  if (!first) throw new Error('an empty block');
  const { entity, via, epoch } = first;
  const head: Head = {
    v: 2,
    entity,
    via,
    epoch,
    ids: bases.map(({ id }) => id),
    seqs: bases.map(({ seq }) => seq),
  };
  return [JSON.stringify(head), ...bases.map(({ text }) => text)].join('\n');
}

export function unpackBlock(text: string): readonly Base[] {
  const [first = '', ...texts] = text.split('\n');
  const { v, entity, via, epoch, ids, seqs } = JSON.parse(first) as Head;
  if (v !== 2) throw new Error('a block of another version');
  return ids.map((id, index) => ({
    id,
    entity,
    via,
    epoch,
    seq: seqs[index] ?? 0,
    text: texts[index] ?? '',
  }));
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
