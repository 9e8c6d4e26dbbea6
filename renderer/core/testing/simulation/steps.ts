/**
 * What people do at a desk, in the simulation: each deed is one thing, to one of the records that are there just then. Which one does
 * not depend on how many others there are, so that a shorter history still meets the same ones.
 */
import type { Command } from '../../../../shared/core/command.ts';
import type { RecordState } from '../../../../shared/core/record.ts';
import type { Values } from '../../../../shared/core/field/base.ts';
import type { Desk, Opened } from '../../desk.ts';
import type { Random } from '../random.ts';
import { AREA, OTHER_AREA } from '../small-registry.ts';
import { mergingDeeds } from './merging.ts';
import { ASK } from './observed.ts';
import type { App } from './older-app.ts';
import { reviewingDeeds } from './reviewing.ts';

export interface Form {
  readonly record: RecordState;
  readonly opened: Opened;
}

export interface Doing {
  readonly desk: Desk;
  /** Everybody of this district, whom one may share with or name. */
  readonly everybody: readonly string[];
  readonly random: Random;
  /** Forms that are open at this desk. */
  readonly forms: Form[];
  /** Tells what the author sees of the record, before the command. */
  readonly sees: (record: RecordState | undefined) => void;
  readonly word: () => string;
  /** What is installed here. */
  readonly app: App;
}

export type Deed = (doing: Doing) => Promise<unknown>;

function anyRecord({ desk, random }: Doing, entity?: string): RecordState | undefined {
  const asked = entity ?? random.pick(Object.keys(ASK));
  const records = desk.list({ entity: asked });
  return chosen(
    records.length > 0 || entity !== undefined ? records : desk.list({ entity: 'matter' }),
    random,
  );
}

/** By a mark that each record gets from the step's luck: the highest. */
function chosen<T extends { readonly id: string }>(from: readonly T[], random: Random): T | undefined {
  const salt = random.whole(2 ** 32);
  let best: T | undefined;
  let most = -1;
  for (const one of from) {
    let mark = salt;
    // The end of an id is random; its beginning is time.
    for (let at = one.id.length - 8; at < one.id.length; at++)
      mark = Math.imul(mark ^ one.id.charCodeAt(at), 0x5bd1e995) >>> 0;
    mark = (mark ^ (mark >>> 13)) >>> 0;
    if (mark > most) [best, most] = [one, mark];
  }
  return best;
}

const create = (
  { desk, random, word }: Doing,
  entity: string,
  values: Record<string, unknown> = {},
): Command => ({
  kind: 'create',
  entity,
  record: desk.newId(entity),
  // Whose rights are not known yet (a database that was discarded, no network) may save nothing.
  area: desk.me.grants.length > 0 ? random.pick(desk.me.grants).area : '310104',
  values: { [ASK[entity] ?? '']: word(), ...values },
});

async function register(doing: Doing): Promise<void> {
  doing.sees(undefined);
  const party = anyRecord(doing, 'neighbour');
  const isNamed = doing.random.chance(0.5);
  const parties = party && isNamed ? [{ id: party.id, title: String(party.values.name) }] : [];
  const entity = doing.random.pick(['matter', 'neighbour']);
  await doing.desk.run(create(doing, entity, entity === 'matter' ? { parties } : {}));
}

async function registerTogether(doing: Doing): Promise<void> {
  doing.sees(undefined);
  const party = create(doing, 'neighbour');
  const parties = [{ id: party.record, title: '新登记' }];
  await doing.desk.runAll([party, create(doing, 'matter', { parties })]);
}

async function openForm(doing: Doing): Promise<void> {
  const record = anyRecord(doing);
  if (record) doing.forms.push({ record, opened: doing.desk.open(record.id) });
}

