/** The file from which every page takes the same records. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordState } from '../../shared/core/record.ts';
import { caseStates, residentStates } from '../data.ts';
import { pageFolder } from '../desk/app.ts';

export const writeCases = (count: number): void => writeStates(caseStates(count));

/** As a large committee has them after many years: a register of residents, and a case for every ninth of them. */
export function writeCommittee(count: number): void {
  const cases = Math.floor(count / 10);
  writeStates(residentStates(count - cases), caseStates(cases));
}

function writeStates(...states: readonly Iterable<RecordState>[]): void {
  const file = join(pageFolder, 'cases.txt');
  writeFileSync(file, '');
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0) appendFileSync(file, `${lines.join('\n')}\n`);
    lines = [];
  };
  for (const some of states)
    for (const state of some) if (lines.push(JSON.stringify(state)) >= 5_000) flush();
  flush();
}
