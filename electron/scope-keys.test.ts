import { beforeEach, describe, expect, it } from 'vitest';
import type { Grant } from '../shared/core/access.ts';
import { ok, refuse } from '../shared/core/result.ts';
import type { KeysRequest, KeysResponse } from '../shared/protocol/messages.ts';
import { escrowOf } from '../shared/protocol/sealed-box.ts';
import type { Keys, Unlocked } from './native/key-types.ts';
import { sealTo } from './native/sealed-boxes.ts';
import { createScopeKeys, type ScopeKeys } from './scope-keys.ts';
import type { SignedAsk, SignedQuestion } from './signed-ask.ts';
import { enrollingDistrict, type EnrollingDistrict } from './testing/enrolling-district.ts';
import { chenGuodong, zhouMin } from './testing/envelopes.ts';
import { comeIn, quickComputer, type QuickComputer } from './testing/quick-keys.ts';

const passphrase = '弄堂口的梧桐树下有三张椅子';
const casework = '310104007001/casework';
const courses = '310104007/courses';
const matter = 'readers/caseNote_01J00000000000000000000001';
let computer: QuickComputer;
let district: EnrollingDistrict;
let keys: Keys;
let zhou: Unlocked;
let inside: Unlocked | undefined;
let scopes: ScopeKeys;
let isOnline: boolean;
let forbidden: readonly string[];
let asked: { path: string; body: unknown }[];
/** Runs while the district is answering. */
let meanwhile: () => Promise<void>;

/** The line to the district as `signed-ask` gives it; the district opens, keeps and seals for real. */
const ask: SignedAsk = async ({ path, body }: SignedQuestion) => {
  if (!isOnline) return refuse('network');
  const device = keys.enrolled()?.device.id ?? '';
  const message = JSON.parse(Buffer.from(body ?? []).toString()) as unknown;
  asked.push({ path, body: message });
  const mayRead = (scope: string) => !forbidden.includes(scope);
  const answer =
    path === '/api/keys'
      ? await district.keys(device, inside?.person.id ?? '', message as KeysRequest, mayRead)
      : { noted: 1 };
  await meanwhile();
  return ok({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(answer)) });
};

async function onComputer(person: typeof zhouMin, code: string): Promise<Unlocked> {
  const unlocked = await comeIn(keys, district, person, passphrase, code);
  inside = unlocked;
  return unlocked;
}

beforeEach(async () => {
  computer = await quickComputer();
  district = await enrollingDistrict();
  keys = await computer.open();
  [isOnline, forbidden, asked] = [true, [], []];
  meanwhile = () => Promise.resolve();
  scopes = createScopeKeys({ keys, inside: () => inside, ask });
  zhou = await onComputer(zhouMin, 'ZHOU234567');
});

const hex = (found: readonly { scope: string; key: Uint8Array }[]) =>
  found.map(({ scope, key }) => [scope, Buffer.from(key).toString('hex')]);
const districts = (scope: string) => {
  const known = district.scopeKeys.get(`${keys.enrolled()?.device.id}|${scope}`);
  return known && [scope, Buffer.from(known.key).toString('hex')];
};

/** A good answer to the handshake of this person, as it came over the line. */
const contact = (
  person: typeof zhouMin & { readonly grants?: readonly Grant[] } = zhouMin,
  epoch = 'epoch_1',
): Promise<void> => {
  const handshake = {
    protocol: 2,
    district: district.id,
    epoch,
    restoredHead: 0,
    head: 1,
    durable: 0,
    serverTime: '2026-03-02T01:00:00.000Z',
    scopes: [casework],
    person: { grants: [], ...person },
  };
  return scopes.afterContact(Buffer.from(JSON.stringify(handshake)));
};

