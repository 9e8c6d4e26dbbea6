/** Persons, devices, their keys and codes: plain rows. */
import { sql, type Kysely, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { anyOf, ofAny } from './any-of.ts';
import { codeOf, deviceOf, memberOf, personOf } from './rows.ts';
import type { Reading, Writing, WhoAsks } from './transactor.ts';

type ReadingPeople = Pick<
  Reading,
  | 'caller'
  | 'persons'
  | 'allPersons'
  | 'device'
  | 'devices'
  | 'allDevices'
  | 'members'
  | 'peopleAt'
  | 'signingKeys'
  | 'escrowedKeys'
  | 'code'
  | 'chains'
>;

export const whoAsksOn = (db: Kysely<Tables>): WhoAsks => ({
  caller: async (id, person = '') => {
    const row = await db
      .selectFrom('devices')
      .leftJoin('persons', (join) => join.on('persons.id', '=', person))
      .leftJoin('members', (join) =>
        join.onRef('members.device', '=', 'devices.id').onRef('members.person', '=', 'persons.id'),
      )
      .selectAll('devices')
      .select(['persons.id as person', 'name', 'grants', 'former', 'disabled', 'password'])
      .select('members.person as member')
      .where('devices.id', '=', id)
      .executeTakeFirst();
    if (!row) return undefined;
    const { person: known, name, grants, former, disabled, password } = row;
    const isThere =
      known !== null && name !== null && grants !== null && former !== null && disabled !== null;
    return {
      device: deviceOf(row),
      person: isThere ? personOf({ id: known, name, grants, former, disabled, password }) : undefined,
      isMember: row.member !== null,
    };
  },
});

export function readingPeopleOn(db: Transaction<Tables>): ReadingPeople {
  const persons = db.selectFrom('persons').selectAll();
  const devices = db.selectFrom('devices').selectAll();
  return {
    ...whoAsksOn(db),
    persons: (ids) => ofAny(ids, async () => (await persons.where(anyOf('id', ids)).execute()).map(personOf)),
    allPersons: async () => (await persons.orderBy('id').execute()).map(personOf),
    device: async (id) => (await devices.where('id', '=', id).execute()).map(deviceOf)[0],
    devices: (ids) => ofAny(ids, async () => (await devices.where(anyOf('id', ids)).execute()).map(deviceOf)),
    allDevices: async () => (await devices.orderBy('number').execute()).map(deviceOf),
    members: async (device) =>
      (
        await db.selectFrom('members').selectAll().where('device', '=', device).orderBy('person').execute()
      ).map(memberOf),
    peopleAt: async (device) => {
      const there = db.selectFrom('members').select('person').where('device', '=', device);
      return (await persons.where('id', 'in', there).orderBy('id').execute()).map(personOf);
    },
    signingKeys: (device) =>
      db.selectFrom('signing_keys').selectAll().where('device', '=', device).orderBy('id').execute(),
    escrowedKeys: (device) =>
      db.selectFrom('escrowed_keys').selectAll().where('device', '=', device).orderBy('scope').execute(),
    code: async (hash) =>
      (await db.selectFrom('codes').selectAll().where('hash', '=', hash).execute()).map(codeOf)[0],
    chains: (ids) =>
      ofAny(ids, async () => {
        const rows = await db.selectFrom('chains').selectAll().where(anyOf('device', ids)).execute();
        return rows.map(({ number, ...row }) => ({ ...row, number: Number(number) }));
      }),
  };
}

type WritingPeople = Pick<
  Writing,
  | 'savePerson'
  | 'nextDeviceNumber'
  | 'lockDevice'
  | 'saveDevice'
  | 'saveMember'
  | 'saveSigningKey'
  | 'escrow'
  | 'saveChains'
  | 'saveCode'
  | 'useCode'
>;

export function writingPeopleOn(db: Transaction<Tables>): WritingPeople {
  return {
    savePerson: async ({ id, name, grants, former, disabled, password }) => {
      const row = {
        name,
        grants: JSON.stringify(grants),
        former: JSON.stringify(former),
        disabled,
        password,
      };
      await db
        .insertInto('persons')
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },
    nextDeviceNumber: async () => {
      const { rows } = await sql<{ devices: number }>`
        update head set devices = devices + 1 returning devices`.execute(db);
      return Number(rows[0]?.devices);
    },
    lockDevice: async (id) =>
      (await db.selectFrom('devices').selectAll().where('id', '=', id).forNoKeyUpdate().execute()).map(
        deviceOf,
      )[0],
    saveDevice: async ({ id, graceUntil, seenAt, ...same }) => {
      const row = { ...same, grace_until: graceUntil, seen_at: seenAt };
      await db
        .insertInto('devices')
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },
    saveMember: async ({ device, person, exchangeKey, userKey }) => {
      const row = { exchange_key: exchangeKey, user_key: userKey };
      await db
        .insertInto('members')
        .values({ device, person, ...row })
        .onConflict((conflict) => conflict.columns(['device', 'person']).doUpdateSet(row))
        .execute();
    },
    saveSigningKey: async (key) => {
      await db
        .insertInto('signing_keys')
        .values(key)
        .onConflict((conflict) => conflict.columns(['device', 'id']).doNothing())
        .execute();
    },
    escrow: async (key) => {
      await db
        .insertInto('escrowed_keys')
        .values(key)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    saveChains: async (chains) => {
      await sql`
        insert into chains (device, number, hash, epoch)
        select * from unnest(${chains.map(({ device }) => device)}::text[],
          ${chains.map(({ number }) => number)}::bigint[], ${chains.map(({ hash }) => hash)}::text[],
          ${chains.map(({ epoch }) => epoch)}::text[])
        on conflict (device) do update set number = excluded.number, hash = excluded.hash, epoch = excluded.epoch`.execute(
        db,
      );
    },
    saveCode: async ({ hash, expiresAt, usedAt, usedBy, ...same }) => {
      const row = { ...same, expires_at: expiresAt, used_at: usedAt, used_by: usedBy };
      await db
        .insertInto('codes')
        .values({ hash, ...row })
        .onConflict((conflict) => conflict.column('hash').doUpdateSet(row))
        .execute();
    },
    useCode: async ({ hash, at, usedBy, became }) => {
      const used = await db
        .updateTable('codes')
        .set({ used_at: at, used_by: usedBy, became })
        .where('hash', '=', hash)
        .where('used_at', 'is', null)
        .executeTakeFirst();
      return Number(used.numUpdatedRows) === 1;
    },
  };
}
