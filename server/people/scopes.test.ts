import { expect, it } from 'vitest';
import { registry } from '../../shared/modules/index.ts';
import { triples } from '../../shared/core/testing/triples.ts';
import { beginningsOf, readableScopes } from './scopes.ts';

const { people, records } = triples(registry, 20261127, 2_000);
const placed = records.flatMap(({ scope, shares = [] }) => [scope, ...shares]);
/** Areas of no known level, too: around, inside and beside the others. */
const odd = placed.flatMap((scope) => {
  const [area = '', name = ''] = scope.split('/');
  return [6, 7, 8, 10, 11].flatMap((length) =>
    area.length > length ? [`${area.slice(0, length)}/${name}`, `${area.slice(0, length)}0/${name}`] : [],
  );
});
const all = [...new Set([...placed, ...odd])];

it('asks only for scopes that begin as one of the person’s may, and misses none that the person reads', () => {
  let spared = 0;
  for (const { id, grants } of people) {
    const beginnings = beginningsOf(grants);
    const near = all.filter((scope) => beginnings.some((one) => scope.startsWith(one)));
    spared += all.length - near.length;
    const actor = { id, grants };
    expect(readableScopes(actor, registry.roles, near)).toEqual(readableScopes(actor, registry.roles, all));
  }
  expect(spared).toBeGreaterThan(people.length * 10);
});
