/**
 * The main process as the preview plays it. `?door=enrol` begins at the first day, `?door=lock` at the lock screen; `revoked` and `lost`
 * are the sad ones. The PIN 306918 opens, the code ABCDE23456 enrols, a sheet that begins with K opens once.
 */
import type { BridgeClient, BridgeOutput, DoorRefusal, Settings } from '../../shared/bridge.ts';
import { town } from '../../shared/testing/town.ts';

const { zhouMin, chenGuodong } = town.people;
const FINGERPRINT = '4821 0937 5516 2048 7713 6690 1254 8802';
const SHEET = 'K7QMD 3XH9P W4TRC 8NVBF 2YGJS M6ZKE';
const district = {
  id: 'district_00000000000000000000000001',
  name: '徐汇区社会建设办公室',
  address: 'https://linli.example.cn',
};

export function previewBridge(query: URLSearchParams): BridgeClient {
  let settings: Settings = {
    language: query.get('language') === 'en' ? 'en' : 'zh',
    textSize: Number(query.get('size') ?? 100) as Settings['textSize'],
    theme: query.get('theme') === 'dark' ? 'dark' : 'light',
    lockAfter: 5,
  };
  const at = query.get('door');
  const isEnrolled = at !== 'enrol' && at !== 'lost' && at !== 'damaged';
  const me = town.people[(query.get('as') ?? 'zhouMin') as keyof typeof town.people];
  const people = [zhouMin, chenGuodong].map(({ id, name }) => ({ id, name, hasSheet: id === zhouMin.id }));
  const session: BridgeOutput<'door.session'> = {
    person: { id: me.id, name: me.name },
    device: { id: 'device_00000000000000000000000001', label: '江南新村居委会一号机' },
    district: { ...district, publicKey: '' },
    ownKey: new Uint8Array(32),
    scopeKeys: [],
    leaseOver: [],
    grants: [],
  };
  const refusal = (code: DoorRefusal['code'], seconds?: number) =>
    ({ ok: false, error: { code, seconds } }) as const;
  const answers: Record<string, (input: never) => unknown> = {
    'door.state': () => ({
      appVersion: '0.1.0',
      enrolled: isEnrolled,
      ...(isEnrolled && { district }),
      people: isEnrolled ? people : [],
      secretLost: at === 'lost',
      revoked: at === 'revoked',
      ...(at === 'damaged' && { keysDamaged: true }),
      keyStore: query.get('keys') !== 'none',
      settings,
    }),
    'door.session': () => (at === null ? session : undefined),
    'door.enrol': ({ code }: { code: string }) =>
      code === 'ABCDE23456' ? { ok: true, value: session } : refusal('code-expired'),
    'door.unlock': ({ passphrase }: { passphrase: string }) =>
      passphrase === '306918'
        ? { ok: true, value: session }
        : refusal('wrong-passphrase', passphrase.length > 6 ? 8 : undefined),
    'door.requestFile': () => ({ saved: '邻里台账登记申请.json' }),
    'door.readAnswer': () => ({
      ok: true,
      value: { person: zhouMin.name, district: district.name, fingerprint: FINGERPRINT },
    }),
    'door.takeAnswer': () => ({ ok: true, value: session }),
    'door.changePassphrase': ({ old }: { old: string }) =>
      old === '306918' ? { ok: true, value: { changed: true } } : refusal('wrong-passphrase'),
    'door.makeSheet': ({ passphrase }: { passphrase: string }) =>
      passphrase === '306918' ? { ok: true, value: { words: SHEET } } : refusal('wrong-passphrase'),
    'door.useSheet': ({ words }: { words: string }) =>
      words.startsWith('K') ? { ok: true, value: session } : refusal('wrong-sheet'),
    'door.lock': () => location.assign('?door=lock'),
    'packages.state': () => ({
      entries: 12,
      people: 2,
      exported: {
        number: 3,
        at: new Date(Date.now() - 3_600_000).toISOString(),
        entries: 9,
        isAnswered: false,
      },
      answered: {
        number: 2,
        at: new Date(Date.now() - 4 * 86_400_000).toISOString(),
        made: new Date(Date.now() - 5 * 86_400_000).toISOString(),
      },
    }),
    'packages.save': () => ({ saved: 'D7-2026-11-26-4.linli', number: 4 }),
    'packages.read': () => ({
      ok: true,
      value: {
        number: 3,
        confirmed: 8,
        refused: 0,
        held: 1,
        forMe: true,
        others: [chenGuodong.name],
        quarantined: false,
        isMissing: false,
      },
    }),
    'carrier.state': () => ({ online: false, since: new Date().toISOString(), pending: 3 }),
    'settings.change': (changes: Partial<Settings>) => (settings = { ...settings, ...changes }),
    'files.save': ({ name }: { name: string }) => ({ saved: name }),
    'print.pdf': () => ({ pdf: new Uint8Array() }),
    'print.paper': () => ({ printed: true }),
  };
  return {
    ask: async (name: string, input?: unknown) => answers[name]?.(input as never),
    listen: () => () => undefined,
  } as BridgeClient;
}
