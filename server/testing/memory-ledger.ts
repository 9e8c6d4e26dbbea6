/**
 * The district's ledger in memory, for the simulation and for quick tests. Transactions run one after another on a copy of the
 * tables that is taken over only at the end, so a throw leaves nothing behind. `snapshot` and `restore` play an old backup.
 */
import { mayRead, type Roles } from '../../shared/core/access.ts';
import { parseScope } from '../../shared/core/scope.ts';
import type { Head, Page, PersonalReading, Reading, Transactor } from '../ledger/transactor.ts';
import { filesOfPersonIn } from './memory-files.ts';
import { copyOf, emptyTables, type MemoryTables } from './memory-tables.ts';
import { confirmedRecord, readingOn, writingOn } from './memory-rows.ts';

export interface MemoryLedger extends Transactor {
  readonly snapshot: () => Promise<unknown>;
  readonly restore: (snapshot: unknown) => Promise<void>;
  /** The tables as they are; others after every transaction that has changed something. */
  readonly tables: () => MemoryTables;
}

/** @param roles what `readAs` lets each role read */
export function createMemoryLedger(
  head: Pick<Head, 'district' | 'name' | 'epoch'>,
  roles: Roles,
): MemoryLedger {
  let tables: MemoryTables = emptyTables(head);
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work, work);
    turn = next.catch(() => undefined);
    return next;
  };
  let known = { tables, reading: readingOn(tables) };
  const reading = (): Reading => {
    if (known.tables !== tables) known = { tables, reading: readingOn(tables) };
    return known.reading;
  };
  const readingAs = (person: string): PersonalReading =>
    personalReadingOn({ tables, reading: reading() }, person, roles);
  return {
    caller: (device, person) => inTurn(() => reading().caller(device, person)),
    naming: (person, once) => inTurn(() => reading().naming(person, once)),
    greeting: (beginnings) =>
      inTurn(async () => ({
        head: await reading().head(),
        scopes: (await reading().scopes()).filter((name) => beginnings.some((one) => name.startsWith(one))),
        hasReview: (await reading().forReview(1)).length > 0,
      })),
    carrying: (device) =>
      inTurn(async () => ({
        head: await reading().head(),
        signingKeys: await reading().signingKeys(device),
      })),
    peopled: (id) =>
      inTurn(async () => {
        const device = await reading().device(id);
        return device && { device, people: await reading().peopleAt(id) };
      }),
    read: (work) => inTurn(() => work(reading())),
    readAs: (person, work) => inTurn(() => work(readingAs(person))),
    standingAs: (person, scopes) => inTurn(() => readingAs(person).standing(scopes)),
    readFromStandingAs: (person, scopes, work) =>
      inTurn(async () => work(readingAs(person), await readingAs(person).standing(scopes))),
    transact: (work) =>
      inTurn(async () => {
        const copy = copyOf(tables);
        const result = await work(writingOn(copy));
        tables = copy;
        return result;
      }),
    close: () => Promise.resolve(),
    tables: () => tables,
    snapshot: () => inTurn(() => Promise.resolve(copyOf(tables))),
    restore: (snapshot) =>
      inTurn(() => {
        tables = copyOf(snapshot as MemoryTables);
        return Promise.resolve();
      }),
  };
}

/** What row-level security does in the database. */
function personalReadingOn(
  { tables, reading }: { readonly tables: MemoryTables; readonly reading: Reading },
  id: string,
  roles: Roles,
): PersonalReading {
  const person = tables.persons.get(id);
  const isReadable = (name: string): boolean => {
    const scope = parseScope(name);
    if (!person || person.disabled || !scope) return false;
    const isNamed = (record: string): boolean => tables.readers.get(record)?.get(id) ?? false;
    return mayRead({ id, grants: person.grants, isNamed }, scope, roles);
  };
  const isThere = (record: string): boolean =>
    tables.records.get(record)?.scopes.some((scope) => isReadable(scope)) ?? false;
  const recordThere = (operation: string): string | undefined => {
    const record = confirmedRecord(tables, operation);
    return record !== undefined && isThere(record) ? record : undefined;
  };
  return {
    ...filesOfPersonIn(tables.files, recordThere),
    head: reading.head,
    page: (asked, limit): Promise<Page> =>
      reading.page(
        asked.filter(({ scope }) => isReadable(scope)),
        limit,
      ),
    standing: (scopes) => reading.standing(scopes.filter(isReadable)),
    scopes: async () => (await reading.scopes()).filter(isReadable),
    records: async (ids) => (await reading.records(ids)).filter((record) => isThere(record.id)),
    history: async (record) =>
      isThere(record) ? (await reading.history(record)).filter((one) => isThere(one.record ?? '')) : [],
  };
}
