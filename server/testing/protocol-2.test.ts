/** A desk that was installed before protocol 3 began goes on working with the district of today. */
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Verdict } from '../../shared/protocol/messages.ts';
import { buildApp } from '../app.ts';
import { createRateLimit } from '../people/rate-limit.ts';
import { createPokes } from '../routes/events.ts';
import { errorsOf } from '../routes/route.ts';
import { routes } from '../routes/table.ts';
import { toldTo } from '../turn/told-before.ts';
import { createCast, type Cast } from './cast.ts';
import { ERRORS_OF_2, readBy2 } from './read-by-protocol-2.ts';
import { createStranger, newId, type Answered, type Stranger } from './stranger.ts';
import { JIANGNAN, RIHUI, villagers } from './village.ts';

const CASEWORK = `${JIANGNAN}/casework`;

let cast: Cast;
let app: FastifyInstance;
let desk: Stranger;
beforeEach(async () => {
  cast = await createCast();
  app = await buildApp({ district: cast.district, clock: () => cast.clock.now, log: () => undefined });
  desk = createStranger(await app.listen({ host: '127.0.0.1', port: 0 }), { protocol: 2 });
  await desk.enrol((await cast.district.issueCode(villagers.zhouMin.id)) ?? '');
  await desk.signIn();
});
afterEach(() => app.close());

function read<P extends keyof typeof readBy2>(
  path: P,
  { status, body }: Answered,
): z.infer<(typeof readBy2)[P]> {
  expect(status).toBe(200);
  return readBy2[path].parse(body) as z.infer<(typeof readBy2)[P]>;
}

it('S11-1 a desk of protocol 2 enrols, signs in, shakes hands, pulls and pushes', async () => {
  const another = createStranger(app.listeningOrigin, { protocol: 2 });
  read('/api/enrol', await another.enrol((await cast.district.issueCode(villagers.zhouMin.id)) ?? ''));
  read('/api/token', await another.signIn());
  expect(read('/api/handshake', await another.handshake())).toMatchObject({ protocol: 2, head: 0 });
  expect([...(await another.keys([CASEWORK])).keys()]).toEqual([CASEWORK]);
  const create = { kind: 'create', entity: 'matter', record: newId('matter'), area: JIANGNAN };
  const pushed = await another.push({ ...create, set: { title: '楼上漏水' } });
  expect(read('/api/push', pushed).verdicts).toMatchObject([{ verdict: 'confirmed', seq: 1 }]);
  const pulled = await desk.pull([{ scope: CASEWORK, cursor: 0 }], 'epoch-1');
  expect(read('/api/pull', pulled)).toMatchObject({
    records: [{ id: create.record, values: { title: '楼上漏水' } }],
    cursor: 1,
    more: false,
  });
});

it('S11-1 it reads every verdict: refused and held as well', async () => {
  const matter = { kind: 'create', entity: 'matter', area: JIANGNAN, set: { title: '楼上漏水' } };
  const verdicts = [
    await desk.push({ ...matter, record: newId('matter'), set: {} }),
    await desk.push({ ...matter, record: newId('matter'), area: RIHUI }),
    await desk.push({ ...matter, record: newId('tomorrow'), entity: 'tomorrow' }),
    await desk.push({ ...matter, kind: 'change', record: newId('matter') }),
    await desk.push({ ...matter, record: newId('matter'), version: 9 }),
  ].map((answer) => read('/api/push', answer).verdicts[0]);
  expect(verdicts.map((one) => one?.verdict !== 'confirmed' && [one?.verdict, one?.reason.code])).toEqual([
    ['refused', 'schema'],
    ['refused', 'access'],
    ['held', 'unknownEntity'],
    ['held', 'unknownRecord'],
    ['held', 'newerVersion'],
  ]);
});

it('S11-1 a problem that only a later desk has a sentence for is left out for it, and stays for the others', () => {
  const problems = [
    { code: 'required', field: 'title' },
    { code: 'ofTomorrow', field: 'note' },
  ];
  const verdict = { id: 'operation_1', verdict: 'refused', reason: { code: 'schema', problems } } as Verdict;
  expect(toldTo(2, verdict)).toEqual({
    ...verdict,
    reason: { code: 'schema', problems: problems.slice(0, 1) },
  });
  expect(toldTo(3, verdict)).toEqual(verdict);
});

it('S11-1 no route of protocol 2 refuses with a word that it does not know', () => {
  const { district } = cast;
  const pokes = createPokes(district, { heartbeatMs: 60_000 });
  const enrolments = createRateLimit(1, () => 0);
  const table = routes({ district, clock: () => 0, pokes, enrolments, adminSecret: undefined });
  const spoken = table.filter(
    ({ path }) => path in readBy2 || path === '/api/events' || path === '/api/history/:record',
  );
  expect(spoken).toHaveLength(8);
  for (const route of spoken) expect(errorsOf(route).filter((error) => !ERRORS_OF_2.has(error))).toEqual([]);
  pokes.close();
});
