/**
 * Access tokens: who asks, in clear, with the district's MAC. Nobody keeps them; device, person and rights behind one are looked up at
 * every request. They are bound to the device's key, which signs every request, and live ten minutes by the district's clock.
 */
import { z } from 'zod';
import { parseJson } from '../parse-json.ts';

export const ACCESS_SECONDS = 600;

const claims = z.object({
  device: z.string().max(64),
  person: z.string().max(64).optional(),
  /** Hash of the device's key: another key, another device. */
  key: z.string().max(64),
  /** Milliseconds since 1970, by the district's clock. */
  issuedAt: z.number(),
  /** No two are alike. */
  serial: z.string().max(40),
});
export type AccessClaims = z.infer<typeof claims>;

type Mac = (text: string) => string;

const payloadText = (payload: string): string => `linli/access/1|${payload}`;

export function accessToken(given: AccessClaims, mac: Mac): string {
  const payload = Buffer.from(JSON.stringify(given)).toString('base64url');
  return `${payload}.${mac(payloadText(payload))}`;
}

/** @returns undefined for everything that this district has not made */
export function readAccessToken(token: string, mac: Mac): AccessClaims | undefined {
  const [payload = '', given = '', more] = token.split('.');
  if (more !== undefined || !isSame(given, mac(payloadText(payload)))) return undefined;
  const json = parseJson(Buffer.from(payload, 'base64url').toString());
  const parsed = json.ok ? claims.safeParse(json.value) : undefined;
  return parsed?.success ? parsed.data : undefined;
}

export const isOver = ({ issuedAt }: AccessClaims, now: number): boolean =>
  now >= issuedAt + ACCESS_SECONDS * 1000;

/** In the same time whatever differs. */
export function isSame(given: string, wanted: string): boolean {
  let difference = given.length ^ wanted.length;
  for (let index = 0; index < wanted.length; index++) {
    difference |= given.charCodeAt(index) ^ wanted.charCodeAt(index);
  }
  return difference === 0;
}
