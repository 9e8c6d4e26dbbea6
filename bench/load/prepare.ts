/** Before any clock runs: the district's people, their computers enrolled, and what each has written, sealed and signed. */
import { join } from 'node:path';
import { shanghaiDay } from '../../shared/core/calendar/day.ts';
import { enrolAt, writeWork, type Enrolled, type Written } from './enrolled.ts';
import type { Servers } from './servers.ts';
import { say } from './told.ts';
import { settle } from './town.ts';

/** With 200 operations each these take a minute. */
const TOLD_EVERY = 100;

export interface Prepared {
  readonly enrolled: Enrolled;
  readonly written: Written;
}

export async function prepare(
  { beside: { district }, folder }: Pick<Servers, 'beside' | 'folder'>,
  desks: number,
  operations: number,
): Promise<readonly Prepared[]> {
  const began = performance.now();
  const { epoch } = await district.head();
  const today = shanghaiDay(Date.now());
  const prepared: Prepared[] = [];
  for (const [seed, colleague] of (await settle(district, desks)).entries()) {
    const enrolled = await enrolAt(district, colleague);
    const path = join(folder, `desk-${seed}`);
    const written = await writeWork(path, operations, enrolled, { epoch, today, seed });
    prepared.push({ enrolled, written });
    if ((seed + 1) % TOLD_EVERY === 0) say(`  ${seed + 1} of ${desks} desks have written theirs`);
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  say(`${desks} desks enrolled and ${desks * operations} operations sealed and signed in ${seconds} s`);
  return prepared;
}
