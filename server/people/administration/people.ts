/** Accounts: who is there, what they may do, and who is shut out. */
import type { Grant, Roles } from '../../../shared/core/access.ts';
import { isWithin } from '../../../shared/core/access.ts';
import { isId, newId } from '../../../shared/core/id.ts';
import { ok, refuse } from '../../../shared/core/result.ts';
import type { AdministrationInput, AdministrationOutput } from '../../../shared/protocol/administer.ts';
import type { Person, Writing } from '../../ledger/transactor.ts';
import { addPerson } from '../accounts.ts';
import { withGrants } from '../grants.ts';
import { administeredAreas } from '../permit.ts';
import { isRegistrable, register } from './directory.ts';
import { DONE, reaches, whyNotGrants, type Carried, type Done, type Office } from './office.ts';

export async function listPeople(office: Office): Carried<AdministrationOutput<'people.list'>> {
  const people = await office.parts.transactor.read((reading) => reading.allPersons());
  return ok({
    people: people
      .filter((person) => reaches(office, person))
      .map(({ id, name, grants, disabled, password }) => ({
        id,
        name,
        grants: grants.map(({ role, area }) => ({ role, area })),
        disabled,
        hasPassword: password !== null,
      })),
  });
}

export async function makePerson(
  office: Office,
  { id, name, grants }: AdministrationInput<'person.add'>,
): Carried<AdministrationOutput<'person.add'>> {
  const { clock, random } = office.parts;
  const wrong = whyNotGrants(office, grants);
  if (wrong) return wrong;
  // From afar nobody chooses an id: matters and shares may name one already that a restored district has no account of.
  const isChosenHere = office.person === undefined && isId(id ?? '', 'person');
  if (id !== undefined && !isChosenHere) return refuse('malformed');
  const person = id ?? newId('person', clock(), random);
  const entry = {
    entity: 'person',
    record: person,
    values: { name, active: true },
    within: grants[0]?.area ?? '',
  } as const;
  const account = { id: person, name, grants };
  if (!(await isRegistrable(office, entry, account))) return refuse('directory-refused');
  // The first administrator registers herself, so her account comes first.
  if (!(await addPerson(office.parts, account))) return refuse('malformed');
  if (await register(office, entry)) return ok({ person });
  await disablePerson(office, person);
  return refuse('directory-refused');
}

export const changeGrants = async (
  office: Office,
  { person, grants }: AdministrationInput<'person.grants'>,
): Carried<Done> =>
  whyNotGrants(office, grants) ?? changeAccount(office, person, (one) => withGrants(one, grants));

export const disablePerson = (office: Office, person: string): Carried<Done> =>
  changeAccount(office, person, (one) => ({ ...one, disabled: true }));

export const enablePerson = (office: Office, person: string): Carried<Done> =>
  changeAccount(office, person, (one) => ({ ...one, disabled: false }));

export const clearPassword = (office: Office, person: string): Carried<Done> =>
  changeAccount(office, person, (one) => ({ ...one, password: null }));

async function changeAccount(office: Office, id: string, alter: (person: Person) => Person): Carried<Done> {
  const { change, registry } = office.parts;
  const changed = await change(async (writing) => {
    const [person] = await writing.persons([id]);
    if (!person) return refuse('unknown-person' as const);
    if (!reaches(office, person)) return refuse('outside-area' as const);
    const after = alter(person);
    if (await leavesNobody(writing, person, after, registry.roles))
      return refuse('last-administrator' as const);
    await writing.savePerson(after);
    return ok([`person:${id}`]);
  });
  return changed.ok ? ok(DONE) : changed;
}

/** Whether an area that somebody administers now would be nobody's afterwards. */
async function leavesNobody(writing: Writing, before: Person, after: Person, roles: Roles): Promise<boolean> {
  const administered = (person: Person): readonly string[] =>
    person.disabled ? [] : administeredAreas(person, roles);
  const lost = administered(before).filter((area) => !isCovered(area, administered(after)));
  if (lost.length === 0) return false;
  const others = (await writing.allPersons()).filter(({ id }) => id !== before.id).flatMap(administered);
  return lost.some((area) => !isCovered(area, others));
}

const isCovered = (area: Grant['area'], by: readonly string[]): boolean =>
  by.some((around) => isWithin(area, around));
