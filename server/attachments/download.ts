/**
 * GET /api/attachments/:file/:at/:length: bytes of a sealed file, for whoever may read a record whose confirmed operations name it.
 * Asked under the person's own wall; what is not there, not whole yet and not for this person gets one answer.
 */
import { MOST_PART } from '../../shared/core/attachment/sealed-size.ts';
import { mayRead } from '../../shared/core/access.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { parseScope } from '../../shared/core/scope.ts';
import { hash } from '../../shared/protocol/encoding.ts';
import type { DistrictError } from '../district-error.ts';
import type { Parts } from '../parts.ts';
import { actorOf } from '../people/actor.ts';
import type { Asking } from '../people/authenticate.ts';
import { personFor } from '../people/permit.ts';

export async function sealedBytes(
  { transactor, registry, authenticate }: Parts,
  asking: Asking,
  { file, at, length }: { readonly file: string; readonly at: number; readonly length: number },
): Promise<Result<Uint8Array, DistrictError>> {
  const asked = await transactor.read(async (reading) => {
    const caller = await personFor(reading, asking, authenticate);
    return caller.ok ? ok(await actorOf(reading, caller.value.person)) : caller;
  });
  if (!asked.ok) return asked;
  if (!hash.safeParse(file).success) return refuse({ error: 'not-found' });
  const actor = asked.value;
  return transactor.readAs(actor.id, async (reading) => {
    const records = await reading.records(await reading.recordsNaming(file));
    const scopes = records.flatMap((record) => record.scopes.flatMap((name) => parseScope(name) ?? []));
    if (!scopes.some((scope) => mayRead(actor, scope, registry.roles))) return refuse({ error: 'not-found' });
    const held = await reading.file(file);
    if (!held || at >= held.size) return refuse({ error: 'not-found' });
    return ok(await reading.bytes(file, at, Math.min(length, MOST_PART)));
  });
}
