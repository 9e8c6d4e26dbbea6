import { describe, expect, it } from 'vitest';
import { mayRead } from '../../shared/core/access.ts';
import { composeRegistry } from '../../shared/core/registry.ts';
import { parseScope } from '../../shared/core/scope.ts';
import { errand } from '../../shared/core/testing/errand.ts';
import { forms } from '../../shared/core/testing/forms.ts';
import { triples } from '../../shared/core/testing/triples.ts';
import { registry as real } from '../../shared/modules/index.ts';
import { needsNames } from './actor.ts';

const { roles, ...rest } = composeRegistry(
  [...real.modules, { ...forms, entities: [...forms.entities, errand] }],
  real.roles,
);
const { people, records } = triples({ roles, ...rest }, 20261126, 2_000);
const scopes = [
  ...new Set([
    ...records.flatMap(({ scope, shares = [] }) => [scope, ...shares]),
    ...people.map(({ id }) => `person/${id}`),
    ...records.slice(0, 100).map(({ id }) => `readers/${id}`),
  ]),
].flatMap((name) => parseScope(name) ?? []);

describe('whom a confidential matter names', () => {
  it('says nothing about any other scope, so nobody looks it up there', () => {
    const told = { open: 0, confidential: 0 };
    for (const { id, grants } of people)
      for (const scope of scopes) {
        const named = mayRead({ id, grants, isNamed: () => true }, scope, roles);
        const isTold = named !== mayRead({ id, grants }, scope, roles);
        expect([scope, isTold && !needsNames([scope])]).toEqual([scope, false]);
        told[needsNames([scope]) ? 'confidential' : 'open'] += 1;
      }
    expect(told.open).toBeGreaterThan(1_000);
    expect(told.confidential).toBeGreaterThan(1_000);
  });

  it('is looked up where one of several scopes is a confidential matter, whatever else is no scope at all', () => {
    const [matter, other] = [
      scopes.find(({ form }) => form === 'readers'),
      scopes.find(({ form }) => form === 'area'),
    ];
    expect([needsNames([other, undefined, matter]), needsNames([other, undefined]), needsNames([])]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
