/** A computer that is enrolled at the small district: the real way of asking, with keys in memory that forget nothing by themselves. */
import { askDistrict, type Ask, type DistrictContact } from '../district.ts';
import type { Notice } from '../native/key-types.ts';
import { newPrivateKey, pointOf, signText } from '../native/signing.ts';
import { pokesWith } from '../pokes.ts';
import { createSignedAsk } from '../signed-ask.ts';
import { createTokens, type Signer } from '../tokens.ts';
import { deviceSeven, signers } from './envelopes.ts';
import { FIRST_REFRESH } from './small-accounts.ts';
import { xuhui, type SmallDistrict } from './small-district.ts';

export function smallDesk(
  district: () => SmallDistrict,
  given: { readonly ask?: Ask; readonly pending?: () => number; readonly onRevoked?: () => void } = {},
) {
  const key = newPrivateKey();
  const sign = (text: string): string => signText(key, text);
  let refresh = FIRST_REFRESH;
  let diskIsFull = false;
  let notices: readonly Notice[] = [];
  let unlocked: Signer | undefined;
  let enrolled: string | undefined = deviceSeven;
  let ticks = 0;
  const contact = (): DistrictContact | undefined =>
    enrolled
      ? {
          address: district().address,
          district: xuhui.id,
          device: enrolled,
          signingKey: district().accounts.signingPoint,
        }
      : undefined;
  const { ask = askDistrict, pending = () => 0, onRevoked = () => undefined } = given;
  const tokens = createTokens({
    ask,
    contact,
    keys: {
      device: {
        sign,
        refresh: () => refresh,
        keepRefresh: async (token, former) => {
          if (diskIsFull) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
          // A disk takes its time: whoever does not wait for it is found out.
          await new Promise((done) => setTimeout(done, 15));
          if (refresh === former) refresh = token;
        },
      },
      notices: () => notices,
      toldNotices: async (told) => {
        notices = notices.filter((one) => !told.includes(one));
      },
    },
    unlocked: () => unlocked,
    appVersion: '0.1.0',
    pending,
    onRevoked,
    ticks: () => ticks,
  });
  return {
    contact,
    tokens,
    ask: createSignedAsk({ ask, contact, sign, tokens }),
    listen: pokesWith({ tokens, sign }),
    register: () =>
      district().accounts.register(
        pointOf(key),
        Object.fromEntries(signers.map(({ person, point }) => [person.id, point])),
      ),
    unlock: (signer: Signer | undefined) => {
      unlocked = signer;
    },
    leave: () => {
      enrolled = undefined;
    },
    comeBack: (device: string) => {
      enrolled = device;
    },
    fillDisk: (full: boolean) => {
      diskIsFull = full;
    },
    note: (notice: Notice) => {
      notices = [...notices, notice];
    },
    notices: () => notices,
    refresh: () => refresh,
    /** Back to what was on disk before. */
    restoreRefresh: (token: string) => {
      refresh = token;
    },
    pass: (milliseconds: number) => {
      ticks += milliseconds;
    },
  };
}

export type SmallDesk = ReturnType<typeof smallDesk>;
