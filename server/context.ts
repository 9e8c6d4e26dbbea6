/**
 * Everything that the district needs, opened once and in order: keys, database, identity and epoch, then the district itself. The
 * one place where the registry of modules comes in.
 */
import { randomBytes } from 'node:crypto';
import { newId } from '../shared/core/id.ts';
import { ok, refuse, type Result } from '../shared/core/result.ts';
import { registry } from '../shared/modules/index.ts';
import { makeBackup } from './backup/make.ts';
import type { Config } from './config.ts';
import { describeRoles } from './database/describe-roles.ts';
import { ensureHead, isKeyOfDistrict } from './database/first-head.ts';
import { openDatabase, type InUse } from './database/open.ts';
import { createDistrict, type District } from './district.ts';
import { loadKeys } from './keys.ts';
import { epochFile, newIdentity, settleEpoch } from './ledger/epoch.ts';
import { createSqlLedger } from './ledger/sql-ledger.ts';

export interface Context {
  readonly district: District;
  readonly kind: 'pglite' | 'postgres';
  readonly folder: string;
  readonly clock: () => number;
  readonly log: (line: Readonly<Record<string, unknown>>) => void;
  /** Waits for pushes under way, keeps the head in the identity file, closes the database. */
  readonly close: () => Promise<void>;
}

/** How often the server looks whether a day has begun. */
const ANCHOR_MS = 3_600_000;

/** The data folder does not hold the key that the desks seal to. */
export interface OtherKey {
  readonly code: 'other-key';
}

export interface ContextOptions
  extends Pick<Config, 'folder' | 'databaseUrl' | 'name' | 'address'>, Partial<Pick<Config, 'roomForFiles'>> {
  readonly log: Context['log'];
  /** A command that passes by settles no epoch and moves no file: only a server that serves may. */
  readonly isServing: boolean;
}

export async function openContext({
  folder,
  databaseUrl,
  name,
  address,
  roomForFiles,
  log,
  isServing,
}: ContextOptions): Promise<Result<Context, InUse | OtherKey>> {
  const database = await openDatabase({ folder, ...(databaseUrl !== undefined && { url: databaseUrl }) });
  if (!database.ok) return database;
  const { db, kind } = database.value;
  const keys = loadKeys(folder);
  const file = epochFile(folder);
  const identity = newIdentity(Date.now(), randomBytes);
  await ensureHead(db, {
    ...identity,
    district: file.read()?.district ?? identity.district,
    name: name ?? '',
  });
  const transactor = createSqlLedger(db, database.value.close);
  if (!(await isKeyOfDistrict(db, `${keys.publicKey} ${keys.signingKey}`))) {
    await transactor.close();
    return refuse({ code: 'other-key' });
  }
  const found = await transactor.read((reading) => reading.head());
  const isFirst = file.read() === undefined && found.seq === 0;
  const keepsFile = isServing || isFirst || file.read()?.epoch === found.epoch;
  const newEpoch = (): string => newId('epoch', Date.now(), randomBytes);
  const head = isServing || isFirst ? await settleEpoch(transactor, file, newEpoch) : found;
  if (name !== undefined && name !== head.name) {
    await transactor.transact(async (writing) => writing.saveHead({ ...(await writing.lockHead()), name }));
  }
  const district = createDistrict({
    transactor,
    registry,
    clock: Date.now,
    random: randomBytes,
    keys,
    address,
    ...(roomForFiles !== undefined && { roomForFiles }),
    backup: (order) => makeBackup({ db, transactor, folder, now: () => new Date().toISOString() }, order),
    onFailure: (operation, failure) =>
      log({ level: 'error', what: 'a rule threw', operation, failure: String(failure) }),
  });
  if (isServing) {
    await describeRoles(db, registry.roles);
    await district.judgeWaiting();
  }

  // At most once a second: the file may lag behind the database, never run ahead of it.
  let timer: NodeJS.Timeout | undefined;
  const keepHead = async (): Promise<void> => {
    timer = undefined;
    if (!keepsFile) return;
    const { district: id, epoch, seq } = await district.head();
    file.write({ district: id, epoch, seq });
  };
  const failed = (failure: unknown): void =>
    log({ level: 'error', what: 'identity file or daily head were not written', failure: String(failure) });
  // The first one of each day, whenever the server runs on it.
  const anchor = (): void => void district.anchor().catch(failed);
  const anchoring = isServing ? setInterval(anchor, ANCHOR_MS).unref() : undefined;
  if (isServing) await district.anchor();
  district.listen(() => {
    timer ??= setTimeout(() => void keepHead().catch(failed), 1000).unref();
  });
  return ok({
    district,
    kind,
    folder,
    clock: Date.now,
    log,
    close: async () => {
      await district.idle();
      clearTimeout(timer);
      clearInterval(anchoring);
      await keepHead();
      await transactor.close();
    },
  });
}
