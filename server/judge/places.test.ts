import { beforeEach, describe, expect, it } from 'vitest';
import type { Operation } from '../../shared/core/operation.ts';
import { chen, createCourt, li, zhou, type Court } from '../testing/court.ts';
import { JIANGNAN, RIHUI } from '../testing/village.ts';

let court: Court;
beforeEach(async () => {
  court = await createCourt();
});

type Rest = Partial<Operation>;
const named = ({ id, name }: { readonly id: string; readonly name: string }) => ({ id, title: name });
const confirmed = (operation: Operation, seq: number) => ({ id: operation.id, verdict: 'confirmed', seq });
const held = ({ id }: Operation, code = 'access') => ({ id, verdict: 'held', reason: { code } });
const refused = ({ id }: Operation, code = 'access') => ({ id, verdict: 'refused', reason: { code } });

const place = (kind: 'share' | 'unshare' | 'move', { record, entity }: Operation, rest: Rest): Operation => ({
  ...court.pen.change(record, {}, { entity, ...rest }),
  kind,
  set: undefined,
});
const write = ({ record, entity }: Operation, set: Record<string, unknown>, rest: Rest = {}): Operation =>
  court.pen.change(record, set, { entity, ...rest });
const secret = (...readers: readonly (typeof zhou)[]): Operation =>
  court.pen.create('', {
    entity: 'secret',
    record: court.pen.id('secret'),
    set: { subject: '反映' },
    add: { readers: readers.map(named) },
  });
const entryOf = ({ record }: Operation, rest: Rest = {}): Operation =>
  court.pen.create('', {
    entity: 'secretEntry',
    record: court.pen.id('secretEntry'),
    set: { matter: { id: record, title: '' } },
    ...rest,
  });
const placesOf = ({ record }: Operation) =>
  court.transactor.read(async (reading) => ({
    scopes: (await reading.records([record]))[0]?.scopes,
    left: (await reading.left([record])).get(record),
  }));

