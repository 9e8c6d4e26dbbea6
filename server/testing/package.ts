/**
 * Packages as a desk writes them and their answers as it reads them, with WebCrypto and against docs/protocol.md (Sync without a
 * network), not against the district's own code.
 */
import {
  answerHead,
  answerPart,
  deviceAnswer,
  personAnswer,
  type AnswerHead,
  type DeviceAnswer,
  type PersonAnswer,
  type PersonAsk,
} from '../../shared/protocol/package.ts';
import { pullResponse, type PullResponse, type PushEntry } from '../../shared/protocol/messages.ts';
import { PROTOCOL } from '../../shared/protocol/version.ts';
import type { District } from '../district.ts';
import type { Desk } from './desk.ts';
import {
  base64url,
  bytesOf,
  isSigned,
  newReceiver,
  randomNonce,
  sealBox,
  sha256,
  type Receiver,
} from './desk-keys.ts';

export interface WrittenPackage {
  readonly text: string;
  readonly id: string;
  readonly reply: Receiver;
}

export interface Written {
  readonly number?: number;
  readonly batches?: readonly (readonly PushEntry[])[];
  /** By person. */
  readonly asks?: Readonly<Record<string, Partial<PersonAsk>>>;
  readonly notices?: readonly { readonly code: 'recovery-sheet-used'; readonly at: string }[];
  readonly over?: Readonly<Record<string, unknown>>;
  /** Signs in the person's place. */
  readonly signer?: { readonly sign: (text: string) => Promise<string> };
}

const hashOf = async (text: string): Promise<string> => base64url(await sha256(bytesOf(text)));

export async function writePackage(desk: Desk, given: Written = {}): Promise<WrittenPackage> {
  const { number = 1, batches = [], asks = {}, notices, over = {} } = given;
  const { publicKey } = desk.enrolled.district;
  const id = randomNonce();
  const reply = await newReceiver();
  const people = await Promise.all(
    Object.entries(asks).map(async ([person, more]) => {
      const ask: PersonAsk = {
        protocol: PROTOCOL,
        app: '0.1.0',
        epoch: '',
        cursors: [],
        keys: { offers: [] },
        left: [],
        used: 0,
        ...more,
      };
      const sealed = await sealBox(bytesOf(JSON.stringify(ask)), publicKey, 'linli/package-ask/1', [
        desk.device,
        person,
      ]);
      const signer = given.signer ?? desk.people.get(person)?.signing;
      const text = ['linli/package-ask/1', desk.device, person, await hashOf(sealed)].join('\n');
      return { person, sealed, signature: (await signer?.sign(text)) ?? '' };
    }),
  );
  const inside = JSON.stringify({ pending: batches.flat().length, ...(notices && { notices }), people });
  const lines = [
    {
      kind: 'linli-package',
      v: 1,
      protocol: PROTOCOL,
      app: '0.1.0',
      district: desk.enrolled.district.id,
      device: desk.device,
      id,
      number,
      at: '2026-11-23T04:00:00.000Z',
      reply: reply.point,
      ...over,
    },
    { part: 'asks', sealed: await sealBox(bytesOf(inside), publicKey, 'linli/package/1', [desk.device, id]) },
    ...batches.map((entries) => ({ part: 'entries', entries })),
  ];
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const signature = await desk.deviceKey.sign(`linli/package/1\n${await hashOf(text)}`);
  return { text: `${text}${JSON.stringify({ part: 'end', signature })}\n`, id, reply };
}

/** In pieces that end anywhere, as a disk gives them. */
export const sourceOf =
  (text: string, size = 1000) =>
  (): Iterable<Uint8Array> => {
    const bytes = Buffer.from(text);
    return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
  };

export async function answerOf(district: District, device: string): Promise<string> {
  const lines = await district.answerPackage(device);
  let text = '';
  for await (const line of lines ?? []) text += line;
  return text;
}

export interface ReadAnswer {
  readonly head: AnswerHead;
  readonly isSigned: boolean;
  readonly device: DeviceAnswer;
  /** By person. */
  readonly people: ReadonlyMap<
    string,
    { readonly first: PersonAnswer; readonly pages: readonly PullResponse[] }
  >;
}

export async function readAnswer(
  text: string,
  desk: Desk,
  { id, reply }: WrittenPackage,
): Promise<ReadAnswer> {
  const [head, ...parts] = text.trimEnd().split('\n');
  const { serial } = answerHead.parse(JSON.parse(head ?? ''));
  const people = new Map<string, { first: PersonAnswer; pages: PullResponse[] }>();
  let device: DeviceAnswer | undefined;
  let isGood = false;
  for (const line of parts) {
    const part = answerPart.parse(JSON.parse(line));
    if (part.part === 'end') {
      const signed = `linli/package-answer/1\n${await hashOf(text.slice(0, text.lastIndexOf(line)))}`;
      isGood = await isSigned(desk.enrolled.district.signingKey, signed, part.signature);
    } else if (part.part === 'device') {
      const bound = [desk.device, id, String(serial)];
      const plain = await reply.open(part.sealed, 'linli/package-answer-device/1', bound);
      device = deviceAnswer.parse(JSON.parse(Buffer.from(plain).toString()));
    } else {
      const { person, page } = part;
      const exchange = desk.people.get(person)?.exchange;
      if (!exchange) throw new Error(`nobody at this desk: ${person}`);
      const bound = [desk.device, person, id, String(serial), page === undefined ? '' : String(page)];
      const plain: unknown = JSON.parse(
        Buffer.from(await exchange.open(part.sealed, 'linli/package-answer-person/1', bound)).toString(),
      );
      if (page === undefined) people.set(person, { first: personAnswer.parse(plain), pages: [] });
      else people.get(person)?.pages.push(pullResponse.parse(plain));
    }
  }
  if (!device) throw new Error('nothing for the device');
  return { head: answerHead.parse(JSON.parse(head ?? '')), isSigned: isGood, device, people };
}
