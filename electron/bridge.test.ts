import { describe, expect, it } from 'vitest';
import { bridge, type BridgeName } from '../shared/bridge.ts';
import { BridgeRefusal, createAnswerer, type Handlers } from './bridge.ts';

const frame = { url: 'app://desk/record/resident_1' };
const page = { mainFrame: frame };
const ours = { sender: page, senderFrame: frame };

function answererOf(handlers: Partial<Handlers>) {
  const called: BridgeName[] = [];
  const faults: unknown[] = [];
  const all = Object.fromEntries(
    Object.keys(bridge).map((name) => [
      name,
      (input: never) => {
        called.push(name as BridgeName);
        return (handlers[name as BridgeName] as ((input: never) => unknown) | undefined)?.(input);
      },
    ]),
  ) as unknown as Handlers;
  const answer = createAnswerer({
    handlers: all,
    isOurs: (sender) => sender === page,
    onFault: (_name, error) => faults.push(error),
  });
  return { answer, called, faults };
}

describe('who may ask', () => {
  const inner = { url: 'app://desk/' };
  const strangers = {
    'another window': { sender: { mainFrame: frame }, senderFrame: frame },
    'a frame inside our page': { sender: page, senderFrame: inner },
    'a frame that is gone': { sender: page, senderFrame: null },
    'our window at another origin': (() => {
      const elsewhere = { url: 'https://desk/' };
      return { sender: { mainFrame: elsewhere }, senderFrame: elsewhere };
    })(),
  };
  for (const [name, event] of Object.entries(strangers))
    it(`not ${name}`, async () => {
      const { answer, called } = answererOf({});
      expect(await answer(event, 'carrier.push', undefined)).toEqual({ ok: false, error: 'forbidden' });
      expect(called).toEqual([]);
    });

  for (const url of [
    'https://desk/',
    'app://print/1',
    'app://desk.evil/',
    'file:///desk',
    'data:text/html,x',
    'about:blank',
    '',
  ])
    it(`not our own main frame at ${url || 'no address'}`, async () => {
      const moved = { url };
      const here = { mainFrame: moved };
      const answer = createAnswerer({
        handlers: {} as Handlers,
        isOurs: () => true,
        onFault: () => undefined,
      });
      expect(await answer({ sender: here, senderFrame: moved }, 'carrier.push', undefined)).toEqual({
        ok: false,
        error: 'forbidden',
      });
    });
});

it('answers a request that is in the contract, in both directions', async () => {
  const { answer } = answererOf({ 'journal.temporaryNumber': () => ({ ordinal: 3 }) });
  expect(await answer(ours, 'journal.temporaryNumber', undefined)).toEqual({
    ok: true,
    value: { ordinal: 3 },
  });
});

it('refuses unknown names, inherited ones too, and input against the schema', async () => {
  const { answer, called } = answererOf({});
  const envelopes: unknown[] = [];
  expect([
    await answer(ours, 'files.delete', undefined),
    await answer(ours, '__proto__', undefined),
    await answer(ours, 'toString', undefined),
    await answer(ours, 7, undefined),
    await answer(ours, 'journal.append', { envelopes }),
    await answer(ours, 'door.unlock', { person: 'p'.repeat(65), passphrase: 'x' }),
    await answer(ours, 'print.pdf', { html: 'x'.repeat(5_000_001), title: '' }),
    await answer(ours, 'carrier.push', { extra: true }),
  ]).toEqual([
    ...Array.from({ length: 4 }, () => ({ ok: false, error: 'unknown' })),
    ...Array.from({ length: 4 }, () => ({ ok: false, error: 'malformed' })),
  ]);
  expect(called).toEqual([]);
});

it('lets a refusal’s word through, and of a fault nothing but that it happened', async () => {
  const fault = new Error('/home/someone/keys.json: 周敏');
  const { answer, faults } = answererOf({
    'journal.temporaryNumber': () => {
      throw new BridgeRefusal('disk-full');
    },
    'door.session': () => {
      throw fault;
    },
    'journal.resolve': () => ({ number: 'seven' }) as never,
  });
  const resolve = { operation: 'operation_1', into: [] };
  expect(await answer(ours, 'journal.temporaryNumber', undefined)).toEqual({ ok: false, error: 'disk-full' });
  expect(await answer(ours, 'door.session', undefined)).toEqual({ ok: false, error: 'failed' });
  expect(await answer(ours, 'journal.resolve', resolve)).toEqual({ ok: false, error: 'failed' });
  expect(faults[0]).toBe(fault);
  expect(faults).toHaveLength(2);
});
