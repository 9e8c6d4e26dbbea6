/**
 * What must be true of a crowd's work (sync.md S6): every operation is confirmed once, sequences have no gap and no double, and no reader
 * misses what lies at or before its cursor.
 */
import type { Followed, Worked, Written } from './work.ts';

interface Numbered {
  readonly seq: number;
  readonly operation: string;
  readonly record: string;
}

/** @returns one sentence for everything that is broken */
export function prove({ written, followed, kept, numbers }: Worked): readonly string[] {
  const numbered = written.flatMap(numberedOf).toSorted((one, other) => one.seq - other.seq);
  const misplaced = numbered.find(({ seq }, index) => seq !== index + 1);
  const ids = numbered.map(({ operation }) => operation);
  const unlike = ids.findIndex((id, index) => id !== kept[index]);
  return [
    ...firstOf(
      'not confirmed',
      written.filter((one) => numberedOf(one).length === 0).map(({ verdict }) => JSON.stringify(verdict)),
    ),
    ...(misplaced ? [`a gap or a double before sequence ${misplaced.seq}`] : []),
    ...(unlike >= 0 || kept.length !== ids.length
      ? [`the ledger keeps ${kept.length} operations, ${ids.length} were confirmed; they differ at ${unlike}`]
      : []),
    ...(new Set(numbers).size === numbers.length ? [] : ['an official number was given twice']),
    ...followed.flatMap((pages, reader) => {
      const broken = missedBy(pages, numbered);
      return broken === undefined ? [] : [`reader ${reader + 1}: ${broken}`];
    }),
  ];
}

const numberedOf = ({ verdict, operation, record }: Written): readonly Numbered[] =>
  typeof verdict === 'object' && verdict.verdict === 'confirmed'
    ? [{ seq: verdict.seq, operation, record }]
    : [];

const firstOf = (what: string, found: readonly string[]): readonly string[] =>
  found.length === 0 ? [] : [`${found.length} ${what}, first: ${found[0]}`];

/**
 * A page that is not the last leaves out what has moved behind it. On the last one a reader holds, of every record that was written at or
 * before its cursor, that state or a newer one.
 */
function missedBy(pages: Followed, numbered: readonly Numbered[]): string | undefined {
  const held = new Map<string, number>();
  let cursor = 0;
  let proven = 0;
  for (const page of pages) {
    if (page.cursor < cursor) return `its cursor went back from ${cursor} to ${page.cursor}`;
    let before = cursor;
    for (const { id, seq } of page.records) {
      if (seq <= before || seq > page.cursor) return `sequence ${seq} came out of its order`;
      held.set(id, seq);
      before = seq;
    }
    cursor = page.cursor;
    if (page.more) continue;
    for (let one = numbered[proven]; one && one.seq <= cursor; one = numbered[++proven])
      if ((held.get(one.record) ?? 0) < one.seq) return `sequence ${one.seq} was missed at cursor ${cursor}`;
  }
  return proven === numbered.length ? undefined : `it ended at ${cursor}, before the last sequence`;
}
