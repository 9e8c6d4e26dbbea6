/** A process that appends until it is killed, and says after each append what was acknowledged. */
import { openJournal } from '../native/journal.ts';
import { append, envelope } from './envelopes.ts';

const { journal } = await openJournal({ path: process.argv[2] as string });
for (let number = 1; ; number += 2) {
  const numbers = await append(journal, envelope(number), envelope(number + 1, undefined, 3000));
  process.stdout.write(`${numbers.join(' ')}\n`);
}
