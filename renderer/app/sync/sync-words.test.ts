import { describe, expect, test } from 'vitest';
import type { SyncState } from '../../core/desk.ts';
import { zh } from '../../texts/zh.ts';
import { clockAmount, syncWords } from './sync-words.ts';

/** 10:30 in Shanghai. */
const NOW = Date.parse('2026-11-23T02:30:00.000Z');
const quiet: SyncState = {
  pending: 0,
  conflicts: 0,
  attention: 0,
  connection: 'online',
  since: '2026-11-23T01:05:00.000Z',
  lastSync: '2026-11-23T02:29:50.000Z',
};
const words = (state: Partial<SyncState>) =>
  syncWords({ ...quiet, ...state }, NOW, 'zh').map(({ key, values }) => [key, values]);

describe('the indicator', () => {
  test('says that the disk is getting full beside whatever else is true', () => {
    expect(words({ roomLeft: 900 })).toEqual([
      ['sync.synced', undefined],
      ['sync.room', undefined],
    ]);
    expect(words({ roomLeft: 90, problem: 'no-room', connection: 'problem', pending: 2 })).toEqual([
      ['sync.stuck', undefined],
      ['sync.pending', { count: 2 }],
      ['sync.room', undefined],
    ]);
  });

  test('S11-4 says that the records are a newer app’s, and in which words', () => {
    expect(words({ newerApp: true, problem: 'newer-app', connection: 'problem', pending: 2 })).toEqual([
      ['sync.stuck', undefined],
      ['sync.pending', { count: 2 }],
    ]);
    expect(zh.sync.newerApp).toBe(
      '这台电脑上的数据是由新版本的邻里台账写下的。现在只能查看，不能登记；请更新后再用。内容都在。',
    );
  });

  test('says 已同步 only when nothing waits, runs or is broken', () => {
    expect(words({})).toEqual([['sync.synced', undefined]]);
    const troubled: readonly Partial<SyncState>[] = [
      { pending: 1 },
      { conflicts: 1 },
      { attention: 1 },
      { connection: 'offline' },
      { connection: 'offline', problem: 'network' },
      { connection: 'problem', problem: 'server' },
      { connection: 'problem', problem: 'access' },
      { progress: { done: 1, total: 2 } },
      { lastSync: undefined as never },
    ];
    for (const state of troubled) expect(words(state).map(([key]) => key)).not.toContain('sync.synced');
  });

  test('says since when it is offline, and what waits meanwhile', () => {
    expect(words({ connection: 'offline', problem: 'network', pending: 3, conflicts: 1 })).toEqual([
      ['sync.offline', { time: '09:05' }],
      ['sync.pending', { count: 3 }],
      ['sync.conflicts', { count: 1 }],
    ]);
    expect(words({ connection: 'offline', problem: 'network', since: '2026-11-20T01:05:00.000Z' })).toEqual([
      ['sync.offline', { time: '11月20日 09:05' }],
    ]);
  });

  test('before the first answer of the district it is neither offline nor in step', () => {
    expect(words({ connection: 'offline' })).toEqual([['sync.connecting', undefined]]);
  });

  test('says that a busy district goes on by itself, and about when', () => {
    const busy = (seconds: number) => ({
      pending: 3,
      busyUntil: new Date(NOW + seconds * 1000).toISOString(),
    });
    const told = (seconds: number) => words(busy(seconds)).slice(1);
    expect(words(busy(110))).toEqual([
      ['sync.pending', { count: 3 }],
      ['sync.busy', { count: 2 }],
    ]);
    expect([told(20), told(-5)]).toEqual([[['sync.busySoon', undefined]], [['sync.busySoon', undefined]]]);
    // Nothing waits any more, or the line is the trouble.
    expect(words({ ...busy(110), pending: 0 })).toEqual([['sync.synced', undefined]]);
    expect(words({ ...busy(110), connection: 'offline', problem: 'network' }).map(([key]) => key)).toEqual([
      'sync.offline',
      'sync.pending',
    ]);
  });

  test('counts a running download', () => {
    expect(words({ progress: { done: 1200, total: 3400 }, attention: 2 })).toEqual([
      ['sync.progress', { done: 1200, total: 3400 }],
      ['sync.attention', { count: 2 }],
    ]);
  });

  test('a login page in between passes by itself; a revoked computer does not', () => {
    expect(words({ connection: 'problem', problem: 'not-the-district' })[0]?.[0]).toBe('sync.offline');
    expect(words({ connection: 'problem', problem: 'access' })).toEqual([['sync.stuck', undefined]]);
  });

  test('a clock is wrong by minutes, hours or days', () => {
    expect([-6 * 60_000, 3 * 3_600_000, 400 * 86_400_000].map(clockAmount)).toEqual([
      { key: 'sync.minutes', values: { count: 6 } },
      { key: 'sync.hours', values: { count: 3 } },
      { key: 'sync.days', values: { count: 400 } },
    ]);
  });
});
