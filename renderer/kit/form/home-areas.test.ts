import { expect, test } from 'vitest';
import { registry } from '../../../shared/modules/index.ts';
import { town } from '../../../shared/testing/town.ts';
import { homeAreas } from './home-areas.ts';

const areas = Object.values(town.areas).map(({ code, name }) => ({ code, name }));
const given = (actor: {
  readonly id: string;
  readonly grants: readonly { readonly role: string; readonly area: string }[];
}) => ({
  actor,
  roles: registry.roles,
  areas,
});
const resident = registry.entities.get('resident')!;
const event = registry.entities.get('trainingEvent')!;

test('a worker registers residents in the own committee only', () => {
  expect(homeAreas(resident, given(town.people.zhouMin))).toEqual(['310104007001']);
});

test('who holds a role over a street may choose among its committees', () => {
  const streetWide = { id: 'person_x', grants: [{ role: 'socialWorker', area: '310104007' }] };
  expect(homeAreas(resident, given(streetWide))).toEqual(['310104007001', '310104007002']);
});

test('courses are at home in the street, not in the committee', () => {
  expect(homeAreas(event, given(town.people.zhouMin))).toEqual(['310104007']);
  const worker = { id: 'person_x', grants: [{ role: 'socialWorker', area: '310104007001' }] };
  expect(homeAreas(event, given(worker))).toEqual([]);
});
