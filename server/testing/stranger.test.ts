/** docs/protocol.md is enough: a client written from it works against a district over real HTTP, from its code to its verdict. */
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PROTOCOL } from '../../shared/protocol/version.ts';
import { buildApp } from '../app.ts';
import { createCast, type Cast } from './cast.ts';
import { createStranger, hashOfScope, newId, type Stranger } from './stranger.ts';
import { JIANGNAN, villagers } from './village.ts';

const CASEWORK = `${JIANGNAN}/casework`;

let cast: Cast;
let app: FastifyInstance;
let stranger: Stranger;
beforeEach(async () => {
  cast = await createCast();
  app = await buildApp({ district: cast.district, clock: () => cast.clock.now, log: () => undefined });
  stranger = createStranger(await app.listen({ host: '127.0.0.1', port: 0 }), { protocol: PROTOCOL });
});
afterEach(() => app.close());

it('a stranger enrols, signs in, gets keys, pulls, and reads the verdict on a sealed operation', async () => {
  const code = (await cast.district.issueCode(villagers.zhouMin.id)) ?? '';
  expect(await stranger.enrol(code)).toMatchObject({
    status: 200,
    body: { person: { name: '周敏' }, district: { name: '徐汇区', epoch: 'epoch-1' } },
  });
  expect(await stranger.signIn()).toMatchObject({ status: 200, body: { expiresIn: 600 } });
  const { body: hello } = await stranger.handshake();
  expect(hello).toMatchObject({ protocol: PROTOCOL, head: 0, epoch: 'epoch-1' });
  expect(hello['scopes']).toContain(CASEWORK);
  const keys = await stranger.keys([CASEWORK]);
  expect(keys.get(CASEWORK)).toHaveLength(32);
  // Asked again, the first key stays, whatever is offered.
  expect(await stranger.keys([CASEWORK])).toEqual(keys);

  const record = newId('matter');
  const create = { kind: 'create', entity: 'matter', record, area: JIANGNAN, set: { title: '楼上漏水' } };
  expect(await stranger.push(create)).toMatchObject({
    status: 200,
    body: { verdicts: [{ verdict: 'confirmed', seq: 1 }] },
  });
  const asked = [{ scope: CASEWORK, cursor: 0 }];
  expect(await stranger.pull(asked, 'epoch-1')).toMatchObject({
    status: 200,
    body: {
      records: [{ id: record, values: { title: '楼上漏水' } }],
      cursor: 1,
      more: false,
      hashes: [{ scope: CASEWORK, hash: hashOfScope([{ id: record, seq: 1 }]) }],
    },
  });
  const { body: history } = await stranger.history(record);
  expect(history).toMatchObject({ operations: [{ seq: 1, operation: { kind: 'create', record } }] });

  const closed = { kind: 'advance', entity: 'matter', record, from: 'open', to: 'nowhere' };
  expect(await stranger.push(closed)).toMatchObject({ body: { verdicts: [{ verdict: 'refused' }] } });
});

it('a stranger tells a revoked device by the district’s signature and by nothing else', async () => {
  const code = (await cast.district.issueCode(villagers.zhouMin.id)) ?? '';
  const { body } = await stranger.enrol(code);
  const { body: token } = await stranger.signIn();
  expect(stranger.isRevoked(token)).toBe(false);
  const device = (body['device'] as { readonly id: string }).id;
  await cast.district.administerLocally({ name: 'device.revoke', input: { device } });
  expect(await stranger.handshake()).toMatchObject({ status: 401, body: { error: 'revoked' } });
  const { body: last } = await stranger.signIn();
  expect(stranger.isRevoked(last)).toBe(true);
  expect(stranger.isRevoked({ revoked: { signature: 'A'.repeat(86) } })).toBe(false);
});
