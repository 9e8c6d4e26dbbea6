/**
 * A district that holds so many records of one committee, on PostgreSQL, served by a process of its own. The records are placed in its
 * tables as the judge's own work would have left them; what lies there is what is pulled.
 */
import { openPostgres } from '../../server/database/open.ts';
import { createSqlLedger } from '../../server/ledger/sql-ledger.ts';
import type { Transactor } from '../../server/ledger/transactor.ts';
import { storedRecord } from '../../server/projector/stored-record.ts';
import type { RecordState } from '../../shared/core/record.ts';
import { registry } from '../../shared/modules/index.ts';
import { author } from '../data.ts';
import { startServers } from '../load/servers.ts';

export interface FilledDistrict {
  readonly address: string;
  readonly code: () => Promise<string>;
  /** These, as they are from now on: their sequences are the district’s next ones. */
  readonly place: (states: Iterable<RecordState>) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const AT_ONCE = 2_000;

export async function filledDistrict(states: Iterable<RecordState>): Promise<FilledDistrict> {
  const servers = await startServers(1);
  const { db, close } = await openPostgres(servers.databaseUrl);
  const ledger = createSqlLedger(db, close);
  const { district } = servers.beside;
  const place = (given: Iterable<RecordState>): Promise<void> => placeAll(ledger, given);
  await district.addPerson(author);
  await place(states);
  return {
    address: servers.addresses[0] ?? '',
    code: async () => (await district.issueCode(author.id)) ?? '',
    place,
    stop: async () => {
      await ledger.close();
      await servers.stop();
    },
  };
}

/** Each behind all that the district has given out, whatever sequence it came with: a scope that went back would hide what is further. */
export async function placeAll(ledger: Transactor, states: Iterable<RecordState>): Promise<void> {
  let waiting: RecordState[] = [];
  const write = async (): Promise<void> => {
    const given = waiting;
    waiting = [];
    if (given.length === 0) return;
    await ledger.transact(async (writing) => {
      const head = await writing.lockHead();
      const next = given.map((one, at) => ({ ...one, seq: head.seq + 1 + at }));
      await writing.project(next.map((one) => storedRecord(one, registry.entities.get(one.entity))));
      await writing.saveHead({ ...head, seq: head.seq + given.length });
    });
  };
  for (const state of states) if (waiting.push(state) >= AT_ONCE) await write();
  await write();
}
