/** The demo enrols its own computer, so that the first thing to be seen is a lock screen with a name on it. */
import { z } from 'zod';
import type { Door } from './door.ts';
import type { Environment } from './environment.ts';

const enrolSchema = z.object({ url: z.string(), code: z.string(), passphrase: z.string() });

export async function enrolForDemo(
  { demoEnrol }: Pick<Environment, 'demoEnrol'>,
  door: Pick<Door, 'enrol'>,
  forgetKey: () => void,
  onRefused: (code: string) => void,
): Promise<void> {
  if (!demoEnrol) return;
  const { url, code, passphrase } = enrolSchema.parse(JSON.parse(demoEnrol));
  const enrolled = await door.enrol({ address: url, code, passphrase });
  forgetKey();
  if (!enrolled.ok) onRefused(enrolled.error.code);
}
