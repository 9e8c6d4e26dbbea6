/** The file from which every page takes the same records. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { caseStates } from '../data.ts';
import { pageFolder } from '../desk/app.ts';

export function writeCases(count: number): void {
  const file = join(pageFolder, 'cases.txt');
  writeFileSync(file, '');
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0) appendFileSync(file, `${lines.join('\n')}\n`);
    lines = [];
  };
  for (const state of caseStates(count)) if (lines.push(JSON.stringify(state)) >= 5_000) flush();
  flush();
}
