/** The main process as the preview plays it. `?door=enrol` begins at the first day; the PIN 306918 opens, the code ABCDE23456 enrols. */
import type { BridgeClient, BridgeOutput, DoorRefusal, Settings } from '../../shared/bridge.ts';
import { town } from '../../shared/testing/town.ts';

const { zhouMin, chenGuodong } = town.people;
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
  const isEnrolled = query.get('door') !== 'enrol';
  const people = [zhouMin, chenGuodong].map(({ id, name }) => ({ id, name }));
  const session: BridgeOutput<'door.session'> = {
    person: { id: zhouMin.id, name: zhouMin.name },
    device: { id: 'device_00000000000000000000000001', label: '江南新村居委会一号机' },
    district: { ...district, publicKey: '' },
    userKey: new Uint8Array(32),
  };
  const refusal = (code: DoorRefusal['code'], seconds?: number) =>
    ({ ok: false, error: { code, seconds } }) as const;
  const answers: Record<string, (input: never) => unknown> = {
    'door.state': () => ({
      appVersion: '0.1.0',
      enrolled: isEnrolled,
      ...(isEnrolled && { district }),
      people: isEnrolled ? people : [],
      keyStore: query.get('keys') !== 'none',
      settings,
    }),
    'door.session': () => (query.get('door') === null ? session : undefined),
    'door.enrol': ({ code }: { code: string }) =>
      code === 'ABCDE23456' ? { ok: true, value: session } : refusal('code-expired'),
    'door.unlock': ({ passphrase }: { passphrase: string }) =>
      passphrase === '306918'
        ? { ok: true, value: session }
        : refusal('wrong-passphrase', passphrase.length > 6 ? 8 : undefined),
    'door.lock': () => location.assign('?door=lock'),
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
