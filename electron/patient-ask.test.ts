import { describe, expect, it } from 'vitest';
import { ok, refuse } from '../shared/core/result.ts';
import { DISTRICT } from '../shared/protocol/messages.ts';
import type { Answer, Ask } from './district.ts';
import { patient } from './patient-ask.ts';

const busy = (seconds: string | undefined, district = 'district_1'): Answer => ({
  status: 503,
  headers: { [DISTRICT]: district, ...(seconds !== undefined && { 'retry-after': seconds }) },
  body: Buffer.from('{"error":"too-many-tries","retry":true}'),
});
const well: Answer = { status: 200, headers: { [DISTRICT]: 'district_1' }, body: Buffer.from('{}') };

/** Asks once of a district that says these in turn. */
async function asked(answers: readonly (Answer | 'network')[], path = '/api/handshake') {
  const left = [...answers];
  const rests: number[] = [];
  const ask: Ask = async () => {
    const next = left.shift() ?? well;
    return next === 'network' ? refuse('network') : ok(next);
  };
  const result = await patient(
    ask,
    async (time) => void rests.push(time),
  )({
    ...{ method: 'POST' as const, url: `http://127.0.0.1:1${path}` },
    headers: { [DISTRICT]: 'district_1' },
  });
  return { status: result.ok ? result.value.status : result.error, rests };
}

describe('a busy district', () => {
  it('is asked again when it said, until it answers', async () => {
    expect(await asked([busy('3'), busy('5')])).toEqual({ status: 200, rests: [3_000, 5_000] });
  });

  it('is told as it is after two minutes, and a broken line at once', async () => {
    expect(await asked([busy('50'), busy('50'), busy('50')])).toEqual({
      status: 503,
      rests: [50_000, 50_000],
    });
    expect(await asked([busy('3'), 'network'])).toEqual({ status: 'network', rests: [3_000] });
  });

  it('is not waited for where somebody else says so, nothing is said, or something is pushed', async () => {
    const none = { status: 503, rests: [] };
    expect(await asked([busy('3', 'district_2')])).toEqual(none);
    expect(await asked([busy(undefined)])).toEqual(none);
    expect(await asked([busy('3')], '/api/push')).toEqual(none);
  });
});
