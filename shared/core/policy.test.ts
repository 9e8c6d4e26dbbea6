/** The core's judgement of rights beside a second one that was written from the design alone. */
import { expect, test } from 'vitest';
import { registry as real } from '../modules/index.ts';
import { mayReadRecord } from './access.ts';
import { decide } from './decide.ts';
import { composeRegistry } from './registry.ts';
import { parseScope } from './scope.ts';
import { errand } from './testing/errand.ts';
import { forms } from './testing/forms.ts';
import { mayDoByPolicy, mayReadByPolicy } from './testing/reference-policy.ts';
import { triples } from './testing/triples.ts';

const registry = composeRegistry(
  [...real.modules, { ...forms, entities: [...forms.entities, errand] }],
  real.roles,
);

test(
  'ACCESS-2 ACCESS-3 SCOPE-5 SCOPE-6 10 000 random people, records and operations: rights as the reference policy has them',
  { timeout: 60_000 },
  () => {
    const { areas, readers, triples: tried } = triples(registry, 20261123, 10_000);
    const world = { areas, readers, roles: registry.roles };
    const seen: Record<string, number> = {};
    const differing: unknown[] = [];
    for (const { person, record, operation, before, after } of tried) {
      const entity = registry.entities.get(operation.entity)!;
      const decided = decide(before, operation, {
        entity,
        roles: registry.roles,
        actor: person,
        epoch: 'epoch-1',
        seq: 2,
      });
      const may = decided.ok || decided.error.code !== 'access';
      const reads = mayReadRecord(person, record, registry.roles);
      const expected = {
        may: mayDoByPolicy(person, operation, before, after, entity, world),
        reads: mayReadByPolicy(person, record, world),
      };
      if (may !== expected.may || reads !== expected.reads)
        differing.push({ person, record, operation, may, reads, expected });
      const change = before && before.scope !== after.scope && operation.kind === 'change';
      const said = [`${operation.kind} ${may}`, `reads ${reads}`, ...(change ? [`reclassify ${may}`] : [])];
      for (const one of said) seen[one] = (seen[one] ?? 0) + 1;
      const form = parseScope(record.scope)?.form;
      if (form) seen[`${form} ${may}`] = (seen[`${form} ${may}`] ?? 0) + 1;
    }
    expect(differing.slice(0, 2)).toEqual([]);
    // Both answers are met often enough, for every kind and every form, to mean something.
    const kinds = [
      ...['create', 'change', 'advance', 'withdraw', 'restore', 'share', 'unshare', 'move'],
      ...['merge', 'unmerge', 'distinguish'],
    ];
    const asked = ['reads', 'reclassify', ...kinds, 'area', 'person', 'readers'];
    const rare = asked.filter((one) => Math.min(seen[`${one} true`] ?? 0, seen[`${one} false`] ?? 0) < 5);
    expect({ rare, seen }).toEqual({ rare: [], seen });
  },
);

test('ACCESS-1 the triples of a seed are the same for ever, in two districts and every form', () => {
  const once = triples(registry, 7, 200);
  expect(JSON.stringify(triples(registry, 7, 200))).toBe(JSON.stringify(once));
  expect(JSON.stringify(triples(registry, 8, 200))).not.toBe(JSON.stringify(once));
  expect(new Set([...once.areas.keys()].map((area) => area.slice(0, 6)))).toEqual(
    new Set(['310104', '310112']),
  );
  const forms = new Set(once.records.map(({ scope }) => parseScope(scope)?.form));
  expect([...forms].sort()).toEqual(['area', 'person', 'readers']);
  expect(once.records.filter(({ shares }) => shares).length).toBeGreaterThan(40);
});
