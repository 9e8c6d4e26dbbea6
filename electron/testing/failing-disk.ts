/** A real disk that fails at will and writes down what was done to it, in order. */
import * as files from 'node:fs/promises';
import type { JournalDisk } from '../native/journal-file.ts';

type Step = 'write' | 'datasync' | 'truncate';

export function failingDisk() {
  const steps: Step[] = [];
  let failing: { step: Step; code: string; bytes: number } | undefined;

  const disk: JournalDisk = {
    ...files,
    open: (async (...input: Parameters<typeof files.open>) => {
      const handle = await files.open(...input);
      const refuse = (step: Step) => {
        steps.push(step);
        if (failing?.step !== step) return;
        const { code } = failing;
        failing = undefined;
        throw Object.assign(new Error(code), { code });
      };
      return new Proxy(handle, {
        get(target, name) {
          if (name === 'write')
            return async (bytes: Buffer, from: number, length: number, at: number) => {
              if (failing?.step === 'write') await target.write(bytes, from, failing.bytes, at);
              refuse('write');
              return target.write(bytes, from, length, at);
            };
          if (name === 'datasync')
            return async () => {
              refuse('datasync');
              return target.datasync();
            };
          if (name === 'truncate')
            return async (length: number) => {
              refuse('truncate');
              return target.truncate(length);
            };
          const value: unknown = Reflect.get(target, name, target);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
    }) as typeof files.open,
  };

  return {
    disk,
    steps,
    /** The next such step fails; a write leaves `bytes` of it on the disk first. */
    fail: (step: Step, code: string, bytes = 0) => {
      failing = { step, code, bytes };
    },
  };
}
