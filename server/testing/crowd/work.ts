/**
 * Everybody works at once: each writer pushes its operations one after another, every second one a change of a matter that may be
 * anybody's, and readers follow their cursors all the while. Nothing is judged here: what happened is written down for `prove.ts`.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { newId } from '../../../shared/core/id.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import type { PullResponse, Verdict } from '../../../shared/protocol/messages.ts';
import { seededSource } from '../../../shared/testing/random.ts';
import type { Cast } from '../cast.ts';
import type { Desk } from '../desk.ts';
import { JIANGNAN, NOON, villagers } from '../village.ts';

export interface Size {
  readonly writers: number;
  readonly operations: number;
  readonly readers: number;
}

export interface Written {
  readonly operation: string;
  readonly record: string;
  /** What went wrong instead. */
  readonly verdict: Verdict | string;
}

/** What one reader was given, page by page. */
export type Followed = readonly (Pick<PullResponse, 'cursor' | 'more'> & {
  readonly records: readonly Pick<RecordState, 'id' | 'seq'>[];
})[];

export interface Worked {
  readonly written: readonly Written[];
  readonly followed: readonly Followed[];
  /** Ids of the ledger's confirmed operations, in its order. */
  readonly kept: readonly string[];
  /** Official numbers of the matters that lie there. */
  readonly numbers: readonly string[];
  readonly enrolling: number;
  /** Seconds from the first push to the last verdict. */
  readonly seconds: number;
}

/** Small enough that a reader who has fallen behind needs several. */
const PAGE = 50;
/** At a time: the district takes twenty a minute from an address, and no crowd. */
const ENROLLING = 10;
const CASEWORK = `${JIANGNAN}/casework`;
const PEOPLE = [villagers.zhouMin, villagers.chenGuodong];

interface Sitting {
  readonly desk: Desk;
  readonly person: string;
  readonly index: number;
}

export async function work(casts: readonly Cast[], { writers, operations, readers }: Size): Promise<Worked> {
  const sinceOpening = stopwatch();
  const sittings: Sitting[] = [];
  while (sittings.length < writers + readers) {
    const together = Math.min(ENROLLING, writers + readers - sittings.length);
    const numbers = Array.from({ length: together }, (_, index) => sittings.length + index);
    sittings.push(...(await Promise.all(numbers.map((index) => sitDown(casts, index)))));
  }
  const enrolling = sinceOpening();
  const board: string[] = [];
  let isWritten = false;
  const following = sittings.slice(writers).map(({ desk }) => follow(desk, () => isWritten));
  const sincePushing = stopwatch();
  const written = await Promise.all(
    sittings.slice(0, writers).map((sitting) => write(sitting, operations, board)),
  ).finally(() => (isWritten = true));
  const seconds = sincePushing();
  const followed = await Promise.all(following);
  return { written: written.flat(), followed, enrolling, seconds, ...(await lyingThere(casts)) };
}

async function sitDown(casts: readonly Cast[], index: number): Promise<Sitting> {
  const cast = casts[index % casts.length] as Cast;
  const person = PEOPLE[Math.floor(index / casts.length) % PEOPLE.length] ?? villagers.zhouMin;
  return { desk: await cast.desk(person), person: person.id, index };
}

async function write(
  { desk, person: author, index }: Sitting,
  operations: number,
  board: string[],
): Promise<readonly Written[]> {
  const written: Written[] = [];
  const { pick } = seededSource(index);
  for (let number = 0; number < operations; number++) {
    // So many pens of so few random bytes would write an id twice.
    const fresh = { id: newId('operation', NOON, randomBytes), author };
    const isCreation = number % 2 === 0 || board.length === 0;
    const operation = isCreation
      ? desk.pen.create(`第${number}件`, { ...fresh, record: newId('matter', NOON, randomBytes) })
      : desk.pen.change(pick(board), { note: `${index}.${number}` }, fresh);
    const verdict = await desk.push(operation).then(
      ([one]) => one ?? 'no verdict',
      (failure: unknown) => String(failure),
    );
    if (isCreation && typeof verdict === 'object') board.push(operation.record);
    written.push({ operation: operation.id, record: operation.record, verdict });
  }
  return written;
}

async function follow(desk: Desk, isWritten: () => boolean): Promise<Followed> {
  const pages: PullResponse[] = [];
  for (;;) {
    // Asked before the page: what is written before it must be in it.
    const isLast = isWritten();
    const page = await desk.pull(CASEWORK, pages.at(-1)?.cursor, PAGE);
    pages.push(page);
    if (isLast && !page.more) break;
    if (!page.more) await wait(20);
  }
  return pages.map(({ cursor, more, records }) => ({
    cursor,
    more,
    records: records.map(({ id, seq }) => ({ id, seq })),
  }));
}

async function lyingThere([cast]: readonly Cast[]): Promise<Pick<Worked, 'kept' | 'numbers'>> {
  if (!cast) return { kept: [], numbers: [] };
  return cast.transactor.read(async (reading) => {
    const kept = await reading.confirmed(0, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    const matters = await reading.recordsOf('matter');
    return {
      kept: kept.map(({ id }) => id),
      numbers: matters.map(({ text }) => {
        const { values } = JSON.parse(text) as RecordState;
        return (values['number'] as { readonly official: string }).official;
      }),
    };
  });
}

function stopwatch(): () => number {
  const started = performance.now();
  return () => (performance.now() - started) / 1000;
}
