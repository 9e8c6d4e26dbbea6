/** What came of an import, as the local door tells it to the command beside the server. */
import { z } from 'zod';

const count = z.number().int().min(0);

export const packageRefusal = z.enum([
  'not-a-package',
  'truncated',
  'tampered',
  'other-district',
  'unknown-device',
  'unsupported-protocol',
]);
export type PackageRefusal = z.infer<typeof packageRefusal>;

export const importedPackage = z.object({
  device: z.string().max(64),
  id: z.string().max(64),
  number: count,
  /** By the desk's clock. */
  madeAt: z.string().max(40),
  importedAt: z.string().max(40),
  confirmed: count,
  refused: count,
  held: count,
  /** It was here before. */
  again: z.boolean(),
  /** Another one of this computer, made later, was here before it. */
  older: z.boolean(),
  quarantined: z.boolean(),
  revoked: z.boolean(),
});
export type ImportedPackage = z.infer<typeof importedPackage>;

export const importOutcome = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: importedPackage }),
  z.object({ ok: z.literal(false), error: packageRefusal }),
]);
