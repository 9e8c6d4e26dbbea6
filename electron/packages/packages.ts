/**
 * Sync without a network, as the main process does it: a package with all that the district lacks goes out as a file, its answer comes back as
 * one. Verdicts go the way of the carrier's at once, for everybody; what was sealed for people waits for each of them (`inbox.ts`).
 *
 * Harmless in any order: an answer of a former life of the district, or made before one that counted, changes nothing.
 */
import type { AnswerRefusal, Reached, TakenAnswer } from '../../shared/bridge-packages.ts';
import { inOrder } from '../../shared/core/in-order.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import type { PushEntry } from '../../shared/protocol/messages.ts';
import { deviceAnswer, type DeviceAnswer, type PackageAsks } from '../../shared/protocol/package.ts';
import { answerForDeviceOf } from '../../shared/protocol/sealed-box.ts';
import { PROTOCOL } from '../../shared/protocol/version.ts';
import { batchOf, WIDEST } from '../carrier-batch.ts';
import { heardIn } from '../carrier-sending.ts';
import type { Carrier } from '../carrier-port.ts';
import { jsonOf, type DistrictContact } from '../district.ts';
import type { EpochWatch } from '../epoch-watch.ts';
import type { ChainGap } from '../native/journal-chain.ts';
import type { PendingOperation } from '../native/journal-index.ts';
import type { Journal } from '../native/journal-port.ts';
import type { Keys, Unlocked } from '../native/key-types.ts';
import type { ScopeKeys } from '../scope-keys.ts';
import { createInbox, type WaitingPart } from './inbox.ts';
import type { PackageState, PackageStateFile } from './package-state.ts';
import { newPackageId, packageLines, sealedAsk } from './write-package.ts';

export interface Packages {
  readonly state: () => PackageState & { readonly entries: number; readonly people: number };
  /** Undefined where nobody has chosen a place. */
  readonly save: (
    reached: Reached,
  ) => Promise<{ readonly saved: string; readonly number: number } | undefined>;
  /** Undefined where nobody has chosen a file. */
  readonly read: () => Promise<Result<TakenAnswer, AnswerRefusal> | undefined>;
  /** Whoever is in has taken what waited, or cannot take it. */
  readonly taken: (serial: number, reached: Reached) => Promise<void>;
  /** Whoever is in has spoken with the district over a line: what was on its way for them before is out of date. */
  readonly spoken: () => Promise<void>;
  readonly waiting: (me: Unlocked) => Promise<WaitingPart | undefined>;
}

export interface PackagesOptions {
  readonly folder: string;
  readonly state: PackageStateFile;
  readonly app: string;
  readonly keys: Pick<Keys, 'enrolled' | 'device' | 'used' | 'notices' | 'toldNotices'>;
  readonly inside: () => Unlocked | undefined;
  readonly contact: () => DistrictContact | undefined;
  readonly journal: Pick<Journal, 'pending' | 'held' | 'entries' | 'entriesFrom' | 'pendingCount'>;
  readonly carrier: Pick<Carrier, 'hear' | 'push'>;
  readonly scopes: Pick<ScopeKeys, 'forFile'>;
  readonly epochs: Pick<EpochWatch, 'isFormer'>;
  readonly repair: (device: string, gap: ChainGap) => Promise<boolean>;
  readonly parted: (device: string, gap: ChainGap) => Promise<boolean>;
  readonly heardRevoked: (said: Pick<DeviceAnswer, 'revoked'>) => void;
  readonly files: {
    readonly save: (file: {
      readonly name: string;
      readonly lines: AsyncIterable<string>;
    }) => Promise<string | undefined>;
    readonly choose: () => Promise<string | undefined>;
  };
  readonly onChange: () => void;
  readonly now?: () => number;
}

const MOST_NOTICES = 50;

