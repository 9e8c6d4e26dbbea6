/** The judge beside the reference policy: who may do what, on the district's own records and with what the ledger says of readers. */
import { expect, it } from 'vitest';
import { composeRegistry } from '../../shared/core/registry.ts';
import { errand } from '../../shared/core/testing/errand.ts';
import { forms } from '../../shared/core/testing/forms.ts';
import { mayDoByPolicy } from '../../shared/core/testing/reference-policy.ts';
import { triples } from '../../shared/core/testing/triples.ts';
import { registry as real } from '../../shared/modules/index.ts';
import { thorough } from '../../shared/testing/thorough.ts';
import { storedRecord } from '../projector/stored-record.ts';
import { createMemoryLedger } from '../testing/memory-ledger.ts';
import type { Judging } from './bench.ts';
import { judge } from './judge.ts';
import { submissionOf } from './submission.ts';

const registry = composeRegistry(
  [...real.modules, { ...forms, entities: [...forms.entities, errand] }],
  real.roles,
);

it('ACCESS-3 SCOPE-5 SCOPE-6 thousands of random people, records and operations: the judge refuses for want of rights where the policy does', async () => {
  const {
    areas,
    people,
    records,
    readers,
    triples: tried,
  } = triples(registry, 20261124, thorough(10_000, 3_000));
  const world = { areas, readers, roles: registry.roles };
  const ledger = createMemoryLedger({ district: 'd', name: '徐汇区', epoch: 'epoch-1' }, registry.roles);
  await ledger.transact(async (writing) => {
    for (const { id, grants } of people) {
      await writing.savePerson({ id, name: '某', grants, former: [], disabled: false, password: null });
    }
    await writing.project(records.map((one) => storedRecord(one, registry.entities.get(one.entity))));
    await writing.saveHead({ ...(await writing.lockHead()), seq: 1 });
  });
  const judging: Judging = {
    registry,
    now: '2026-11-23T04:00:00.000Z',
    areaName: (_, code) => Promise.resolve(code),
    onFailure: (operation, failure) => {
      throw new Error(operation, { cause: failure });
    },
  };
  const differing: unknown[] = [];
  const seen = { may: 0, mayNot: 0 };
  for (const { person, operation, before, after } of tried) {
    let reason = '';
    // Each on the world as it is: what it changed is undone.
    const judged = ledger.transact(async (writing) => {
      const [outcome] = await judge(writing, [submissionOf(operation)], judging);
      const verdict = outcome?.kind === 'judged' ? outcome.verdict : undefined;
      if (verdict && verdict.verdict !== 'confirmed') reason = verdict.reason.code;
      throw new Error('undone');
    });
    await expect(judged).rejects.toThrow('undone');
    const entity = registry.entities.get(operation.entity)!;
    // Two records that are said to be one are written both.
    const other = records.find(({ id }) => id === operation.other && id !== operation.record);
    const isPair = entity.duplicates !== undefined && operation.kind !== 'distinguish';
    const may =
      mayDoByPolicy(person, operation, before, after, entity, world) &&
      (!other || !isPair || mayDoByPolicy(person, operation, other, other, entity, world));
    seen[may ? 'may' : 'mayNot']++;
    if ((reason !== 'access') !== may) differing.push({ person, operation, before, reason, may });
  }
  expect(differing.slice(0, 2)).toEqual([]);
  const tenth = tried.length / 10;
  expect([seen.may > tenth, seen.mayNot > tenth]).toEqual([true, true]);
});
