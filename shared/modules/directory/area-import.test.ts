import { expect, test } from 'vitest';
import { decide } from '../../core/decide.ts';
import { operationOf } from '../../core/command.ts';
import { newId } from '../../core/id.ts';
import { seededSource } from '../../testing/random.ts';
import { town } from '../../testing/town.ts';
import { area } from './area.ts';
import { inGroups, planImport } from './area-import.ts';
import { roles } from './roles.ts';
import list from './shanghai-areas.json' with { type: 'json' };

const areas: Readonly<Record<string, string>> = list.areas;
const everything = { known: [], within: ['310101', '310104', '310112'] };
const valuesOf = (code: string) =>
  planImport(areas, everything).fresh.find(({ values }) => values.code === code)?.values;

test('the list holds the three districts whole: as many committees as the statistics count', () => {
  const committees = (district: string) =>
    Object.keys(areas).filter((code) => code.length === 12 && code.startsWith(district)).length;
  expect(['310101', '310104', '310112'].map(committees)).toEqual([170, 313, 596]);
  expect(areas['310101015022']).toBe('耀江花园居委会');
});

test('no area hangs in the air: the one around it is in the list, and stands before it in the plan', () => {
  const codes = planImport(areas, everything).fresh.map(({ values }) => values.code);
  const place = new Map(codes.map((code, index) => [code, index]));
  const lost = codes.filter(
    (code) => code.length > 6 && (place.get(code.slice(0, -3)) ?? Infinity) > (place.get(code) ?? 0),
  );
  expect(lost).toEqual([]);
  const digits = codes.map((code) => code.length);
  expect(digits).toEqual([...digits].sort((one, other) => one - other));
});

test('an administrator imports inside the own area only, and nothing that is known already', () => {
  const known: readonly string[] = Object.values(town.areas).map(({ code }) => code);
  const plan = planImport(areas, { known, within: ['310104'] });
  const codes = plan.fresh.map(({ values }) => values.code);
  expect(codes.filter((code) => known.includes(code) || !code.startsWith('310104'))).toEqual([]);
  expect(plan.fresh.length + plan.known).toBe(1 + 14 + 313);
  const whole = { known: Object.keys(areas), within: ['310104'] };
  expect(planImport(areas, whole)).toEqual({ fresh: [], known: 328 });
});

test('short names are those that people say, and no two of a district are the same', () => {
  expect(
    ['310104', '310104007', '310101022', '310104103', '310112009'].map((code) => valuesOf(code)?.shortName),
  ).toEqual(['徐汇', '斜土', '淮海中路', '华泾', '浦锦']);
  const { fresh } = planImport(areas, everything);
  const committees = fresh.filter(({ values }) => values.level === 'committee');
  const names = committees.map(({ home, values }) => `${home} ${values.shortName}`);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('every planned area is accepted by the rules of the directory', () => {
  const source = seededSource(3);
  const at = Date.parse('2026-11-23T03:00:00.000Z');
  const boss = { id: town.people.guAdmin.id, grants: [{ role: 'administrator', area: '31' }] };
  const refused = planImport(areas, everything).fresh.filter(({ home, values }) => {
    const record = newId('area', at, source.bytes);
    const operation = operationOf({ kind: 'create', entity: 'area', record, area: home, values }, area, {
      id: newId('operation', at, source.bytes),
      author: boss.id,
      device: 'device_x',
      at: new Date(at).toISOString(),
      after: [],
      seen: undefined,
      basis: { epoch: 'e', seq: 0 },
      newEntryId: () => '',
    });
    const given = { entity: area, roles, actor: boss, epoch: 'e', seq: 1 };
    return !decide(undefined, operation, given).ok;
  });
  expect(refused).toEqual([]);
});

test('groups hold at most 200 and lose nothing (S4)', () => {
  const items = Array.from({ length: 401 }, (_, index) => index);
  expect(inGroups(items).map(({ length }) => length)).toEqual([200, 200, 1]);
  expect(inGroups(items).flat()).toEqual(items);
  expect(inGroups([])).toEqual([]);
});
