/** A district of many committees, each with some desks: five in a committee and twenty-five committees in a sub-district, as in Shanghai. */
import type { Grant } from '../../shared/core/access.ts';
import { newId } from '../../shared/core/id.ts';
import type { District } from '../../server/district.ts';
import { randomBytes } from 'node:crypto';

export interface Committee {
  readonly code: string;
  readonly name: string;
}

export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly committee: Committee;
}

const DISTRICT = '310104';
const DESKS = 5;
const COMMITTEES = 25;

const three = (count: number): string => String(count).padStart(3, '0');

const committeeOf = (desk: number): Committee => {
  const committee = Math.floor(desk / DESKS);
  const street = Math.floor(committee / COMMITTEES);
  const code = `${DISTRICT}${three(street + 1)}${three((committee % COMMITTEES) + 1)}`;
  return { code, name: `第${committee + 1}居委会` };
};

/** The committees are in the directory and everybody has an account, as before any outage. */
export async function settle(district: District, desks: number): Promise<readonly Colleague[]> {
  const known = new Set<string>();
  const colleagues: Colleague[] = [];
  for (let desk = 0; desk < desks; desk++) {
    const committee = committeeOf(desk);
    if (!known.has(committee.code)) {
      known.add(committee.code);
      const { code, name } = committee;
      await district.administerLocally({ name: 'area.add', input: { code, name, shortName: name } });
    }
    const person = { id: newId('person', Date.now(), randomBytes), name: `第${desk + 1}席` };
    await district.addPerson({ ...person, grants: grantsIn(committee) });
    colleagues.push({ ...person, committee });
  }
  return colleagues;
}

const grantsIn = ({ code: area }: Committee): readonly Grant[] => [
  { role: 'socialWorker', area },
  { role: 'mediator', area },
];
