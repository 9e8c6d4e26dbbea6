/**
 * One hash of everything that the world holds at its end: every row of the district with verdicts and order, every computer's files, rows and
 * rings. The same seed gives the same one, on any machine; a difference anywhere gives another.
 */
import { createHash } from 'node:crypto';
import type { Scene } from './scene.ts';

export function traceOf({ world, seats }: Scene): string {
  const hash = createHash('sha256');
  const take = (...parts: readonly (string | Uint8Array)[]): void => {
    for (const part of parts) hash.update(part).update('\0');
  };
  take(JSON.stringify(world.district.tables(), withMaps));
  for (const { handle } of seats) {
    for (const [path, bytes] of handle.main.files.contents()) take(path, bytes);
    for (const [table, rows] of handle.disk.tables) {
      take(table);
      for (const { bytes, ...row } of rows.values()) take(JSON.stringify(row), bytes);
    }
    for (const { id } of handle.people) take(JSON.stringify(handle.ringOf(id).session()));
  }
  return hash.digest('hex').slice(0, 16);
}

const withMaps = (_: string, value: unknown): unknown =>
  value instanceof Map ? [...(value as Map<unknown, unknown>)] : value;
