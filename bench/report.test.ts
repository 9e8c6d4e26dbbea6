import { expect, test } from 'vitest';
import { inTurn, peersIn, sideIn } from './rounds.ts';
import { jsonLine, judge, median, percentile, table, type Figure } from './report.ts';

const written: Figure = {
  bench: 'store.write',
  n: 100_000,
  unit: 'ms',
  ours: [1500, 1700, 1600],
  floor: [1000, 900, 1100],
  peers: { pouchdb: [17_000, 16_000, 18_000], rxdb: { failed: 'no room' } },
  notes: { durability: 'strict' },
};

test('a line says the median of each side, the ratio, who is behind and by how much, and who failed', () => {
  expect(JSON.parse(jsonLine(written))).toEqual({
    bench: 'store.write',
    n: 100_000,
    oursMs: 1600,
    floorMs: 1000,
    peers: { pouchdb: 17_000, rxdb: { failed: 'no room' } },
    ratioToFloor: 1.6,
    timesFasterThan: { pouchdb: 10.63 },
    rounds: 3,
    spread: { ours: [1500, 1700], floor: [900, 1100], pouchdb: [16_000, 18_000] },
    goal: { row: 'w', mostOfFloor: 1.8, ahead: { pouchdb: 10, rxdb: 14 } },
    judged: 'unknown',
    notes: { durability: 'strict' },
  });
});

test('a goal is met when all of it holds, not met when any of it fails, unknown while something is missing', () => {
  const rxdb = { rxdb: [30_000] };
  expect(judge(written)).toBe('unknown');
  expect(judge({ ...written, peers: { ...written.peers, ...rxdb } })).toBe('met');
  expect(judge({ ...written, floor: [500] })).toBe('not met');
  expect(judge({ ...written, ours: { failed: 'broken' } })).toBe('not met');
  expect(judge({ ...written, peers: { pouchdb: [15_000], ...rxdb } })).toBe('not met');
  expect(judge({ ...written, bench: 'store.nothing' })).toBe('no goal');
});

test('of rates and shares more is better', () => {
  const pages: Figure = { bench: 'server.pull-pages', n: 1000, unit: 'perSecond', ours: [95], floor: [100] };
  expect(judge(pages)).toBe('met');
  expect(judge({ ...pages, ours: [80] })).toBe('not met');
  expect(JSON.parse(jsonLine({ ...pages, peers: { slow: [19] } }))).toMatchObject({
    oursPerSecond: 95,
    ratioToFloor: 0.95,
    timesFasterThan: { slow: 5 },
  });
  expect(judge({ bench: 'search.recall', n: 10, unit: 'percent', ours: [99.9] })).toBe('not met');
});

test('the table holds every figure against its goal', () => {
  const [head, row, ...rest] = table([written]).split('\n');
  expect(head).toMatch(/^figure\s+ours\s+floor\s+× floor\s+peers/);
  expect(row?.replaceAll(/ {2,}/g, ' | ')).toBe(
    'store.write | 1600 ms | 1000 ms | 1.6 | pouchdb 17000 ms (10.6×), rxdb failed | ≤ 1.8 × floor; 10 × ahead of pouchdb; 14 × ahead of rxdb | unknown',
  );
  expect(rest).toEqual([]);
});

test('medians and percentiles', () => {
  expect([median([3]), median([4, 1]), median([5, 1, 3])]).toEqual([3, 2.5, 3]);
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect([percentile(hundred, 0.5), percentile(hundred, 0.95), percentile([7], 0.95)]).toEqual([50, 95, 7]);
  expect(() => median([])).toThrow('nothing was measured');
});

test('sides take their turns, and one that fails does not stop the others', async () => {
  const order: string[] = [];
  const measured = await inTurn(
    {
      ours: async (round) => {
        order.push(`ours ${round}`);
        return { ms: round + 1, mb: 2 };
      },
      pouchdb: async (round) => {
        order.push(`pouchdb ${round}`);
        if (round === 1) throw new Error('quota');
        return { ms: 10 };
      },
    },
    3,
  );
  expect(order).toEqual(['ours 0', 'pouchdb 0', 'ours 1', 'pouchdb 1', 'ours 2']);
  expect(sideIn(measured, 'ours', 'ms')).toEqual([1, 2, 3]);
  expect(peersIn(measured, ['pouchdb', 'rxdb'], 'ms')).toEqual({
    pouchdb: { failed: 'quota' },
    rxdb: { failed: 'was not measured' },
  });
});