describe('opening scopes', () => {
  it('brings each key once from the district, then out of the ring, also without a network and after a restart', async () => {
    const opened = await scopes.open([casework, courses, matter]);
    expect(hex(opened)).toEqual([districts(casework), districts(courses), districts(matter)]);
    expect(asked.map(({ path }) => path)).toEqual(['/api/keys']);
    isOnline = false;
    expect(hex(await scopes.open([matter]))).toEqual([districts(matter)]);
    keys = await computer.open();
    const again = await keys.unlock({ person: zhouMin.id, passphrase });
    if (!again.ok) throw new Error(again.error.code);
    expect(hex(again.value.ring.keys().open)).toEqual(hex(opened));
  });

  it('leaves out what the person may not read, what is no scope, and everything while nobody is in', async () => {
    forbidden = [matter];
    expect((await scopes.open([casework, matter, 'nonsense'])).map(({ scope }) => scope)).toEqual([casework]);
    expect(JSON.stringify(asked)).not.toContain('nonsense');
    inside = undefined;
    expect(await scopes.open([casework])).toEqual([]);
  });

  it('has nothing to give without a network, and asks again next time', async () => {
    isOnline = false;
    expect(await scopes.open([casework])).toEqual([]);
    isOnline = true;
    expect(await scopes.open([casework])).toHaveLength(1);
  });

  it('gives a colleague at the same computer the same key, each in a box of their own', async () => {
    const [ours] = await scopes.open([casework]);
    const chen = await onComputer(chenGuodong, 'CHEN234567');
    expect(chen.ring.keys().open).toEqual([]);
    expect(await scopes.open([casework])).toEqual([ours]);
  });

  it('never has an offer or a delivery on the line that somebody else could open', async () => {
    const [opened] = await scopes.open([casework]);
    const line = JSON.stringify(asked);
    for (const form of ['base64', 'base64url', 'hex'] as const)
      expect(line).not.toContain(Buffer.from(opened?.key ?? []).toString(form));
    const { offers } = asked[0]?.body as KeysRequest;
    expect(zhou.openBox(offers[0]?.sealed ?? '', { info: 'linli/escrow/1', data: '' })).toBeUndefined();
  });

  it('asks for hundreds of scopes in pieces', async () => {
    const many = Array.from({ length: 700 }, (_, at) => `310104${String(100_000 + at)}/casework`);
    expect(await scopes.open(many)).toHaveLength(700);
    expect(asked.map(({ body }) => (body as KeysRequest).offers.length)).toEqual([500, 200]);
  });

  it('takes nothing in for somebody who has locked while the district answered', async () => {
    meanwhile = () => {
      zhou.wipe();
      inside = undefined;
      return Promise.resolve();
    };
    expect(await scopes.open([casework])).toEqual([]);
    const again = await keys.unlock({ person: zhouMin.id, passphrase });
    expect(again.ok && again.value.ring.keys().open).toEqual([]);
    expect(again.ok && again.value.userKeyBox()).toBeDefined();
  });
});

describe('the user key', () => {
  it('goes into the district’s escrow once, with the first contact', async () => {
    await contact();
    await contact();
    expect(asked.filter(({ body }) => 'userKey' in (body as object))).toHaveLength(1);
    const escrowed = district.userKeys.get(`${keys.enrolled()?.device.id}|${zhouMin.id}`);
    expect(escrowed).toHaveLength(32);
    const back = await onComputer(zhouMin, 'BACK234567');
    expect(back.ownKey).toEqual(zhou.ownKey);
    expect(back.userKeyBox()).toBeUndefined();
  });
});

it('S8: a district that came back from a backup is given again what it may have lost', async () => {
  const [kept] = await scopes.open([casework]);
  await contact();
  expect(zhou.userKeyBox()).toBeUndefined();
  district.userKeys.clear();
  district.scopeKeys.clear();
  await contact(zhouMin, 'epoch_2');
  expect(districts(casework)).toEqual(hex([kept ?? { scope: '', key: new Uint8Array() }])[0]);
  expect([district.userKeys.size, zhou.userKeyBox(), zhou.ring.unescrowed()]).toEqual([1, undefined, []]);
  keys = await computer.open();
  const again = await keys.unlock({ person: zhouMin.id, passphrase });
  if (!again.ok) throw new Error(again.error.code);
  inside = again.value;
  asked = [];
  await contact(zhouMin, 'epoch_2');
  expect(asked).toEqual([]);
});

it('a person who has another name at the district has it at the door', async () => {
  await contact({ ...zhouMin, name: '周敏敏' });
  expect((await computer.open()).enrolled()?.people[0]?.name).toBe('周敏敏');
});

it('a computer that sees no network for long opens with the rights of the last contact, gained ones and lost ones', async () => {
  const grants = [{ role: 'mediator', area: '310104007001' }];
  const onDisk = async () => (await computer.open()).enrolled()?.people[0]?.grants;
  await contact({ ...zhouMin, grants });
  expect([keys.enrolled()?.people[0]?.grants, await onDisk()]).toEqual([grants, grants]);
  await contact();
  expect(await onDisk()).toEqual([]);
});

describe('a district that answers what it should not', () => {
  type Answering = EnrollingDistrict['keys'];
  const instead = (answer: (...given: Parameters<Answering>) => Promise<KeysResponse['keys']>): Answering => {
    const { keys: honest } = district;
    district = { ...district, keys: async (...given) => ({ keys: await answer(...given) }) };
    return honest;
  };
  const fromDistrict = async (honest: Answering, scope: string, id: string) => {
    const device = keys.enrolled()?.device.id ?? '';
    const offer = {
      scope,
      id,
      sealed: sealTo(district.publicKey, new Uint8Array(32), escrowOf(device, scope, id)),
    };
    return (await honest(device, zhouMin.id, { offers: [offer] })).keys;
  };

  it('gives no key for a scope that nobody has asked for', async () => {
    const honest = instead(async (...given) => [
      ...(await honest(...given)).keys,
      ...(await fromDistrict(honest, courses, `k_${'c'.repeat(16)}`)),
    ]);
    await scopes.open([casework]);
    expect(zhou.ring.keys().open.map(({ scope }) => scope)).toEqual([casework]);
  });

  it('destroys no key that is here by giving another one its id', async () => {
    const [first] = await scopes.open([casework]);
    const honest = instead(() => fromDistrict(honest, courses, first?.id ?? ''));
    await scopes.open([courses]);
    expect(hex(zhou.ring.keys().open)).toEqual(hex([first ?? { scope: '', key: new Uint8Array() }]));
  });
});

