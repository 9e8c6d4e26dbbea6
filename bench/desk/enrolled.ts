/**
 * A profile of somebody who is enrolled with a real district and has the keys of her committee, as she has them on a morning without a
 * network: every measurement of the desk begins with a copy of it. The district is ended before anything is measured.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDistrict } from '../../build/district-process.ts';
import { freePort } from '../../build/free-port.ts';
import { AREA, author } from '../data.ts';
import { launchDesk } from './desk.ts';

/** Digits, so that it serves as PIN too. */
export const PASSPHRASE = '202607152026';

const homes: string[] = [];
process.once('exit', () => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

/** @returns the profile's folder; removed when this process ends */
export async function enrolledProfile(): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'linli-bench-'));
  homes.push(home);
  const profile = join(home, 'profile');
  const district = await startDistrict({
    data: join(home, 'district'),
    port: await freePort(),
    env: { LINLI_DEMO: '1' },
  });
  try {
    await enrol(profile, { address: district.url, code: district.codes[author.id] ?? '' });
  } finally {
    await district.kill();
  }
  return profile;
}

/** The person of every measurement becomes somebody on this profile, with the keys of her committee. */
export async function enrol(
  profile: string,
  at: { readonly address: string; readonly code: string },
): Promise<void> {
  const desk = await launchDesk(profile);
  const given = { ...at, passphrase: PASSPHRASE };
  const scopes = ['casework', 'residents'].map((name) => `${AREA}/${name}`);
  try {
    const had = await desk.page.evaluate<number>(`(async () => {
      const entered = await linli.ask('door.enrol', ${JSON.stringify(given)});
      if (!entered.ok) throw new Error(entered.error.code);
      const { keys } = await linli.ask('scopes.open', { scopes: ${JSON.stringify(scopes)} });
      return keys.length;
    })()`);
    if (had < scopes.length) throw new Error('the district gave no keys for the committee');
  } finally {
    await desk.end();
  }
}
