/** What a computer's main process is to its window and to the world, and what the world gives to it. */
import type { BridgeClient } from '../../../shared/bridge.ts';
import type { PushRequest } from '../../../shared/protocol/messages.ts';
import type { Answer } from '../ports.ts';
import type { Ring } from './ring.ts';

/** Undefined where the request or its answer was lost. */
export type Send = (request: PushRequest) => Promise<Answer | undefined>;

export interface Main {
  /** The window's bridge while this person has unlocked it. */
  readonly bridgeOf: (person: string) => BridgeClient;
  /** One round of the carrier: everything pending of everybody, and held ones asked about again. */
  readonly carry: () => Promise<void>;
  readonly pendingIds: () => readonly string[];
  /** The body of a handshake's answer went through it. */
  readonly heard: (handshake: string) => void;
}

/** What the world gives to a main process. */
export interface Making {
  readonly ringOf: (person: string) => Ring;
  readonly device: { readonly id: string };
  readonly district: { readonly id: string };
  readonly push: Send;
  readonly now: () => string;
  /** IndexedDB begins anew. */
  readonly setAside: () => void;
}
