import { expect, test } from 'vitest';
import type { RecordState } from '../../../shared/core/record.ts';
import { registry } from '../../../shared/modules/index.ts';
import { town } from '../../../shared/testing/town.ts';
import { rightsOn } from './rights.ts';
import { homeViewers, otherAreas, sharesOf } from './who-sees.ts';

const { zhouMin, chenGuodong, liXiulan } = town.people;
const mediation = registry.entities.get('mediation')!;
const matter = 'mediation_00000000000000000000000001';
const record = (part: Partial<RecordState>): RecordState => ({
  id: matter,
  entity: 'mediation',
  version: 1,
  area: '310104007001',
  scope: '310104007001/casework',
  seq: 1,
  values: { stage: 'accepted' },
  created: { by: zhouMin.id, at: '2026-11-23T01:00:00.000Z', seq: 1, operation: 'o' },
  writers: {},
  ...part,
});

/** A confidential matter and what belongs to it, of a kind that only this test has. */
const notes = { ...mediation, name: 'note', scope: { readers: 'readers' } };
const entries = { ...mediation, name: 'entry', scope: { readersOf: 'note' } };
const note = record({
  id: 'note_00000000000000000000000001',
  entity: 'note',
  scope: 'readers/note_00000000000000000000000001',
  values: {
    readers: [
      { id: zhouMin.id, title: '' },
      { id: chenGuodong.id, title: '' },
    ],
  },
});
const desk = {
  registry: { ...registry, entities: new Map([['note', notes]]) },
  get: (id: string) => (id === note.id ? { record: note, pending: 0 } : undefined),
};

test('a record is met in its area, by its person, or by the readers that it names', () => {
  expect(homeViewers(record({}), mediation, desk)).toEqual({ kind: 'area', area: '310104007001' });
  expect(homeViewers(record({ scope: `person/${liXiulan.id}` }), mediation, desk)).toEqual({
    kind: 'person',
    person: liXiulan.id,
  });
  const named = { kind: 'readers', people: [zhouMin.id, chenGuodong.id] };
  expect(homeViewers(note, notes, desk)).toEqual(named);
  expect(homeViewers(record({ entity: 'entry', scope: note.scope }), entries, desk)).toEqual(named);
});

test('of a matter that is not here nobody is named', () => {
  const lost = record({ entity: 'entry', scope: 'readers/note_00000000000000000000000009' });
  expect(homeViewers(lost, entries, desk)).toEqual({ kind: 'readers', people: [] });
  expect(homeViewers(record({ scope: 'nonsense' }), mediation, desk)).toBeUndefined();
});

test('shares name people first, then areas', () => {
  const shares = ['310104007002/casework', `person/${liXiulan.id}`, 'nonsense'];
  expect(sharesOf(record({ shares }))).toEqual([{ person: liXiulan.id }, { area: '310104007002' }]);
  expect(sharesOf(record({}))).toEqual([]);
});

test('a record goes to areas of its own district only', () => {
  const areas = ['310112001', '310104007002', '310104007001', '310104'].map((code) => ({ code }));
  expect(otherAreas(areas, '310104007001').map(({ code }) => code)).toEqual(['310104', '310104007002']);
});

test('sharing and handing over belong to the home; a share gives neither (SCOPE-5, SCOPE-10)', () => {
  const rights = (person: typeof zhouMin | typeof liXiulan, part: Partial<RecordState>) =>
    rightsOn(mediation, record(part), person, registry.roles);
  const shares = ['310104007002/casework'];
  expect(rights(zhouMin, { shares })).toMatchObject({ change: true, share: true, move: true });
  expect(rights(liXiulan, { shares })).toMatchObject({ change: true, share: false, move: false });
  expect(rights(liXiulan, {})).toMatchObject({ change: false, share: false, move: false });
  const withdrawn = { by: zhouMin.id, at: '', seq: 2, operation: 'o' };
  expect(rights(zhouMin, { withdrawn })).toMatchObject({ share: false, unshare: true, move: false });
  expect(rights(zhouMin, { values: { stage: 'archived' } })).toMatchObject({ share: true, move: false });
});

test('a confidential matter is changed by those whom it names, and shared with nobody (SCOPE-8)', () => {
  const declared = { ...notes, access: { create: ['socialWorker'], change: ['socialWorker'] } };
  const named = { ...zhouMin, isNamed: (id: string) => id === note.id };
  const rights = rightsOn(declared, note, named, registry.roles);
  expect(rights).toMatchObject({ change: true, share: false, unshare: false, move: false });
});