describe('the judge and the places of records', () => {
  it('accepts the work of whoever reads a record through a share, and holds it when the share is taken back', async () => {
    const matter = court.pen.create('漏水');
    const hers = (note: string): Operation => write(matter, { note }, { author: li.id });
    const early = hers('还没有分享');
    const share = place('share', matter, { with: { area: RIHUI } });
    const through = hers('分享之后');
    const back = place('unshare', matter, { with: { area: RIHUI } });
    const late = hers('收回之后');
    expect(await court.submit(matter, early, share, through)).toEqual([
      confirmed(matter, 1),
      refused(early),
      confirmed(share, 2),
      confirmed(through, 3),
    ]);
    expect(await court.submit(back, late)).toEqual([confirmed(back, 4), held(late)]);
    expect((await court.record(matter.record))?.values['note']).toBe('分享之后');
    // S14: when it is shared again, what waited takes effect in the same answer.
    const again = place('share', matter, { with: { person: li.id } });
    expect(await court.submit(again)).toEqual([confirmed(again, 5)]);
    expect(await court.verdict(late)).toEqual(confirmed(late, 6));
    expect(await placesOf(matter)).toEqual({
      scopes: [`${JIANGNAN}/casework`, `person/${li.id}`],
      left: [`${RIHUI}/casework`],
    });
  });

  it('lets only the home share and move', async () => {
    const matter = court.pen.create('漏水');
    const share = place('share', matter, { with: { area: RIHUI } });
    // Who reads it there has seen that it is at home elsewhere.
    const hers = { author: li.id, basis: { epoch: 'epoch-1', seq: 2 } };
    const onward = place('share', matter, { with: { person: li.id }, ...hers });
    const away = place('move', matter, { area: RIHUI, ...hers });
    await court.submit(matter, share);
    expect(await court.submit(onward, away)).toEqual([refused(onward), refused(away)]);
  });

  it('S14 holds what the former home wrote before it knew of the move, in one batch and later', async () => {
    const matter = court.pen.create('漏水');
    await court.submit(matter);
    const move = place('move', matter, { area: RIHUI });
    const unseen = write(matter, { note: '不知道已移交' }, { author: chen.id });
    const shared = place('share', matter, { with: { person: chen.id }, author: chen.id });
    expect(await court.submit(move, unseen, shared)).toEqual([
      confirmed(move, 2),
      held(unseen),
      held(shared),
    ]);
    const later = write(matter, { note: '还是不知道' }, { author: chen.id });
    const stranger = write(matter, { note: '从来无关' }, { author: 'person_nobody' });
    expect(await court.submit(later, stranger)).toEqual([held(later), refused(stranger)]);
    const back = place('move', matter, { area: JIANGNAN, author: li.id });
    expect(await court.submit(back)).toEqual([confirmed(back, 3)]);
    expect([await court.verdict(unseen), await court.verdict(shared)]).toEqual([
      confirmed(unseen, 4),
      confirmed(shared, 5),
    ]);
    expect((await court.stored(later))?.verdict).toEqual(confirmed(later, 6));
  });

  it('S14 holds what the former home wrote also where the record was shared back there meanwhile', async () => {
    const matter = court.pen.create('漏水');
    await court.submit(matter);
    const shared = place('share', matter, {
      with: { person: chen.id },
      author: chen.id,
      basis: { epoch: 'epoch-1', seq: 1 },
    });
    const move = place('move', matter, { area: RIHUI });
    const back = place('share', matter, { with: { area: JIANGNAN }, author: li.id });
    expect(await court.submit(move, back)).toEqual([confirmed(move, 2), confirmed(back, 3)]);
    expect(await court.submit(shared)).toEqual([held(shared)]);
  });

  it('S14 holds what was written before a record was given another class', async () => {
    const concern = court.pen.create('', {
      entity: 'concern',
      record: court.pen.id('concern'),
      set: { about: '好几天没有见到老人', weight: 'plain' },
    });
    const keeper = { role: 'careWorker', area: JIANGNAN };
    await court.transactor.transact((writing) =>
      writing.savePerson({ ...chen, grants: [...chen.grants, keeper] }),
    );
    const grave = write(concern, { weight: 'grave' }, { author: chen.id });
    const unseen = write(concern, { about: '又去了一次' });
    await court.submit(concern);
    expect(await court.submit(grave, unseen)).toEqual([confirmed(grave, 2), held(unseen)]);
    // Somebody who may not create it there may not send it there.
    const other = court.pen.create('', {
      entity: 'concern',
      record: court.pen.id('concern'),
      set: { about: '另一件', weight: 'plain' },
    });
    const beyond = write(other, { weight: 'grave' });
    expect(await court.submit(other, beyond)).toEqual([confirmed(other, 3), refused(beyond)]);
  });

  it('accepts a confidential matter and what belongs to it in one batch, from those whom it names alone', async () => {
    const matter = secret(zhou);
    const entry = entryOf(matter, { after: [matter.id] });
    const group = court.pen.group([matter, entry]);
    const hers = write(entry, { on: '2026-11-20' }, { author: chen.id });
    const hersToo = entryOf(matter, { author: chen.id });
    expect(await court.submit(...group, hers, hersToo)).toEqual([
      confirmed(matter, 1),
      confirmed(entry, 2),
      refused(hers),
      refused(hersToo),
    ]);
    const mine = write(entry, { on: '2026-11-20' });
    expect(await court.submit(mine)).toEqual([confirmed(mine, 3)]);
    expect(await placesOf(entry)).toEqual({ scopes: [`readers/${matter.record}`], left: undefined });
    await court.transactor.read(async (reading) => {
      expect(await reading.naming(zhou.id)).toEqual([matter.record]);
      expect(await reading.naming(chen.id, 'once')).toEqual([]);
      expect((await reading.records([matter.record, entry.record])).map(({ readers }) => readers)).toEqual([
        [zhou.id],
        undefined,
      ]);
    });
  });

  it('S14 holds what somebody wrote whom the matter names no more, and takes it when it names them again', async () => {
    const matter = secret(zhou, chen);
    const entry = entryOf(matter);
    const gone = { ...write(matter, {}), set: undefined, remove: { readers: [named(chen)] } };
    const onEntry = write(entry, { on: '2026-11-20' }, { author: chen.id });
    const onMatter = write(matter, { subject: '补充' }, { author: chen.id });
    const another = entryOf(matter, { author: chen.id });
    expect(await court.submit(matter, entry)).toEqual([confirmed(matter, 1), confirmed(entry, 2)]);
    expect(await court.submit(gone, onEntry)).toEqual([confirmed(gone, 3), held(onEntry)]);
    expect(await court.submit(onMatter, another)).toEqual([held(onMatter), held(another)]);
    const again = { ...write(matter, {}), set: undefined, add: { readers: [named(chen)] } };
    expect(await court.submit(again)).toEqual([confirmed(again, 4)]);
    const verdicts = await Promise.all([onEntry, onMatter, another].map((one) => court.verdict(one)));
    expect(verdicts.map((verdict) => verdict?.verdict)).toEqual(['confirmed', 'confirmed', 'confirmed']);
  });

  it('holds an entry whose matter has not arrived, and takes it when it has', async () => {
    const matter = secret(zhou);
    const entry = entryOf(matter);
    expect(await court.submit(entry)).toEqual([held(entry, 'unknownRecord')]);
    expect(await court.submit(matter)).toEqual([confirmed(matter, 1)]);
    expect(await court.verdict(entry)).toEqual(confirmed(entry, 2));
  });
});
