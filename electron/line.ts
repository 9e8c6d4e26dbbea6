/** The line to the district, joined: where it is, the tokens, questions that are signed, and the stream of its pokes. */
import { askDistrict, type DistrictContact } from './district.ts';
import type { Keys, Unlocked } from './native/key-types.ts';
import { pokesWith, type ListenForPokes } from './pokes.ts';
import { patient } from './patient-ask.ts';
import { createSignedAsk, type SignedAsk } from './signed-ask.ts';
import { createTokens, type Tokens } from './tokens.ts';

export interface Line {
  /** Undefined until the computer is enrolled. */
  readonly contact: () => DistrictContact | undefined;
  readonly ask: SignedAsk;
  readonly listen: ListenForPokes;
  readonly revoked: () => boolean;
  readonly heardRevoked: Tokens['heardRevoked'];
  /** Somebody is in: the window's first question comes in a moment, and needs a token of theirs. */
  readonly personCame: () => void;
  /** Nobody is in any more. */
  readonly personLeft: () => void;
}

export function createLine(given: {
  readonly keys: Keys;
  readonly unlocked: () => Unlocked | undefined;
  readonly appVersion: string;
  readonly pending: () => number;
  readonly onRevoked: () => void;
}): Line {
  const { keys } = given;
  const contact = (): DistrictContact | undefined => {
    const enrolled = keys.enrolled();
    if (!enrolled) return undefined;
    const { district, device } = enrolled;
    const { id, address, signingKey } = district;
    return { address, district: id, device: device.id, signingKey };
  };
  const ask = patient(askDistrict);
  const tokens = createTokens({ ...given, ask, contact });
  const { sign } = keys.device;
  return {
    contact,
    ask: createSignedAsk({ ask, contact, sign, tokens }),
    listen: pokesWith({ tokens, sign }),
    revoked: tokens.revoked,
    heardRevoked: tokens.heardRevoked,
    // What goes wrong with it is heard by whoever asks next.
    personCame: () => void tokens.access('person').catch(() => undefined),
    personLeft: tokens.personLeft,
  };
}
