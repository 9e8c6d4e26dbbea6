/** What people type, taken from the records themselves: by class, as a desk hears it. Pure; the same records give the same questions. */
import type { Address } from '../../shared/core/address.ts';
import type { RecordState } from '../../shared/core/record.ts';
import type { Readings } from '../../shared/core/search/sounds.ts';
import { seededSource } from '../../shared/testing/random.ts';

export const CLASSES = ['name', 'pinyin', 'initials', 'phone', 'id', 'address', 'text'] as const;
export type QueryClass = (typeof CLASSES)[number];

export type Queries = Readonly<Record<QueryClass, readonly string[]>>;

interface Person {
  readonly name?: string;
  readonly document?: { readonly number?: string };
  readonly phones?: readonly { readonly number: string }[];
  readonly address?: Address;
  readonly household?: string;
  readonly employer?: string;
  readonly remarks?: string;
}

export function queriesOf(records: readonly RecordState[], each: number, readings: Readings): Queries {
  const source = seededSource(7);
  const asked = (make: (person: Person, at: number) => string | undefined): readonly string[] => {
    const found: string[] = [];
    for (let tries = 0; found.length < each && tries < each * 200; tries++) {
      const question = make(source.pick(records).values as Person, found.length);
      if (question !== undefined) found.push(question);
    }
    return found;
  };
  const sounds = ({ name = '' }: Person): readonly string[] =>
    Array.from(name, (character) => readings(character)[0] ?? '').filter((sound) => sound !== '');
  return {
    name: asked(({ name = '' }, at) => (at % 3 === 0 ? name.slice(0, 2) : name) || undefined),
    pinyin: asked((person) => sounds(person).join('') || undefined),
    initials: asked((person) => {
      const initials = sounds(person).map((sound) => sound[0] ?? '');
      return initials.length > 1 ? initials.join('') : undefined;
    }),
    phone: asked(({ phones = [] }, at) => {
      const number = phones[0]?.number;
      return at % 3 === 0 ? number : at % 3 === 1 ? number?.slice(-4) : number?.slice(0, 7);
    }),
    id: asked(({ document }, at) => {
      const number = document?.number;
      return at % 2 === 0 ? number : number?.slice(-6);
    }),
    address: asked(({ address }, at) => {
      const { road = '', lane, no, room } = address ?? {};
      if (lane === undefined || no === undefined) return undefined;
      return at % 3 === 0 ? `${road}${lane}弄` : at % 3 === 1 ? `${no}号${room ?? ''}` : `${road} ${lane}弄`;
    }),
    text: asked(({ household, employer, remarks }, at) =>
      at % 3 === 0 ? household : at % 3 === 1 ? employer?.slice(-4) : remarks?.slice(2, 8),
    ),
  };
}
