/**
 * What the key file keeps sealed under the device secret: where this computer belongs, its own key and token, its people's names, the
 * time that leases count, and what the administrator has yet to hear of.
 */
import { z } from 'zod';
import { point } from '../../shared/protocol/encoding.ts';
import { tokenRequest } from '../../shared/protocol/messages.ts';
import { derived, open, seal } from './sealing.ts';

const grant = z.object({ role: z.string(), area: z.string() });
const id = z.string().max(64);
const belongingSchema = z.object({
  district: z.object({ id, name: z.string(), address: z.string(), publicKey: point, signingKey: point }),
  device: z.object({
    id,
    label: z.string(),
    /** PKCS8, base64. */
    key: z.base64(),
    refresh: z.string(),
  }),
  people: z.array(z.object({ id, name: z.string(), grants: z.array(grant) })),
  lease: z.object({
    used: z.number().min(0),
    wall: z.number(),
    /** Person → `used` at the last contact. */
    renewed: z.record(z.string(), z.number()),
  }),
  notices: tokenRequest.shape.notices.unwrap(),
});
export type Belonging = z.infer<typeof belongingSchema>;

const INFO = 'linli/belonging/1';

export const sealBelonging = (secret: Uint8Array, value: Belonging): string =>
  seal(derived(secret, INFO), Buffer.from(JSON.stringify(value)), INFO).toString('base64');

/** Undefined where another secret sealed it. */
export function openBelonging(secret: Uint8Array, sealed: string): Belonging | undefined {
  const text = open(derived(secret, INFO), Buffer.from(sealed, 'base64'), INFO);
  return text && belongingSchema.safeParse(JSON.parse(text.toString())).data;
}
