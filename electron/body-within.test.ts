import { expect, it } from 'vitest';
import { bodyWithin } from './body-within.ts';

const request = (body: BodyInit) => new Request('http://desk/', { method: 'POST', body });

it('reads what a page sends, up to a limit', async () => {
  expect(Buffer.from((await bodyWithin(request('{"a":1}'), 7)) ?? []).toString()).toBe('{"a":1}');
  expect(await bodyWithin(request(''), 7)).toEqual(new Uint8Array());
  expect(await bodyWithin(new Request('http://desk/', { method: 'POST' }), 7)).toEqual(new Uint8Array());
  expect(await bodyWithin(request('{"a":12}'), 7)).toBeUndefined();
});

it('holds no more of an endless body than the limit', async () => {
  let pieces = 0;
  let stopped = false;
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pieces += 1;
      controller.enqueue(new Uint8Array(1000));
    },
    cancel: () => {
      stopped = true;
    },
  });
  const init = { method: 'POST', body: stream, duplex: 'half' } as RequestInit;
  expect(await bodyWithin(new Request('http://desk/', init), 10_000)).toBeUndefined();
  expect([pieces < 20, stopped]).toEqual([true, true]);
});