async function saveForm(doing: Doing): Promise<void> {
  const [form] = doing.forms.splice(doing.random.whole(doing.forms.length), 1);
  if (!form) return;
  const { entity, id } = form.record;
  doing.sees(form.opened.seen);
  const values = { [ASK[entity] ?? '']: doing.word() };
  await doing.desk.run({ kind: 'change', entity, record: id, values }, { opened: form.opened });
}

async function edit(doing: Doing): Promise<void> {
  const record = anyRecord(doing);
  if (!record) return;
  const { desk, random, word } = doing;
  doing.sees(record);
  const field = ASK[record.entity] ?? '';
  const others: Readonly<Record<string, Values>> = {
    matter: { place: word() },
    neighbour: { phone: `139${random.whole(10 ** 8)}` },
  };
  const values = random.chance(0.6) ? { [field]: word() } : (others[record.entity] ?? { [field]: word() });
  await desk.run({ kind: 'change', entity: record.entity, record: record.id, values });
}

async function editSet(doing: Doing): Promise<void> {
  const record = anyRecord(doing, 'matter');
  const party = anyRecord(doing, 'neighbour');
  if (!record || !party) return;
  doing.sees(record);
  const parties = (record.values.parties ?? []) as readonly { id: string }[];
  const rest = parties.filter(({ id }) => id !== party.id);
  const next = rest.length < parties.length ? rest : [...parties, { id: party.id, title: '某人' }];
  await doing.desk.run({ kind: 'change', entity: 'matter', record: record.id, values: { parties: next } });
}

async function note(doing: Doing): Promise<void> {
  const record = anyRecord(doing, 'matter');
  if (!record) return;
  doing.sees(record);
  const append = { notes: { what: doing.word() } };
  await doing.desk.run({ kind: 'change', entity: 'matter', record: record.id, append });
}

/** From every stage there are two ways, so two people who do not see each other often take different ones. */
const WAYS: Readonly<Record<string, readonly string[]>> = {
  open: ['accepted', 'rejected'],
  accepted: ['settled', 'failed'],
};

async function advance(doing: Doing): Promise<void> {
  const record = anyRecord(doing, 'matter');
  const ways = WAYS[String(record?.values.stage)];
  if (!record || !ways) return;
  doing.sees(record);
  await doing.desk.run({ kind: 'advance', entity: 'matter', record: record.id, to: doing.random.pick(ways) });
}

async function withdraw(doing: Doing): Promise<void> {
  const record = anyRecord(doing, 'neighbour');
  if (!record) return;
  doing.sees(record);
  await doing.desk.run({ kind: 'withdraw', entity: 'neighbour', record: record.id });
}

async function bringBack(doing: Doing): Promise<void> {
  const record = chosen(doing.desk.list({ entity: 'neighbour', withdrawn: true }), doing.random);
  if (!record) return;
  doing.sees(record);
  await doing.desk.run({ kind: 'restore', entity: 'neighbour', record: record.id });
}

async function settle(doing: Doing): Promise<void> {
  const item = doing.desk
    .tray()
    .find((one) => one.kind === 'conflict' && ASK[one.record.entity] === one.field);
  if (item?.kind !== 'conflict') return;
  const { record, field } = item;
  doing.sees(record);
  const rival = record.conflicts?.[field]?.rivals[0]?.value;
  const value = doing.random.chance(0.5) ? rival : record.values[field];
  await doing.desk.run({
    kind: 'change',
    entity: record.entity,
    record: record.id,
    values: { [field]: value },
    settles: [field],
  });
}

async function dealWithRefusal(doing: Doing): Promise<void> {
  const item = doing.desk.tray().find(({ kind }) => kind === 'refused' || kind === 'held');
  if (item?.kind !== 'refused' && item?.kind !== 'held') return;
  const { operation } = item;
  const parties = operation.add?.parties ? { parties: [] } : {};
  if (doing.random.chance(0.5)) await doing.desk.correct(operation.id, parties);
  else await doing.desk.setAside(operation.id);
}

