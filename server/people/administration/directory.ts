/**
 * Areas and people also get their record in the directory, judged like everybody's, in the name of whoever asks or of another
 * administrator. A registry without such an entity has no directory, and nothing is missing then.
 */
import { mayDo } from '../../../shared/core/access.ts';
import { homeScopeOf } from '../../../shared/core/entity.ts';
import { newId } from '../../../shared/core/id.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import type { Person } from '../../ledger/transactor.ts';
import type { Office } from './office.ts';

export interface DirectoryEntry {
  readonly entity: 'person' | 'area';
  readonly record: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** An area of the district that it belongs to. */
  readonly within: string;
}

const DISTRICT_DEVICE = 'device_district';
const DISTRICT_LEVEL = 6;

/** Whether somebody could register it: one of those who are there, or the person themself who is about to come. */
export async function isRegistrable(
  office: Office,
  entry: DirectoryEntry,
  coming: Pick<Person, 'id' | 'grants'>,
): Promise<boolean> {
  const people = await office.parts.transactor.read((reading) => reading.allPersons());
  const isThere = people.some((one) => mayRegister(office, entry, one));
  return isThere || mayRegister(office, entry, { ...coming, disabled: false });
}

/** @returns whether the directory has taken it */
export async function register(office: Office, entry: DirectoryEntry): Promise<boolean> {
  const { transactor, registry, clock, random, instant, submit } = office.parts;
  const entity = registry.entities.get(entry.entity);
  if (!entity) return true;
  const { people, head } = await transactor.read(async (reading) => ({
    people: await reading.allPersons(),
    head: await reading.head(),
  }));
  const may = people.filter((one) => mayRegister(office, entry, one));
  const author = may.find(({ id }) => id === office.person) ?? may[0];
  if (!author) return false;
  const operation: Operation = {
    v: 1,
    id: newId('operation', clock(), random),
    kind: 'create',
    entity: entity.name,
    version: entity.version,
    record: entry.record,
    author: author.id,
    device: DISTRICT_DEVICE,
    at: instant(),
    basis: { epoch: head.epoch, seq: head.seq },
    after: [],
    area: homeArea(entry),
    set: { ...entry.values },
  };
  const [verdict] = await submit([operation]);
  return verdict?.verdict === 'confirmed';
}

const homeArea = ({ within }: DirectoryEntry): string => within.slice(0, DISTRICT_LEVEL);

function mayRegister(
  { parts: { registry } }: Office,
  entry: DirectoryEntry,
  person: Pick<Person, 'id' | 'grants' | 'disabled'>,
): boolean {
  const entity = registry.entities.get(entry.entity);
  if (!entity) return true;
  const home = homeScopeOf(entity, { record: entry.record, area: homeArea(entry), values: entry.values });
  return (
    home !== undefined && !person.disabled && mayDo(person, 'create', entity.access, home, registry.roles)
  );
}
