/** What the main process learns from a handshake that it carries to the page, over a line or out of a file. */
import type { Filed } from './district.ts';
import type { Packages } from './packages/packages.ts';
import type { ScopeKeys } from './scope-keys.ts';

export const hearHandshakes =
  (given: {
    readonly learnDurableMark: (handshake: Uint8Array) => Promise<void>;
    readonly scopes: Pick<ScopeKeys, 'afterContact'>;
    readonly packages: Pick<Packages, 'spoken'>;
    readonly fault: (where: string, error: unknown) => void;
  }) =>
  (path: string, body: Uint8Array, filed?: Filed): void => {
    if (path !== '/api/handshake') return;
    const { learnDurableMark, scopes, packages, fault } = given;
    learnDurableMark(body).catch((error: unknown) => fault('compact', error));
    scopes.afterContact(body, filed).catch((error: unknown) => fault('contact', error));
    if (!filed) packages.spoken().catch((error: unknown) => fault('packages', error));
  };
