/** Rows of the database as the district knows them. */
import type { Selectable } from 'kysely';
import type { Grant } from '../../shared/core/access.ts';
import type { Refusal } from '../../shared/core/refusal.ts';
import type { Verdict } from '../../shared/protocol/messages.ts';
import type { Said } from './said.ts';
import type { HEAD_COLUMNS, Tables } from '../database/tables.ts';
import type { Alarm } from './alarm.ts';
import type { StoredPackage } from './packages.ts';
import type { StoredRecovered } from './recovered.ts';
import type { Anchor } from './trail.ts';
import type { Code } from './code.ts';
import type { Member } from './on-device.ts';
import type { Device, Head, Person, StoredOperation, StoredRecord } from './transactor.ts';

type Row<T extends keyof Tables> = Selectable<Tables[T]>;

export const headOf = (row: Pick<Row<'head'>, (typeof HEAD_COLUMNS)[number]>): Head => ({
  district: row.district,
  name: row.name,
  epoch: row.epoch,
  restoredHead: Number(row.restored_head),
  wasRestored: row.was_restored,
  seq: Number(row.seq),
  durable: Number(row.durable),
  durableAt: row.durable_at,
});

export const recordOf = ({ id, entity, scopes, readers, seq, doc }: Row<'records'>): StoredRecord => ({
  id,
  entity,
  scopes,
  ...(readers && { readers }),
  seq: Number(seq),
  text: doc,
});

export function operationOf(row: Row<'operations'>): StoredOperation {
  const { id, record, author, device, digest, group_key: group, waits, review } = row;
  const { received_at: receivedAt, doc: text } = row;
  const seq = row.seq === null ? null : Number(row.seq);
  const link =
    row.link === null
      ? null
      : {
          number: Number(row.number),
          previous: row.previous ?? '',
          hash: row.link,
          key: row.signed_by ?? '',
          signature: row.signature ?? '',
          salt: row.salt,
        };
  const verdict = {
    id,
    verdict: row.verdict,
    ...(seq === null ? { reason: JSON.parse(row.reason ?? '{}') as Refusal } : { seq }),
  } as Verdict;
  const [said, earlier] = [saidIn(row.said), saidIn(row.earlier)];
  const judged = { digest, group, verdict, waits, review, receivedAt, text, said, earlier };
  return { id, seq, record, author, device, link, ...judged };
}

const saidIn = (text: string | null): Said | null => (text === null ? null : (JSON.parse(text) as Said));

export const personOf = ({ grants, former, ...row }: Row<'persons'>): Person => ({
  ...row,
  grants: JSON.parse(grants) as Grant[],
  former: JSON.parse(former) as Grant[],
});

export const deviceOf = (row: Row<'devices'>): Device => ({
  id: row.id,
  number: row.number,
  key: row.key,
  refresh: row.refresh,
  graceUntil: row.grace_until,
  revoked: row.revoked,
  quarantined: row.quarantined,
  seenAt: row.seen_at,
  app: row.app,
  pending: row.pending,
});

export const memberOf = (row: Row<'members'>): Member => ({
  device: row.device,
  person: row.person,
  exchangeKey: row.exchange_key,
  userKey: row.user_key,
});

export const anchorOf = ({ seq, ...row }: Row<'anchors'>): Anchor => ({ ...row, seq: Number(seq) });

export const codeOf = (row: Row<'codes'>): Code => ({
  hash: row.hash,
  person: row.person,
  device: row.device,
  expiresAt: row.expires_at,
  usedAt: row.used_at,
  usedBy: row.used_by,
  became: row.became,
});

export const alarmOf = ({ at, code, operation, device, person }: Row<'alarms'>): Alarm => ({
  at,
  code: code as Alarm['code'],
  operation,
  device,
  person,
});

export const packageOf = (row: Row<'packages'>): StoredPackage => ({
  device: row.device,
  id: row.id,
  number: row.number,
  madeAt: row.made_at,
  importedAt: row.imported_at,
  confirmed: row.confirmed,
  refused: row.refused,
  held: row.held,
  text: row.doc,
});

export const recoveredOf = (row: Row<'recovered'>): StoredRecovered => ({
  record: row.record,
  epoch: row.epoch,
  seq: Number(row.seq),
  entity: row.entity,
  area: row.area,
  text: row.doc,
  person: row.person,
  device: row.device,
  at: row.at,
  approvedBy: row.approved_by,
  approvedAt: row.approved_at,
});
