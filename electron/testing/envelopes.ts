/**
 * Sealed operations as the main process sees them: ids and sizes; their contents are opaque, so any bytes serve. Who signs them is
 * real: the journal's links are checked by everybody who reads them.
 */
import { createHash, type KeyObject } from 'node:crypto';
import type { Envelope } from '../../shared/protocol/envelope.ts';
import type { Author, Journal } from '../native/journal-port.ts';
import { newPrivateKey, pointOf, signingKeyIdOf, signText } from '../native/signing.ts';

export const zhouMin = { id: 'person_01J00000000000000000000001', name: '周敏' };
export const chenGuodong = { id: 'person_01J00000000000000000000002', name: '陈国栋' };
export const deviceSeven = 'device_01J00000000000000000000007';

export const operationId = (number: number): string => `operation_${String(number).padStart(26, '0')}`;

export function envelope(number: number, author: string = zhouMin.id, bytes = 60): Envelope {
  return {
    v: 2,
    id: operationId(number),
    device: deviceSeven,
    author,
    session: Buffer.alloc(65, 4).toString('base64'),
    forDistrict: Buffer.alloc(60, 5).toString('base64'),
    forAuthor: Buffer.alloc(60, 6).toString('base64'),
    commitment: createHash('sha256').update(`content ${number}`).digest('base64url'),
    content: Buffer.alloc(bytes, number % 251).toString('base64'),
  };
}

export interface TestSigner extends Author {
  /** Raw point, base64. */
  readonly point: string;
}

export function newSigner(person: { readonly id: string; readonly name: string }): TestSigner {
  const key: KeyObject = newPrivateKey();
  const point = pointOf(key);
  const signing = { id: signingKeyIdOf(point), sign: (text: string) => signText(key, text) };
  return { person, signing, point };
}

export const signers: readonly TestSigner[] = [zhouMin, chenGuodong].map(newSigner);
export const signingKeyOf = (id: string, author?: string): string | undefined =>
  signers.find(({ signing, person }) => signing.id === id && (author ?? person.id) === person.id)?.point;

export function signerOf(person: string): TestSigner {
  const signer = signers.find((one) => one.person.id === person);
  if (!signer) throw new Error('Nobody of that id signs here');
  return signer;
}

/** As the window of their author would append them, in one go. @returns the numbers of their lines */
export async function append(journal: Journal, ...envelopes: readonly Envelope[]): Promise<number[]> {
  const author = signerOf(envelopes[0]?.author ?? '');
  const appended = await journal.append(
    envelopes.map((one) => ({ envelope: one })),
    author,
  );
  return appended.map(({ number }) => number);
}
