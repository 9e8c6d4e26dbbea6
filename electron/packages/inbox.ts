/**
 * Answers that wait for their people. Each lies in the profile as it came, sealed, until everybody whose part it holds has taken it; a
 * newer one takes an older one's place. To the unlocked person's requests it answers as the line would have (`filed-ask.ts`).
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { AnswerRefusal } from '../../shared/bridge-packages.ts';
import type { Result } from '../../shared/core/result.ts';
import { MOST_FILE, personAnswer, type PersonAnswer } from '../../shared/protocol/package.ts';
import { answerForPersonOf } from '../../shared/protocol/sealed-box.ts';
import { jsonOf, type DistrictContact } from '../district.ts';
import type { Unlocked } from '../native/key-types.ts';
import { openAnswer, type AnswerFile } from './answer-file.ts';
import type { PackageStateFile } from './package-state.ts';

/** What an answer holds for the person who is in. */
export interface WaitingPart {
  readonly serial: number;
  readonly number: number;
  readonly first: PersonAnswer;
  /** The page's JSON; undefined behind the last one. */
  readonly page: (index: number) => Promise<string | undefined>;
}

export interface Inbox {
  /** Copies a chosen file into the profile, and keeps it only if it is an answer for this computer. */
  readonly take: (
    path: string,
  ) => Promise<Result<{ readonly file: AnswerFile; readonly name: string }, AnswerRefusal>>;
  readonly partOf: (me: Unlocked) => Promise<WaitingPart | undefined>;
  /** Files for which nobody waits any more go. */
  readonly tidy: () => Promise<void>;
}

export function createInbox(given: {
  readonly folder: string;
  readonly state: PackageStateFile;
  readonly contact: () => DistrictContact | undefined;
}): Inbox {
  const { folder, state, contact } = given;
  let opened: { readonly name: string; readonly file: AnswerFile } | undefined;
  let part: { readonly me: Unlocked; readonly name: string; readonly part: WaitingPart } | undefined;
  let count = 0;

  async function fileOf(name: string): Promise<AnswerFile | undefined> {
    if (opened?.name === name) return opened.file;
    const to = contact();
    if (!to) return undefined;
    const read = await openAnswer(join(folder, name), to).catch(() => undefined);
    if (!read?.ok) return undefined;
    opened = { name, file: read.value };
    return read.value;
  }

  return {
    async take(path) {
      const to = contact();
      if (!to) return { ok: false, error: 'not-an-answer' };
      await mkdir(folder, { recursive: true });
      count += 1;
      const name = `${Date.now().toString(36)}-${process.pid}-${count}.linli`;
      const copy = join(folder, name);
      await pipeline(
        createReadStream(path, { end: MOST_FILE }),
        createWriteStream(copy, { mode: 0o600, flush: true }),
      );
      const read = await openAnswer(copy, to);
      if (read.ok) return { ok: true, value: { file: read.value, name } };
      await rm(copy, { force: true });
      return read;
    },
    async partOf(me) {
      const name = state.current().waiting[me.person.id];
      const device = contact()?.device;
      if (name === undefined || device === undefined) return undefined;
      if (part?.me === me && part.name === name) return part.part;
      const file = await fileOf(name);
      const open = (box: string | undefined, page?: number): string | undefined => {
        if (!file || box === undefined) return undefined;
        const { serial, package: answered } = file.head;
        const purpose = answerForPersonOf(device, me.person.id, { id: answered.id, serial, page });
        const plain = me.openBox(box, purpose);
        return plain && Buffer.from(plain).toString();
      };
      const text = open(await file?.first(me.person.id));
      const first = text === undefined ? undefined : personAnswer.safeParse(jsonOf(Buffer.from(text))).data;
      if (!file || !first) {
        // Damaged on this disk, or sealed to keys that are gone: the next answer brings it all again.
        await state.change(({ waiting: { [me.person.id]: _, ...waiting }, ...rest }) => ({
          ...rest,
          waiting,
        }));
        return undefined;
      }
      const { serial, package: answered } = file.head;
      const found: WaitingPart = {
        serial,
        number: answered.number,
        first,
        page: async (index) => open(await file.page(me.person.id, index), index),
      };
      part = { me, name, part: found };
      return found;
    },
    async tidy() {
      const wanted = new Set(Object.values(state.current().waiting));
      const names = await readdir(folder).catch(() => []);
      for (const name of names) if (!wanted.has(name)) await rm(join(folder, name), { force: true });
      if (opened && !wanted.has(opened.name)) opened = undefined;
      if (part && !wanted.has(part.name)) part = undefined;
    },
  };
}
