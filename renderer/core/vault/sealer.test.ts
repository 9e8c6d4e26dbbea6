import { expect, test, vi } from 'vitest';
import { decode, encode, importKey, openBytes, type Bytes } from './ciphers.ts';
import { unpadded } from './padding.ts';
import { unpressed } from './pressed.ts';
import { sealRow, type RowToSeal } from './seal-row.ts';
import { createSealer, type SealAnswer, type SealQuestion, type SealThread } from './sealer.ts';

const key = await importKey(new Uint8Array(32).fill(7), 'AES-GCM');
const data = encode('linli/store/2|here');
const large = '楼上漏水，双方约定下周三再谈。'.repeat(400);
const row = (content: string): RowToSeal => ({ key, content, data });
const opened = async (bytes: Bytes): Promise<string> =>
  decode((await unpressed(unpadded((await openBytes(key, bytes, data)) as Bytes))) as Bytes);

/** A thread that does `work` with each question, and what it was asked and whether it was ended. */
function threadThat(work: (question: SealQuestion, say: (type: string, data?: SealAnswer) => void) => void) {
  const heard = new EventTarget();
  const say = (type: string, answer?: SealAnswer): boolean =>
    heard.dispatchEvent(new MessageEvent(type, { data: answer }));
  const thread = {
    postMessage: vi.fn((question: SealQuestion) => work(structuredClone(question), say)),
    terminate: vi.fn(),
    addEventListener: heard.addEventListener.bind(heard),
  };
  return { thread, start: vi.fn(() => thread as unknown as SealThread) };
}
const honest = () =>
  threadThat((question, say) => {
    void sealRow(question.row).then((bytes) => say('message', { number: question.number, bytes }));
  });

/** Time that passes when the test says so. */
function clock() {
  const tasks = new Set<() => void>();
  const later = (_milliseconds: number, task: () => void): (() => void) => {
    tasks.add(task);
    return () => tasks.delete(task);
  };
  return { later, tasks };
}

test('the thread seals what is large, the page what is small; both open alike, and no key can be read back', async () => {
  const { thread, start } = honest();
  const sealer = createSealer(start, clock().later);
  expect(await opened(await sealer.seal(row('楼上漏水')))).toBe('楼上漏水');
  expect(start).not.toHaveBeenCalled();
  const texts = [1, 2, 3, 4].map((number) => `${number}${large}`);
  const sealed = await Promise.all(texts.map((text) => sealer.seal(row(text))));
  expect(await Promise.all(sealed.map(opened))).toEqual(texts);
  expect([start.mock.calls.length, thread.postMessage.mock.calls.length]).toEqual([1, 4]);
  expect(thread.postMessage.mock.calls[0]?.[0].row.key.extractable).toBe(false);
});

test('what an ended thread owes is sealed here, and so is everything after it', async () => {
  const { thread, start } = threadThat(({ number }, say) => {
    if (number === 3) say('error');
  });
  const sealer = createSealer(start, clock().later);
  const texts = [1, 2, 3, 4].map((number) => `${number}${large}`);
  const sealed = await Promise.all(texts.map((text) => sealer.seal(row(text))));
  expect(await Promise.all(sealed.map(opened))).toEqual(texts);
  expect([thread.postMessage.mock.calls.length, thread.terminate.mock.calls.length]).toEqual([3, 1]);
});

test('a thread that does not start, takes nothing or cannot seal costs nothing but its help', async () => {
  const threads = [
    (): SealThread => {
      throw new Error('no thread');
    },
    threadThat(() => {
      throw new DOMException('not to be copied', 'DataCloneError');
    }).start,
    threadThat(({ number }, say) => say('message', { number, bytes: undefined })).start,
    undefined,
  ];
  for (const start of threads)
    expect(await opened(await createSealer(start, clock().later).seal(row(large)))).toBe(large);
});

test('a silent thread is given up after a while, an answering one is not', async () => {
  const { tasks, later } = clock();
  const answering = createSealer(honest().start, later);
  await answering.seal(row(large));
  expect(tasks.size).toBe(0);
  const { thread, start } = threadThat(() => undefined);
  const sealed = createSealer(start, later).seal(row(large));
  expect(tasks.size).toBe(1);
  for (const task of tasks) task();
  expect(await opened(await sealed)).toBe(large);
  expect(thread.terminate).toHaveBeenCalledOnce();
});

test('closing ends the thread with its keys, and nobody waits for it for ever', async () => {
  const { thread, start } = threadThat(() => undefined);
  const sealer = createSealer(start, clock().later);
  const sealed = sealer.seal(row(large));
  sealer.close();
  expect(thread.terminate).toHaveBeenCalledOnce();
  expect(await opened(await sealed)).toBe(large);
});
