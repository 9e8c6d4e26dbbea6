import { expect, test } from 'vitest';
import { registry } from '../../../shared/modules/index.ts';
import { people, type TownPerson } from '../../../shared/testing/town.ts';
import { entitiesInNavigation, entitiesToRegister } from './rights.ts';

const { shenYiming, zhangHuifen, guAdmin } = people;

/** A desk on which something lies of these entities alone. */
const inNavigation = (person: TownPerson, ...lying: readonly string[]): readonly string[] => {
  const places = ({ entity }: { readonly entity: string }) =>
    lying.includes(entity) ? [{ id: 'any', key: undefined }] : [];
  return entitiesInNavigation({ registry, places }, person).map(({ name }) => name);
};

test('SCOPE-7 whoever is named in a confidential note finds it, though no role of theirs writes one', () => {
  expect(inNavigation(guAdmin)).not.toContain('confidentialNote');
  expect(inNavigation(guAdmin, 'confidentialNote')).toContain('confidentialNote');
  // Who writes them has them in sight before the first.
  expect(inNavigation(zhangHuifen)).toContain('confidentialNote');
});

test('what was shared with somebody stands in the navigation for as long as it lies here', () => {
  expect(inNavigation(shenYiming)).not.toContain('mediation');
  const shared = inNavigation(shenYiming, 'mediation');
  expect(shared).toContain('mediation');
  // In the registry's order, wherever it came from, and nothing that only belongs beside other records.
  const order = [...registry.entities.keys()];
  expect(shared).toEqual([...shared].sort((one, other) => order.indexOf(one) - order.indexOf(other)));
  expect(inNavigation(shenYiming, 'confidentialEntry')).not.toContain('confidentialEntry');
});

test('reading one opens no form to register another', () => {
  const names = entitiesToRegister(registry, guAdmin).map(({ name }) => name);
  expect(names).toContain('person');
  expect(names).not.toContain('confidentialNote');
});
