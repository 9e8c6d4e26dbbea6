/** Faults by name and code only: a message may hold what somebody wrote. In development they are told whole. */
import { app } from 'electron';
import type { Log } from './native/log.ts';

export function createFaultLog(log: Log): (where: string, error: unknown) => void {
  const fault = (where: string, error: unknown): void => {
    const { name, code } = error as NodeJS.ErrnoException;
    log('fault', { where, name: name ?? 'unknown', code: code ?? '' });
    if (!app.isPackaged) process.stderr.write(`${where}: ${(error as Error)?.stack ?? String(error)}\n`);
  };
  process.on('uncaughtException', (error) => fault('uncaught', error));
  process.on('unhandledRejection', (error) => fault('unhandled', error));
  return fault;
}
