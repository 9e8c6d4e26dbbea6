/**
 * What a record says of itself that its double would say as well: one key for each recognition that its entity declares and whose
 * fields are filled in. Two records of a kind that share a key are, certainly or likely, one thing that was registered twice.
 */
import type { Address } from './address.ts';
import type { AnyEntity, Recognition } from './entity.ts';
import { isAbsent, type Values } from './field/base.ts';
import { fieldsWithin, type AnyField } from './field/field.ts';
import type { IdentityDocument } from './identity-document.ts';
import { own } from './own.ts';
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
const NOTHING: readonly string[] = [];

/** @param values as they are stored: tidy. A hundred thousand records are read through here while somebody works. */
export function duplicateKeysOf(
  { duplicates = [], fields }: AnyEntity,
  values: Values,
  readings?: Readings,
): readonly DuplicateKey[] {
  const found: DuplicateKey[] = [];
  const said = new Map<string, readonly string[]>();
  const sayingOf = (name: string): readonly string[] => {
    const known = said.get(name) ?? saidBy(fields[name] as AnyField, own(values, name));
    said.set(name, known);
    return known;
  };
  for (const recognition of duplicates) {
    const { by, sounds } = recognition;
    if (sounds !== undefined && readings === undefined) continue;
    let keys: readonly string[] = [recognition.id];
    for (const name of by) {
      const texts = sayingOf(name);
      const spelt = readings && sounds?.includes(name) ? texts.map((one) => soundOf(one, readings)) : texts;
      keys =
        keys.length === 1 && spelt.length === 1 ? [`${keys[0]}${BETWEEN}${spelt[0]}`] : each(keys, spelt);
      if (keys.length === 0) break;
    }
    for (const key of keys) found.push({ recognition, key });
  }
  return found;
}

const each = (keys: readonly string[], texts: readonly string[]): readonly string[] =>
  keys.flatMap((key) => texts.map((text) => key + BETWEEN + text));

function soundOf(text: string, readings: Readings): string {
  let sound = '';
  for (const one of text) sound += `${readings(one)[0] ?? one} `;
  return sound;
}

const PLAIN = /^\p{Script=Han}+$/u;

/** Spellings of one value in which two records can be compared; none where it says nothing. */
function saidBy(field: AnyField, value: unknown): readonly string[] {
  if (isAbsent(value)) return NOTHING;
  switch (field.kind) {
    case 'identityDocument': {
      const { type = 'none', number = '' } = value as Partial<IdentityDocument>;
      return type === 'none' || number === '' ? NOTHING : [`${type} ${number}`];
    }
    case 'phone': {
      const digits = String(value).replaceAll('-', '');
      return digits.length < 7 ? NOTHING : [digits];
    }
    case 'rows': {
      const all = new Set<string>();
      const inner = fieldsWithin(field);
      for (const row of (value as readonly Values[]).slice(0, MOST))
        for (const name in inner) {
          const one = inner[name];
          if (one?.kind === 'phone') for (const text of saidBy(one, row[name])) all.add(text);
        }
      return [...all];
    }
    case 'address': {
      // A street alone is no door; what could not be read into parts is compared with nothing.
      const { road = '', lane = '', branch = '', estate = '', no = '', room = '' } = value as Address;
      return no === '' && room === '' ? NOTHING : [[road, lane, branch, estate, no, room].join(' ')];
    }
    case 'text': {
      const text = String(value);
      const plain = PLAIN.test(text) ? text : normalise(text);
      return plain === '' ? NOTHING : [plain];
    }
    default:
      return [String(value)];
  }
}