async function share(doing: Doing): Promise<void> {
  const record = anyRecord(doing);
  if (!record) return;
  const { desk, random, everybody } = doing;
  doing.sees(record);
  const { entity, id } = record;
  const shared = (record.shares ?? []).find((scope) => scope.startsWith('person/'));
  const isTakenBack = shared !== undefined && random.chance(0.5);
  const person = isTakenBack ? shared.slice('person/'.length) : random.pick(everybody);
  const target = random.chance(0.7) || isTakenBack ? { person } : { area: random.pick([AREA, OTHER_AREA]) };
  await desk.run({ kind: isTakenBack ? 'unshare' : 'share', entity, record: id, with: target });
}

async function unshareArea(doing: Doing): Promise<void> {
  const shared = doing.desk.list({ entity: 'matter' }).find(({ shares = [] }) => shares.some(isArea));
  const [area = ''] = shared?.shares?.find(isArea)?.split('/') ?? [];
  if (!shared) return;
  doing.sees(shared);
  await doing.desk.run({ kind: 'unshare', entity: 'matter', record: shared.id, with: { area } });
}

const isArea = (scope: string): boolean => /^\d/.test(scope);

async function move(doing: Doing): Promise<void> {
  const record = anyRecord(doing);
  if (!record) return;
  doing.sees(record);
  const area = record.area === AREA ? OTHER_AREA : AREA;
  await doing.desk.run({ kind: 'move', entity: record.entity, record: record.id, area });
}

async function reclassify(doing: Doing): Promise<void> {
  const record = anyRecord(doing, 'neighbour');
  if (!record) return;
  doing.sees(record);
  const care = record.values.care === 'close' ? 'open' : 'close';
  await doing.desk.run({ kind: 'change', entity: 'neighbour', record: record.id, values: { care } });
}

const named = (ids: readonly string[]) => ids.map((id) => ({ id, title: '某人' }));

async function beginTalk(doing: Doing): Promise<void> {
  const { desk, random, everybody } = doing;
  doing.sees(undefined);
  const readers = named([...new Set([desk.me.id, random.pick(everybody)])]);
  const talk = create(doing, 'talk', { readers });
  const about = { id: talk.record, title: '谈话' };
  await desk.runAll(random.chance(0.5) ? [talk] : [talk, create(doing, 'said', { talk: about })]);
}

async function say(doing: Doing): Promise<void> {
  const talk = anyRecord(doing, 'talk');
  if (!talk) return;
  doing.sees(undefined);
  await doing.desk.run(create(doing, 'said', { talk: { id: talk.id, title: '谈话' } }));
}

async function nameReaders(doing: Doing): Promise<void> {
  const talk = anyRecord(doing, 'talk');
  if (!talk) return;
  const { desk, random, everybody } = doing;
  doing.sees(talk);
  const before = ((talk.values.readers ?? []) as readonly { id: string }[]).map(({ id }) => id);
  const someone = random.pick(everybody);
  const after = before.includes(someone) ? before.filter((id) => id !== someone) : [...before, someone];
  await desk.run({ kind: 'change', entity: 'talk', record: talk.id, values: { readers: named(after) } });
}

/** How often each of them is taken, beside the others. */
export const deeds: Readonly<Record<string, readonly [deed: Deed, weight: number]>> = {
  register: [register, 2],
  'register together': [registerTogether, 1],
  'open form': [openForm, 5],
  'save form': [saveForm, 5],
  edit: [edit, 3],
  'edit set': [editSet, 1],
  note: [note, 1],
  advance: [advance, 2],
  withdraw: [withdraw, 1],
  'bring back': [bringBack, 1],
  settle: [settle, 1],
  'deal with refusal': [dealWithRefusal, 1],
  share: [share, 2],
  'take back share': [unshareArea, 1],
  move: [move, 1],
  reclassify: [reclassify, 2],
  'begin talk': [beginTalk, 1],
  say: [say, 1],
  'name readers': [nameReaders, 1],
  ...mergingDeeds,
  ...reviewingDeeds,
};