export function createPackages(options: PackagesOptions): Packages {
  const { state, app, keys, inside, contact, journal, carrier, scopes, epochs, files, onChange } = options;
  const { now = Date.now } = options;
  const turn = inOrder();
  const inbox = createInbox({ folder: options.folder, state, contact });

  async function change(edit: (state: PackageState) => PackageState): Promise<void> {
    await state.change(edit);
    onChange();
  }

  function asksWith(me: Unlocked, { epoch, cursors }: Reached): PackageAsks['people'] {
    const enrolled = keys.enrolled();
    if (!enrolled) return [];
    const known = new Set(enrolled.people.map(({ id }) => id));
    const others = state.current().asks.filter(({ person }) => person !== me.person.id && known.has(person));
    const { keys: offered, left } = scopes.forFile();
    const ask = {
      protocol: PROTOCOL,
      app,
      epoch,
      cursors,
      keys: offered,
      left: [...left],
      used: keys.used(),
    };
    return [...others, sealedAsk(enrolled, me, ask)];
  }

  /** What is held is asked about again; then what was never judged, or the chain from where the district misses it. */
  async function groupsToSend(device: string): Promise<readonly (readonly PendingOperation[])[]> {
    const { expects, previous } = state.current();
    const held = journal.held(device).map((one) => [one]);
    if (expects === undefined) return [...held, ...journal.pending(device)];
    const missing = await journal.entriesFrom(device, expects);
    if (missing[0]?.link !== expects && (await options.repair(device, { number: expects, previous })))
      return [...held, ...journal.pending(device)];
    return [...held.filter(([one]) => one && one.link < expects), missing];
  }

  async function* batchesOf(
    groups: readonly (readonly PendingOperation[])[],
  ): AsyncGenerator<readonly PushEntry[]> {
    let rest = groups;
    for (let batch = batchOf(rest, WIDEST); batch.length > 0; batch = batchOf(rest, WIDEST)) {
      const entries = await journal.entries(batch);
      if (entries.length > 0) yield entries;
      const sent = new Set(batch.map(({ id }) => id));
      rest = rest.map((group) => group.filter(({ id }) => !sent.has(id))).filter(({ length }) => length > 0);
    }
  }

  async function save(reached: Reached): Promise<{ saved: string; number: number } | undefined> {
    const [me, enrolled] = [inside(), keys.enrolled()];
    if (!me || !enrolled) return undefined;
    const people = asksWith(me, reached);
    const groups = await groupsToSend(enrolled.device.id);
    const number = state.current().number + 1;
    const at = new Date(now()).toISOString();
    const id = newPackageId();
    const notices = [...keys.notices()].slice(0, MOST_NOTICES);
    const asks = {
      pending: journal.pendingCount(),
      ...(notices.length > 0 && { notices }),
      people: [...people],
    };
    // The number is given out before the file exists: no two packages have the same.
    await state.change((before) => ({ ...before, number, asks: [...people] }));
    const content = { id, number, at, app, asks, batches: batchesOf(groups) };
    const saved = await files.save({
      name: `${enrolled.device.label}-${at.slice(0, 10)}-${number}.linli`,
      lines: packageLines(enrolled, keys.device, content),
    });
    if (saved === undefined) return undefined;
    const entries = groups.reduce((sum, group) => sum + group.length, 0);
    await change((before) => ({ ...before, exported: { id, number, at, entries } }));
    return { saved, number };
  }

  async function read(): Promise<Result<TakenAnswer, AnswerRefusal> | undefined> {
    const path = await files.choose();
    if (path === undefined) return undefined;
    const taken = await inbox.take(path);
    if (!taken.ok) return taken;
    const { file, name } = taken.value;
    const { head } = file;
    const late = await whyLate(head);
    if (late) {
      await inbox.tidy();
      return refuse(late);
    }
    const box = await file.device();
    const plain = keys.device.openBox(box, answerForDeviceOf(head.device, head.package.id, head.serial));
    const said = plain && deviceAnswer.safeParse(jsonOf(plain)).data;
    if (!said) {
      await inbox.tidy();
      return refuse('tampered');
    }
    const people = file.people.filter((person) => isFor(person, head.package.number));
    // First what is said about entries: cut short here, the same file is simply read again.
    const isMissing = await hearDevice(said, head.device);
    await change((before) => ({
      ...before,
      answered: {
        package: head.package.id,
        number: head.package.number,
        serial: head.serial,
        epoch: head.epoch,
        made: head.at,
        at: new Date(now()).toISOString(),
      },
      waiting: { ...before.waiting, ...Object.fromEntries(people.map((person) => [person, name])) },
    }));
    await inbox.tidy();
    const me = inside()?.person.id;
    const names = new Map(keys.enrolled()?.people.map((one) => [one.id, one.name]));
    const others = people.filter((person) => person !== me).flatMap((person) => names.get(person) ?? []);
    const verdicts = said.pushes.flatMap((one) => one.verdicts);
    const count = (kind: string): number => verdicts.filter(({ verdict }) => verdict === kind).length;
    return ok({
      number: head.package.number,
      confirmed: count('confirmed'),
      refused: count('refused'),
      held: count('held'),
      forMe: me !== undefined && people.includes(me),
      others,
      quarantined: said.quarantined === true,
      isMissing,
    });
  }

  /** @returns whether the district misses a part of the chain */
  async function hearDevice(said: DeviceAnswer, device: string): Promise<boolean> {
    await carrier.hear({ life: said.life, verdicts: [] });
    for (const push of said.pushes) {
      const { life, verdicts } = heardIn(push);
      await carrier.hear({ life, verdicts });
    }
    const heard = said.pushes.flatMap((push) => heardIn(push).gap ?? []).at(-1);
    // What waits goes on behind that end with the next package.
    const gap = heard && (await options.parted(device, heard)) ? undefined : heard;
    await state.change(({ expects: _, previous: __, ...rest }) => ({
      ...rest,
      ...(gap && { expects: gap.number, previous: gap.previous }),
    }));
    // The store gets its time to give back what the journal has lost.
    if (gap) await options.repair(device, gap);
    if (said.notices) await keys.toldNotices(said.notices);
    options.heardRevoked(said);
    carrier.push();
    return gap !== undefined;
  }

  async function whyLate({
    epoch,
    serial,
  }: {
    readonly epoch: string;
    readonly serial: number;
  }): Promise<'overtaken' | 'again' | undefined> {
    if (await epochs.isFormer(epoch)) return 'overtaken';
    const { answered } = state.current();
    if (answered?.epoch !== epoch || serial > answered.serial) return undefined;
    return serial === answered.serial ? 'again' : 'overtaken';
  }

  const isFor = (person: string, number: number): boolean =>
    (keys.enrolled()?.people.some(({ id }) => id === person) ?? false) &&
    number > (state.current().overtaken[person] ?? 0);

  const without =
    (person: string) =>
    ({ waiting: { [person]: _, ...waiting }, ...rest }: PackageState): PackageState => ({ ...rest, waiting });

  return {
    state: () => {
      const device = keys.enrolled()?.device.id ?? '';
      const entries = journal.pending(device).flat().length + journal.held(device).length;
      return { ...state.current(), entries, people: keys.enrolled()?.people.length ?? 0 };
    },
    save: (reached) => turn(() => save(reached)),
    read: () => turn(read),
    taken: (serial, reached) =>
      turn(async () => {
        const me = inside();
        const part = me && (await inbox.partOf(me));
        if (!me || part?.serial !== serial) return;
        const asks = asksWith(me, reached);
        await change((before) => ({ ...without(me.person.id)(before), asks: [...asks] }));
        await inbox.tidy();
      }),
    spoken: () =>
      turn(async () => {
        const me = inside();
        const { number, overtaken } = state.current();
        if (!me || number === 0 || overtaken[me.person.id] === number) return;
        await change((before) => ({
          ...without(me.person.id)(before),
          overtaken: { ...before.overtaken, [me.person.id]: number },
        }));
        await inbox.tidy();
      }),
    waiting: (me) => inbox.partOf(me),
  };
}
