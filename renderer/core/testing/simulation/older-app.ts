/**
 * A computer whose app was installed before protocol 3 began (sync.md S11): what it asks says 2 and holds nothing that 2 had no word for; an answer is
 * read as 2 read it, whole or not at all, and what 2 did not know of it is dropped. Only records lie on its disk as they came. Its build does not know
 * the newest field. From its update on it speaks as all the others.
 */
import type { z } from 'zod';
import type { AnyEntity } from '../../../../shared/core/entity.ts';
import type { Registry } from '../../../../shared/core/registry.ts';
import type { PushRequest, PushResponse } from '../../../../shared/protocol/messages.ts';
import { verdictsText } from '../../../../shared/protocol/signing.ts';
import { OLDEST_PROTOCOL, PROTOCOL } from '../../../../shared/protocol/version.ts';
import { readBy2 } from '../../../../server/testing/read-by-protocol-2.ts';
import type { Answer, Fetch } from '../../ports.ts';
import { answerOf } from '../district-in-process.ts';
import type { Send } from '../main.ts';
import { DISTRICT_POINT, plainSignature, sha256 } from '../plain-keys.ts';
import { smallRegistry } from '../small-registry.ts';

export interface App {
  protocol: number;
  /** What it was told then, it believes in the words of then. */
  wasOlder: boolean;
  /** An answer that this app could make nothing of. */
  unread: string | undefined;
}

export const newestApp = (): App => ({ protocol: PROTOCOL, wasOlder: false, unread: undefined });

export function installOlder(app: App): void {
  app.protocol = OLDEST_PROTOCOL;
  app.wasOlder = true;
}

export function update(app: App): void {
  app.protocol = PROTOCOL;
}

export const isOlder = ({ protocol }: App): boolean => protocol === OLDEST_PROTOCOL;

const withoutPlace = (matter: AnyEntity): AnyEntity => {
  const { place: _, ...fields } = matter.fields;
  return { ...matter, fields };
};

const olderRegistry: Registry = {
  ...smallRegistry,
  entities: new Map(
    [...smallRegistry.entities].map(([name, entity]) => [
      name,
      name === 'matter' ? withoutPlace(entity) : entity,
    ]),
  ),
};

export const registryOf = (app: App): Registry => (isOlder(app) ? olderRegistry : smallRegistry);

/** What a district of then had no route for, its desk did not ask. */
const NEVER_ASKED: Readonly<Record<string, Answer>> = {
  '/api/recovered': answerOf(200, '{"lacking":[]}'),
  '/api/review': answerOf(404, 'not found'),
  '/api/review/words': answerOf(404, 'not found'),
};

export function fetchAs(app: App, ask: Fetch): Fetch {
  return async (path, init) => {
    if (!isOlder(app)) return ask(path, init);
    const never = NEVER_ASKED[path];
    if (never) return never;
    const asked = JSON.parse((init?.body as string | undefined) ?? '{}') as Record<string, unknown>;
    const { differing: _, ...known } = asked;
    const body = JSON.stringify({ ...known, ...('protocol' in asked && { protocol: OLDEST_PROTOCOL }) });
    const answer = await ask(path, { ...init, body });
    return read(app, path, answer);
  };
}

async function read(app: App, path: string, answer: Answer): Promise<Answer> {
  if (answer.status !== 200 || !(path in readBy2)) return answer;
  const given = JSON.parse(await answer.text()) as { readonly records?: unknown };
  const parsed = readBy2[path as keyof typeof readBy2].safeParse(given);
  if (!parsed.success) {
    app.unread ??= `${path} ${parsed.error.message}`;
    return answerOf(500, 'unread');
  }
  const kept = given.records === undefined ? {} : { records: given.records };
  return answerOf(200, JSON.stringify({ ...parsed.data, ...kept }));
}

/** A desk of 2 asked for no signature under verdicts; today’s carrier does, so it gets one over what 2 has read. */
export function sendAs(app: App, send: Send): Send {
  return async (request) => {
    if (!isOlder(app)) return send(request);
    const entries = request.entries.map(({ earlier: _, ...entry }) => entry);
    const answer = await send({ protocol: OLDEST_PROTOCOL, entries });
    const readable = answer && (await read(app, '/api/push', answer));
    if (readable?.status !== 200) return readable;
    const said = JSON.parse(await readable.text()) as z.infer<(typeof readBy2)['/api/push']>;
    return answerOf(200, JSON.stringify({ ...said, signature: signed(request, said as PushResponse) }));
  };
}

function signed(request: PushRequest, said: PushResponse): string {
  const device = request.entries[0]?.envelope.device ?? '';
  const { verdicts, ...rest } = said;
  const [bodyHash, hashed] = [sha256(JSON.stringify(request)), sha256(JSON.stringify(verdicts))];
  return plainSignature(DISTRICT_POINT, verdictsText({ device, bodyHash, ...rest, verdicts: hashed }));
}
