import { beforeEach, expect, test } from 'vitest';
import { registry } from '../../../shared/modules/index.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { bestFirst } from './closest.ts';
import { columnsThatFit, fitted } from './fitted.ts';
import { filterNames, filterOptions } from './filter-options.ts';
import { isNarrowed, queryOf, untouched, useListViews } from './list-view.ts';

beforeEach(() => useListViews.setState({ views: {} }));

test('a list is asked for what stands above it; empty filters ask nothing', () => {
  const view = { ...untouched, text: ' 王伟 ', filter: { stage: ['accepted'], type: [] } };
  expect(queryOf('mediation', view, { field: 'number', descending: true })).toEqual({
    entity: 'mediation',
    filter: { stage: ['accepted'] },
    text: '王伟',
    sort: { field: 'number', descending: true },
  });
  expect(queryOf('mediation', { ...untouched, withdrawn: true }, undefined)).toEqual({
    entity: 'mediation',
    withdrawn: true,
  });
  expect([isNarrowed(view), isNarrowed({ ...untouched, filter: { type: [] } })]).toEqual([true, false]);
});

test('each list remembers how it was left', () => {
  const { change } = useListViews.getState();
  change('resident', { text: 'ww', top: 1200 });
  change('mediation', { active: 'mediation_1' });
  change('resident', { top: 900 });
  expect(useListViews.getState().views).toEqual({
    resident: { ...untouched, text: 'ww', top: 900 },
    mediation: { ...untouched, active: 'mediation_1' },
  });
});

test('the stage comes first by itself, and only fields with choices filter', () => {
  const names = filterNames(registry.entities.get('trainingEvent')!);
  expect(names).toEqual(['stage', 'category', 'form']);
  const stage = registry.entities.get('trainingEvent')!.fields['stage'];
  expect(filterOptions(stage).map(({ value }) => value)).toEqual([
    'planned',
    'open',
    'held',
    'closed',
    'cancelled',
  ]);
});

test('columns fill the room there is, never shrink beyond reading, and leave from the end when it is small', () => {
  expect([
    columnsThatFit([100, 300, 100], 400),
    columnsThatFit([100, 300, 100], 300),
    columnsThatFit([900, 300], 10),
  ]).toEqual([3, 2, 2]);
  expect(fitted([100, 300], 800)).toEqual([200, 600]);
  expect(fitted([100, 300], 100)).toEqual([72, 216]);
});

test('whoever is called so leads; whoever merely mentions it follows, then the order of the list', () => {
  const entity = registry.entities.get('resident')!;
  const record = (id: string, name: string): RecordState =>
    ({ id, values: { name } }) as unknown as RecordState;
  const [chen, wang, zhang, li] = [
    record('1', '陈思琪'),
    record('2', '王伟'),
    record('3', '张秀英'),
    record('4', '李桂芳'),
  ];
  const hits = [
    { record: chen, entity, field: 'guardian' },
    { record: wang, entity, field: 'name' },
  ];
  const places = [zhang, wang, li, chen].map(({ id }) => ({ id, key: undefined }));
  expect(bestFirst(places, hits).map(({ id }) => id)).toEqual(['2', '1', '3', '4']);
});
