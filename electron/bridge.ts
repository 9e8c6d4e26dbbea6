/**
 * The one wrapper around every request of the window: the sender must be the main frame of our own window at our own origin, the name
 * must be in the contract, input and output must pass its schema. What fails is answered with one word; details stay here.
 */
import { bridge, type BridgeInput, type BridgeName, type BridgeOutput } from '../shared/bridge.ts';
import { isDeskUrl } from './desk-url.ts';

/** The part of Electron's IpcMainInvokeEvent that is judged. */
export interface Sender {
  readonly senderFrame: { readonly url: string } | null;
  readonly sender: { readonly mainFrame: unknown };
}

export type Handlers = {
  readonly [N in BridgeName]: (
    input: BridgeInput<N>,
  ) => Promise<BridgeOutput<N>> | BridgeOutput<N> | (BridgeOutput<N> extends undefined ? void : never);
};

export type BridgeAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: string };

/** A handler throws this where the window may read the reason; every other fault reaches it as `failed`. */
export class BridgeRefusal extends Error {}

export interface AnswererOptions {
  readonly handlers: Handlers;
  /** The webContents of the present window. */
  readonly isOurs: (sender: unknown) => boolean;
  readonly onFault: (name: string, error: unknown) => void;
}

export function createAnswerer({ handlers, isOurs, onFault }: AnswererOptions) {
  return async (event: Sender, name: unknown, input: unknown): Promise<BridgeAnswer> => {
    const { sender, senderFrame } = event;
    if (
      !isOurs(sender) ||
      senderFrame === null ||
      senderFrame !== sender.mainFrame ||
      !isDeskUrl(senderFrame.url)
    )
      return { ok: false, error: 'forbidden' };
    if (typeof name !== 'string' || !Object.hasOwn(bridge, name)) return { ok: false, error: 'unknown' };
    const contract = bridge[name as BridgeName];
    const parsed = contract.input.safeParse(input);
    if (!parsed.success) return { ok: false, error: 'malformed' };
    try {
      const handler = handlers[name as BridgeName] as (given: unknown) => unknown;
      return { ok: true, value: contract.output.parse(await handler(parsed.data)) };
    } catch (error) {
      if (error instanceof BridgeRefusal) return { ok: false, error: error.message };
      onFault(name, error);
      return { ok: false, error: 'failed' };
    }
  };
}
