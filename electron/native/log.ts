/**
 * A small rolling log for the administrator: what the program did, never about whom. A line is a time, a fixed word and numbers or
 * fixed words; no ids, names, addresses or texts are ever passed to it.
 */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export type Log = (event: string, details?: Readonly<Record<string, number | boolean | string>>) => void;

const MOST_BYTES = 512 * 1024;

export function openLog(path: string): Log {
  mkdirSync(dirname(path), { recursive: true });
  let bytes = 0;
  try {
    bytes = statSync(path).size;
  } catch {
    // The first start.
  }
  return (event, details = {}) => {
    const words = Object.entries(details).map(([name, value]) => `${name}=${String(value).slice(0, 80)}`);
    const line = `${[new Date().toISOString(), event, ...words].join(' ')}\n`;
    try {
      if (bytes > MOST_BYTES) {
        renameSync(path, `${path}.1`);
        bytes = 0;
      }
      appendFileSync(path, line, { mode: 0o600 });
      bytes += line.length;
    } catch {
      // A full disk must not stop the desk for want of a log line.
    }
  };
}
