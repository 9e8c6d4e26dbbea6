import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PullRequest, PullResponse } from '../../shared/protocol/messages.ts';
import type { Packed } from '../routes/answer.ts';
import { createCast, type Cast } from '../testing/cast.ts';
import { valueOf, type Desk } from '../testing/desk.ts';
import { JIANGNAN, RIHUI, villagers } from '../testing/village.ts';
import { createPagesKept } from './pages-kept.ts';

const CASEWORK = `${JIANGNAN}/casework`;

let cast: Cast;
let zhou: Desk;
let chen: Desk;
beforeEach(async () => {
  cast = await createCast();
  zhou = await cast.desk(villagers.zhouMin);
  chen = await cast.desk(villagers.chenGuodong);
  await zhou.push(...Array.from({ length: 25 }, (_, index) => zhou.pen.create(`第${index}件`)));
});

/** Own scopes, as every desk asks for them, hold nothing and make no difference. */
const asked = (person: string, cursor: number): PullRequest => ({
  epoch: 'epoch-1',
  cursors: [CASEWORK, `person/${person}`].map((scope) => ({ scope, cursor })),
  limit: 10,
});
const packed = async (desk: Desk, person: string, cursor = 0): Promise<string | Packed> =>
  valueOf(await cast.district.pullPacked(await desk.asking(), asked(person, cursor)));
const textOf = (answer: string | Packed): string =>
  typeof answer === 'string' ? answer : gunzipSync(answer.gzipped).toString('utf8');
const pageOf = (answer: string | Packed): PullResponse => JSON.parse(textOf(answer)) as PullResponse;

describe('pages that lie ready', () => {
  it('S6-2 are what a fresh one would be, for colleagues too, and the last one is always fresh', async () => {
    const [mine, hers] = [villagers.zhouMin.id, villagers.chenGuodong.id];
    for (const cursor of [0, 10, 20]) {
      const first = await packed(zhou, mine, cursor);
      const fresh = valueOf(await cast.district.pull(await zhou.asking(), asked(mine, cursor)));
      expect(textOf(first)).toBe(fresh);
      const again = await packed(chen, hers, cursor);
      if (cursor < 20) expect(again).toEqual(first);
      expect(textOf(again)).toBe(fresh);
    }
    expect(typeof (await packed(zhou, mine, 20))).toBe('string');
  });

  it('S6-2 are made anew as soon as anything in an asked scope has moved', async () => {
    const { id } = villagers.zhouMin;
    const [first] = pageOf(await packed(zhou, id)).records;
    await zhou.push(zhou.pen.change(first?.id ?? '', { note: '后来写的' }));
    const after = pageOf(await packed(zhou, id));
    expect(after.records.map((record) => record.id)).not.toContain(first?.id);
    expect(after.records).toHaveLength(10);
    expect(after.remaining).toBe(15);
  });

  it('are for nobody who may not read what stands in them', async () => {
    await packed(zhou, villagers.zhouMin.id);
    const li = await cast.desk(villagers.liXiulan);
    const refused = await cast.district.pullPacked(await li.asking(), asked(villagers.liXiulan.id, 0));
    expect(refused).toEqual({ ok: false, error: { error: 'forbidden' } });
  });
});

describe('what is kept', () => {
  it('lets the page go that nobody has asked for the longest time', () => {
    const kept = createPagesKept(100);
    const bytes = (length: number) => new Uint8Array(length);
    for (const key of ['a', 'b']) kept.keep(key, bytes(40));
    expect(kept.page('a')).toHaveLength(40);
    kept.keep('c', bytes(40));
    expect(['a', 'b', 'c'].map((key) => kept.page(key)?.length)).toEqual([40, undefined, 40]);
  });

  it('knows how many lie behind a cursor that all asked scopes share, while nothing moves in them', () => {
    const kept = createPagesKept();
    const at = (cursor: number, seq = 9) => [{ scope: CASEWORK, cursor, seq }];
    kept.noteBehind('epoch-1', at(0), 4, 5);
    expect(kept.behind('epoch-1', at(4))).toBe(5);
    const others = [
      kept.behind('epoch-1', at(5)),
      kept.behind('epoch-1', at(4, 10)),
      kept.behind('epoch-2', at(4)),
      kept.behind('epoch-1', [...at(4), { scope: `${RIHUI}/casework`, cursor: 4, seq: 9 }]),
      kept.behind('epoch-1', [...at(4), { scope: `${RIHUI}/casework`, cursor: 3, seq: 9 }]),
    ];
    expect(others).toEqual(others.map(() => undefined));
    // One that is further already has not these behind it.
    kept.noteBehind('epoch-1', at(7), 6, 3);
    expect(kept.behind('epoch-1', at(6))).toBe(undefined);
  });
});
