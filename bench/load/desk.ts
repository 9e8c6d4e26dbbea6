/** A virtual desk: the real carrier with its pauses, tokens, proofs and line for pokes, over the real HTTP; only disk and window are light. */
import { createCarrier } from '../../electron/carrier.ts';
import { askDistrict, type Ask, type DistrictContact } from '../../electron/district.ts';
import { signingKeyIdOf, signText } from '../../electron/native/signing.ts';
import { patient } from '../../electron/patient-ask.ts';
import { pokesWith } from '../../electron/pokes.ts';
import { createSignedAsk, type SignedAsk } from '../../electron/signed-ask.ts';
import { createTokens } from '../../electron/tokens.ts';
import type { Enrolled, Written } from './enrolled.ts';
import { createLoadJournal, type LoadJournal } from './journal.ts';
import { createReader, type Reader } from './reader.ts';
import type { Tally } from './tally.ts';

export interface LoadDesk {
  readonly journal: Pick<LoadJournal, 'pending' | 'verdicts'>;
  readonly reader: Pick<Reader, 'pulled'>;
  /** The same desk by way of another server, with another pair of hands where these are given. */
  readonly askAt: (address: string, ask?: Ask) => SignedAsk;
  /** Comes back to the district with all that it has. */
  readonly comeBack: () => void;
  /** Writes so many more. @returns how many are left to write */
  readonly write: (count: number) => number;
  readonly stop: () => Promise<void>;
}

export interface DeskGiven {
  readonly enrolled: Enrolled;
  readonly written: Written;
  readonly address: string;
  readonly tally: Tally;
  readonly onVerdicts: (fresh: number) => void;
}

export function loadDesk({ enrolled, written, address, tally, onVerdicts }: DeskGiven): LoadDesk {
  const { deviceKey, personKey, colleague } = enrolled;
  const contact = (): DistrictContact => ({ ...enrolled.contact, address });
  const sign = (text: string): string => signText(deviceKey, text);
  const journal = createLoadJournal(written, (fresh) => {
    onVerdicts(fresh);
    // What was confirmed lies at the district as a new state of its record.
    reader.request();
  });
  let refresh = enrolled.refresh;
  const counted = patient(tally.counting(askDistrict));
  const signer = {
    person: colleague,
    signing: {
      id: signingKeyIdOf(enrolled.contact.signingKey),
      sign: (text: string) => signText(personKey, text),
    },
  };
  const tokens = createTokens({
    ask: counted,
    contact,
    keys: {
      device: {
        sign,
        refresh: () => refresh,
        keepRefresh: (token) => {
          refresh = token;
          return Promise.resolve();
        },
      },
      notices: () => [],
      toldNotices: () => Promise.resolve(),
    },
    unlocked: () => signer,
    appVersion: '0.1.0',
    pending: journal.pending,
    onRevoked: () => undefined,
  });
  const ask = createSignedAsk({ ask: counted, contact, sign, tokens });
  const reader = createReader(ask);
  let carrier: ReturnType<typeof createCarrier> | undefined;
  return {
    journal,
    reader,
    askAt: (at, given = counted) =>
      createSignedAsk({ ask: given, contact: () => ({ ...enrolled.contact, address: at }), sign, tokens }),
    comeBack: () => {
      carrier = createCarrier({
        journal: journal.forCarrier,
        contact,
        ask,
        listen: pokesWith({ tokens, sign }),
        revoked: tokens.revoked,
        parted: () => Promise.resolve(false),
        repair: () => Promise.resolve(false),
        onRevokedAndDelivered: () => undefined,
        onEpoch: () => Promise.resolve(),
        onVerdicts: () => undefined,
        onState: () => undefined,
        onPoke: reader.poked,
      });
      reader.request();
    },
    write: (count) => {
      const left = journal.make(count);
      carrier?.appended();
      return left;
    },
    stop: async () => {
      carrier?.stop();
      await reader.stop();
    },
  };
}
