/**
 * A backup: everything that the ledger holds in one snapshot, and the private keys, in one file. Only when the file is on the disk and
 * was read again to its end does the durable mark move (sync.md S2): it is what the desks forget by. One that fails changes nothing.
 */
import {
  createWriteStream,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { Transactor } from '../ledger/transactor.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { linesOf, partsIn, type About, type KeyFiles, type Part } from './content.ts';
import type { Derivation } from './recovery-key.ts';
import { sealing, Unreadable } from './sealed-file.ts';
import { migrationsOf, rowsOf, tablesOf } from './table-rows.ts';

export interface BackupGiven {
  readonly db: Kysely<Tables>;
  readonly transactor: Transactor;
  /** Holds `keys/`. */
  readonly folder: string;
  readonly now: () => string;
}

export interface BackupOrder {
  /** Absolute path of a file that is not there yet. */
  readonly to: string;
  readonly key: Uint8Array;
  readonly derivation: Derivation;
}

export interface BackupMade {
  readonly seq: number;
  readonly rows: number;
  readonly bytes: number;
}

export const BACKUP_PROBLEMS = ['exists', 'disk-full', 'unwritable', 'unreadable', 'another-life'] as const;
export type BackupProblem = (typeof BACKUP_PROBLEMS)[number];

export async function makeBackup(
  given: BackupGiven,
  { to, key, derivation }: BackupOrder,
): Promise<Result<BackupMade, BackupProblem>> {
  if (existsSync(to)) return refuse('exists');
  const growing = `${to}.part`;
  const at = given.now();
  try {
    const written = await write(given, growing, { key, derivation, at });
    await reachDisk(growing);
    const found = await readThrough(growing, key);
    if (JSON.stringify(found.about) !== JSON.stringify(written)) throw new Unreadable('another one');
    renameSync(growing, to);
    await reachDisk(dirname(to));
    const { epoch, seq } = written;
    const isMarked = await markDurable(given.transactor, { epoch, seq, at });
    return isMarked ? ok({ seq, rows: found.rows, bytes: statSync(to).size }) : refuse('another-life');
  } catch (failure) {
    rmSync(growing, { force: true });
    if (failure instanceof Unreadable) return refuse('unreadable');
    const { code, syscall } = failure as NodeJS.ErrnoException;
    if (code === 'ENOSPC') return refuse('disk-full');
    if (syscall !== undefined) return refuse('unwritable');
    throw failure;
  }
}

/** @returns false where the district began another life meanwhile, or never came so far */
export const markDurable = (
  transactor: Transactor,
  { epoch, seq, at }: { readonly epoch: string; readonly seq: number; readonly at: string },
): Promise<boolean> =>
  transactor.transact(async (writing) => {
    const head = await writing.lockHead();
    if (head.epoch !== epoch || seq > head.seq) return false;
    await writing.saveHead({ ...head, durable: Math.max(head.durable, seq), durableAt: at });
    return true;
  });

async function write(
  { db, folder }: BackupGiven,
  path: string,
  { key, derivation, at }: Omit<BackupOrder, 'to'> & { readonly at: string },
): Promise<About> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (snapshot) => {
      const { district, name, epoch, seq } = await snapshot
        .selectFrom('head')
        .select(['district', 'name', 'epoch', 'seq'])
        .executeTakeFirstOrThrow();
      const migrations = [...(await migrationsOf(snapshot))];
      const about: About = { format: 1, district, name, epoch, seq: Number(seq), at, migrations };
      await pipeline(
        Readable.from(linesOf(partsOf(snapshot, about, folder))),
        createGzip(),
        sealing(key, { district, at, derivation }),
        createWriteStream(path, { mode: 0o600 }),
      );
      return about;
    });
}

async function* partsOf(snapshot: Kysely<Tables>, about: About, folder: string): AsyncGenerator<Part> {
  yield { kind: 'about', about };
  yield { kind: 'keys', keys: keyFilesIn(folder) };
  for (const table of await tablesOf(snapshot)) {
    yield { kind: 'table', table };
    for await (const rows of rowsOf(snapshot, table)) yield { kind: 'rows', rows };
  }
}

function keyFilesIn(folder: string): KeyFiles {
  const names = readdirSync(join(folder, 'keys')).filter((name) => name.endsWith('.pem'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, 'keys', name), 'utf8')]));
}

/** Reads a backup to its end. @throws Unreadable */
export async function readThrough(
  path: string,
  key: Uint8Array,
): Promise<{ readonly about: About; readonly keys: KeyFiles; readonly rows: number }> {
  let about: About | undefined;
  let keys: KeyFiles = {};
  let rows = 0;
  for await (const part of partsIn(path, key)) {
    if (part.kind === 'about') about = part.about;
    else if (part.kind === 'keys') ({ keys } = part);
    else if (part.kind === 'rows') rows += part.rows.length;
  }
  if (!about || Object.keys(keys).length === 0) throw new Unreadable('not whole');
  return { about, keys, rows };
}

async function reachDisk(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