describe('a scope that begins here', () => {
  it('has its key at once, without a network, and the district learns of it at the next contact', async () => {
    isOnline = false;
    const begun = await scopes.begin(matter);
    expect(begun).toMatchObject({ scope: matter, id: expect.stringMatching(/^k_[\w-]{16}$/) as string });
    expect(await scopes.begin(matter)).toEqual(begun);
    await contact();
    expect(zhou.ring.unescrowed()).toHaveLength(1);
    isOnline = true;
    // The record has not reached the district yet.
    forbidden = [matter];
    await contact();
    expect(zhou.ring.unescrowed()).toHaveLength(1);
    forbidden = [];
    await contact();
    expect([zhou.ring.unescrowed(), districts(matter)]).toEqual([[], hex([begun])[0]]);
    asked = [];
    await contact();
    expect(asked).toEqual([]);
  });

  it('keeps its own key in front of the one that won at the district, and does not ask for ever', async () => {
    const begun = await scopes.begin(matter);
    await onComputer(chenGuodong, 'CHEN234567');
    const [won] = await scopes.open([matter]);
    inside = zhou;
    await contact();
    expect(zhou.ring.keys().open.map(({ id }) => id)).toEqual([begun.id, won?.id]);
    expect(zhou.ring.unescrowed()).toEqual([]);
  });

  it('goes to the district with the key that it has, also where its lease was over meanwhile', async () => {
    isOnline = false;
    const begun = await scopes.begin(matter);
    computer.clocks.running += 15 * 86_400_000;
    isOnline = true;
    await scopes.open([matter]);
    expect(districts(matter)).toEqual(hex([begun])[0]);
    expect(zhou.ring.keys()).toEqual({ open: [], over: [matter] });
    await contact();
    expect(await scopes.open([matter])).toEqual([begun]);
  });

  it('is begun a thousand times without a contact, and not without end', async () => {
    isOnline = false;
    const begun = Array.from({ length: 1000 }, (_, at) => ({
      scope: `readers/caseNote_${String(at).padStart(26, '0')}`,
      id: `k_${String(at).padStart(16, '0')}`,
      key: new Uint8Array(32),
      leaseDays: 14,
      escrowed: false,
    }));
    await zhou.ring.admit(begun.slice(1));
    await scopes.begin(matter);
    await expect(scopes.begin(courses)).rejects.toThrow('district has not seen');
    expect(await scopes.begin(matter)).toMatchObject({ scope: matter });
  });

  it('is no scope without a scope’s name', async () => {
    await expect(scopes.begin('nonsense')).rejects.toThrow('No scope');
  });
});

describe('a scope that is left', () => {
  it('has its key destroyed at once and the district told, at the next contact where there is none now', async () => {
    await scopes.open([casework, courses]);
    isOnline = false;
    const [gone] = await scopes.leave([casework]);
    expect(gone).toMatch(/^k_/);
    expect(zhou.ring.keys().open.map(({ scope }) => scope)).toEqual([courses]);
    isOnline = true;
    asked = [];
    await contact();
    await contact();
    expect(asked.filter(({ path }) => path === '/api/left')).toEqual([
      { path: '/api/left', body: { scopes: [casework] } },
    ]);
  });

  it('is told without waiting for a contact while there is a network', async () => {
    await scopes.open([casework]);
    asked = [];
    await scopes.leave([casework]);
    await scopes.open([]);
    expect(asked).toEqual([{ path: '/api/left', body: { scopes: [casework] } }]);
  });
});

it('a contact ends a lease that was over', async () => {
  await scopes.open([casework]);
  computer.clocks.running += 31 * 86_400_000;
  isOnline = false;
  expect(await scopes.open([casework])).toEqual([]);
  expect(zhou.ring.keys().over).toEqual([casework]);
  isOnline = true;
  // What is not the district's answer, or was somebody else's contact, renews nothing.
  await scopes.afterContact(Buffer.from('<html>'));
  await contact(chenGuodong);
  expect(zhou.ring.keys().over).toEqual([casework]);
  await contact();
  expect(hex(await scopes.open([casework]))).toEqual([districts(casework)]);
});
