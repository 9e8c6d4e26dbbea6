/**
 * Wrong passphrases slow the next try down: 1 s, 2 s, 4 s … and after ten the door stays shut for that person until a new code
 * from the administrator. A try is written down before it is judged, so that pulling the plug wins nothing; on a full disk it goes over
 * the file that is there, which takes no new room, so that nobody is locked out of their own work.
 */
import { open, readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { DoorRefusal } from '../../shared/bridge.ts';
import { replaceFile } from './atomic-file.ts';

const MOST_TRIES = 10;
/** Bytes that the file always has, so that another try takes no more of them. */
const ROOM = 4096;
const schema = z.object({
  v: z.literal(1),
  people: z.record(z.string(), z.object({ wrong: z.number().int().min(0), at: z.number() })),
});

export interface Tries {
  /** Why this person must not try now, or undefined after the try was counted. */
  readonly begin: (person: string) => Promise<DoorRefusal | undefined>;
  readonly forgive: (person: string) => Promise<void>;
  readonly left: (person: string) => number;
}

export async function openTries(path: string, now: () => number = Date.now): Promise<Tries> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const parsed = schema.safeParse(text === undefined ? undefined : jsonOf(text));
  const people = new Map(Object.entries(parsed.data?.people ?? {}));
  const write = async (): Promise<void> => {
    const content = JSON.stringify({ v: 1, people: Object.fromEntries(people) }).padEnd(ROOM);
    await replaceFile(path, content).catch(() => overwrite(path, content));
  };
  // There from the first day, while there is room.
  if (text === undefined) await write().catch(() => undefined);

  return {
    async begin(person) {
      const { wrong, at } = people.get(person) ?? { wrong: 0, at: 0 };
      if (wrong >= MOST_TRIES) return { code: 'too-many-tries' };
      const delay = wrong === 0 ? 0 : 1000 * 2 ** (wrong - 1);
      // A clock that was put back must not lengthen the wait.
      const left = Math.min(delay, at + delay - now());
      if (left > 0) return { code: 'wait', seconds: Math.ceil(left / 1000) };
      people.set(person, { wrong: wrong + 1, at: now() });
      await write();
      return undefined;
    },
    async forgive(person) {
      if (people.delete(person)) await write();
    },
    left: (person) => MOST_TRIES - (people.get(person)?.wrong ?? 0),
  };
}

async function overwrite(path: string, content: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.write(content, 0);
    await file.sync();
  } finally {
    await file.close();
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
