import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEpochWatch, type EpochWatch } from './epoch-watch.ts';
import { openJournal } from './native/journal.ts';
import type { Journal } from './native/journal-port.ts';
import { append, chenGuodong, deviceSeven, envelope, operationId } from './testing/envelopes.ts';

let folder: string;
let journal: Journal;
let offers: number;
const at = '2026-03-02T01:00:00.000Z';
const confirmed = (number: number, seq: number) => ({
  id: operationId(number),
  verdict: 'confirmed' as const,
  seq,
});

async function restart(): Promise<EpochWatch> {
  await journal?.close();
  ({ journal } = await openJournal({ path: join(folder, 'journal.bin') }));
  return createEpochWatch({
    path: join(folder, 'epoch.json'),
    journal,
    onOffered: () => {
      offers += 1;
    },
  });
}
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linli-journal-'));
  offers = 0;
});
afterEach(() => journal.close());
const pending = () => journal.pending(deviceSeven).map((group) => group.map(({ id }) => id));
const group = (...numbers: readonly number[]) => numbers.map(operationId);

it('S8 offers again, in order and in their groups, what a restored district has lost of everybody’s', async () => {
  const watch = await restart();
  await watch.heard({ epoch: 'first', restoredHead: 0 });
  await append(journal, envelope(1));
  await append(journal, envelope(2), envelope(3));
  await append(journal, envelope(4, chenGuodong.id));
  await append(journal, envelope(5));
  await journal.judge([confirmed(1, 80), confirmed(2, 91), confirmed(3, 92), confirmed(4, 93)], at);
  await watch.heard({ epoch: 'first', restoredHead: 0 });
  expect([pending(), offers]).toEqual([[group(5)], 0]);

  await watch.heard({ epoch: 'second', restoredHead: 90 });
  expect(pending().flat().sort()).toEqual(group(2, 3, 4, 5));
  expect(pending()).toContainEqual(expect.arrayContaining(group(2, 3)));
  expect(offers).toBe(1);
  // The windows of their authors read them behind the verdict that counts no more, each with its link.
  const { entries } = await journal.read({ after: 9 });
  expect(entries).toEqual([
    { kind: 'operation', number: 10, envelope: envelope(2), link: expect.objectContaining({ number: 2 }) },
    { kind: 'operation', number: 11, envelope: envelope(3), link: expect.objectContaining({ number: 3 }) },
    {
      kind: 'operation',
      number: 12,
      envelope: envelope(4, chenGuodong.id),
      link: expect.objectContaining({ number: 4 }),
    },
  ]);

  // It stays so through a restart, and the epoch is not new any more.
  const again = await restart();
  await again.heard({ epoch: 'second', restoredHead: 90 });
  expect([pending().flat().sort(), offers]).toEqual([group(2, 3, 4, 5), 1]);
  await journal.judge([confirmed(2, 95), confirmed(3, 96)], at);
  expect(pending().flat().sort()).toEqual(group(4, 5));
});

it('S8-12 what was judged between two restorations is offered again, also by a computer that came only after the first', async () => {
  const watch = await restart();
  await watch.heard({ epoch: 'second', restoredHead: 50 });
  await append(journal, envelope(1));
  await journal.judge([confirmed(1, 80)], at);
  const again = await restart();
  // The second backup is of before the first restoration, and reaches further.
  await again.heard({ epoch: 'third', restoredHead: 100 });
  expect(pending()).toEqual([group(1)]);
});

it('S8 verdicts of the life before that come late are no word of this one, which goes on behind them', async () => {
  const watch = await restart();
  await watch.heard({ epoch: 'first', restoredHead: 0 });
  await append(journal, envelope(1));
  await watch.heard({ epoch: 'second', restoredHead: 90 });
  // Judged before the restoration, on its way for long.
  await watch.heard({ epoch: 'first', restoredHead: 0 });
  await journal.judge([confirmed(1, 95)], at);
  await watch.heard({ epoch: 'second', restoredHead: 90 });
  expect(pending()).toEqual([group(1)]);
  expect([await watch.isFormer('first'), await watch.isFormer('second')]).toEqual([true, false]);
});

it('S3 S8 a power cut between offering and noting costs a second offer, nothing else', async () => {
  const watch = await restart();
  await watch.heard({ epoch: 'first', restoredHead: 0 });
  await append(journal, envelope(1));
  await journal.judge([confirmed(1, 80)], at);
  await journal.offerAgain(70);
  const again = await restart();
  await again.heard({ epoch: 'second', restoredHead: 70 });
  expect(pending()).toEqual([group(1)]);
  await journal.judge([confirmed(1, 71)], at);
  expect(await (await restart()).heard({ epoch: 'second', restoredHead: 70 })).toBe(3);
  expect(pending()).toEqual([]);
});

it('S8 an epoch is noted last: a power cut before the journal has offered again loses nothing', async () => {
  const watch = await restart();
  await watch.heard({ epoch: 'first', restoredHead: 0 });
  await append(journal, envelope(1));
  await journal.judge([confirmed(1, 80)], at);
  const dying = createEpochWatch({
    path: join(folder, 'epoch.json'),
    journal: { ...journal, offerAgain: () => Promise.reject(new Error('the power is off')) },
    onOffered: () => undefined,
  });
  await expect(dying.heard({ epoch: 'second', restoredHead: 70 })).rejects.toThrow('the power is off');
  const again = await restart();
  await again.heard({ epoch: 'second', restoredHead: 70 });
  expect(pending()).toEqual([group(1)]);
});
