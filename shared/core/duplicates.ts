/**
 * What a record says of itself that its double would say as well: one key for each recognition that its entity declares and whose
 * fields are filled in. Two records of a kind that share a key are, certainly or likely, one thing that was registered twice.
 */
import { printAddress, type Address } from './address.ts';
import type { AnyEntity, Recognition } from './entity.ts';
import { isAbsent, type Values } from './field/base.ts';
import { fieldsWithin, type AnyField } from './field/field.ts';
import { tidyNumber, type IdentityDocument } from './identity-document.ts';
import { own } from './own.ts';
import { tidyPhone } from './phone.ts';
import { normalise } from './search/normalise.ts';

/** How a character may be read; the first reading counts. Without it nothing is recognised by its sound. */
export type Readings = (character: string) => readonly string[];

/** Kinds of fields that may say who or what a record is. */
export const RECOGNISED: ReadonlySet<string> = new Set([
  'text',
  'date',
  'choice',
  'phone',
  'rows',
  'address',
  'identityDocument',
]);

export interface DuplicateKey {
  readonly recognition: Recognition;
  readonly key: string;
}

/** More rows than these say nothing about who somebody is. */
const MOST = 6;
const BETWEEN = '\n';

export function duplicateKeysOf(
  entity: AnyEntity,
  values: Values,
  readings?: Readings,
): readonly DuplicateKey[] {
  return (entity.duplicates ?? []).flatMap((recognition) => {
    if (recognition.sounds?.length && !readings) return [];
    let keys: readonly string[] = [recognition.id];
    for (const name of recognition.by) {
      const sound = recognition.sounds?.includes(name) ? readings : undefined;
      const said = saidBy(entity.fields[name] as AnyField, own(values, name), sound);
      keys = keys.flatMap((key) => said.map((one) => key + BETWEEN + one));
    }
    return keys.map((key) => ({ recognition, key }));
  });
}

/** Spellings of one value in which two records can be compared; none where it says nothing. */
function saidBy(field: AnyField, value: unknown, sound: Readings | undefined): readonly string[] {
  if (isAbsent(value)) return [];
  switch (field.kind) {
    case 'identityDocument': {
      const { type = 'none', number = '' } = value as Partial<IdentityDocument>;
      return type === 'none' || number === '' ? [] : [`${type} ${tidyNumber(number)}`];
    }
    case 'phone':
      return [tidyPhone(String(value)).replace(/\D/g, '')].filter((number) => number.length >= 7);
    case 'rows': {
      const inner = Object.entries(fieldsWithin(field)).filter(([, { kind }]) => kind === 'phone');
      const rows = (value as readonly Values[]).slice(0, MOST);
      return [
        ...new Set(rows.flatMap((row) => inner.flatMap(([name, one]) => saidBy(one, row[name], undefined)))),
      ];
    }
    case 'address':
      return [normalise(printAddress(value as Address))].filter((text) => /\d/.test(text));
    case 'text': {
      const text = normalise(String(value));
      const spelt = sound ? [...text].map((one) => sound(one)[0] ?? one).join(' ') : text;
      return spelt === '' ? [] : [spelt];
    }
    default:
      return [String(value)];
  }
}
