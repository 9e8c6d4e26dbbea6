/** The accounts as a list: what a search finds, and whether grants that somebody edits may be sent. Pure. */
import type { Grant } from '../../../shared/core/access.ts';
import type { AdministrationOutput } from '../../../shared/protocol/administer.ts';

export type KnownPerson = AdministrationOutput<'people.list'>['people'][number];
export type KnownDevice = AdministrationOutput<'devices.list'>['devices'][number];

/** Those in service first, then by name as people look for it. */
export function matching(people: readonly KnownPerson[], text: string): readonly KnownPerson[] {
  const wanted = text.trim();
  return people
    .filter(({ name }) => name.includes(wanted))
    .sort(
      (one, other) =>
        Number(one.disabled) - Number(other.disabled) || one.name.localeCompare(other.name, 'zh-CN'),
    );
}

/** A line of the form: a role whose area is still to be chosen is none yet. */
export interface GrantLine {
  readonly role: string | undefined;
  readonly area: string | undefined;
}

/** @returns undefined while a line is unfinished or none is there */
export function grantsIn(lines: readonly GrantLine[]): readonly Grant[] | undefined {
  const grants = lines.flatMap(({ role, area }) =>
    role !== undefined && area !== undefined ? [{ role, area }] : [],
  );
  if (grants.length < lines.length || grants.length === 0) return undefined;
  const seen = new Set<string>();
  return grants.filter(({ role, area }) => {
    const key = `${role} ${area}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Minutes and seconds that remain, `14:05`; undefined when the time is over. */
export function remaining(until: string, now: number): string | undefined {
  const seconds = Math.ceil((Date.parse(until) - now) / 1000);
  if (!(seconds > 0)) return undefined;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
