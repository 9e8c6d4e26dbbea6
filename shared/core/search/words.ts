/** The words under which a record is found, from its fields' own declarations; rows, entries and references give theirs as well. */
import { printAddress, type Address } from '../address.ts';
import type { AnyEntity } from '../entity.ts';
import type { Attachment } from '../field/attachments.ts';
import { isAbsent, type FieldMap, type Values } from '../field/base.ts';
import type { AnyField } from '../field/field.ts';
import type { OfficialNumber } from '../field/official-number.ts';
import type { Reference } from '../field/reference.ts';
import type { EntriesField, Entry, RowsField } from '../field/rows.ts';
import { showValue } from '../format.ts';
import type { IdentityDocument } from '../identity-document.ts';
import type { SearchWord } from './index.ts';

export function searchWordsOf(entity: AnyEntity, values: Values): readonly SearchWord[] {
  const words: SearchWord[] = [];
  gather(entity.fields, values, undefined, words);
  return words;
}

/** Fields that give words, of each declaration: a hundred thousand records are read through here while somebody works. */
const known = new WeakMap<FieldMap, readonly (readonly [name: string, field: AnyField])[]>();

function speaking(fields: FieldMap): readonly (readonly [name: string, field: AnyField])[] {
  const remembered = known.get(fields);
  if (remembered) return remembered;
  const found = (Object.entries(fields) as [string, AnyField][]).filter(
    ([, field]) => hasRows(field) || field.search !== undefined,
  );
  known.set(fields, found);
  return found;
}

const hasRows = (field: AnyField): field is RowsField | EntriesField =>
  field.kind === 'rows' || field.kind === 'entries';

/** @param within the field of the record whose rows these are */
function gather(fields: FieldMap, values: Values, within: string | undefined, words: SearchWord[]): void {
  for (const [name, field] of speaking(fields)) {
    const value = values[name];
    if (isAbsent(value)) continue;
    const of = within ?? name;
    if (hasRows(field)) {
      for (const row of (Array.isArray(value) ? value : []) as readonly (Values | Entry | null)[]) {
        const inner = field.kind === 'entries' ? (row as Entry | null)?.values : row;
        if (inner) gather(field.fields, inner as Values, of, words);
      }
    } else {
      const kind = field.kind === 'address' ? 'address' : field.search!;
      for (const text of textsOf(field, value)) if (text !== '') words.push({ field: of, kind, text });
    }
  }
}

function textsOf(field: AnyField, value: unknown): readonly string[] {
  switch (field.kind) {
    case 'identityDocument':
      return [String((value as Partial<IdentityDocument>).number ?? '')];
    case 'officialNumber': {
      const { official, temporary } = value as Partial<OfficialNumber>;
      return [official ?? '', temporary ?? ''];
    }
    case 'address': {
      const { raw = '' } = value as Partial<Address>;
      return [...new Set([raw, printAddress(value as Address)])];
    }
    case 'reference':
    case 'references': {
      const references = (Array.isArray(value) ? value : [value]) as readonly (Reference | null)[];
      return references.map((reference) => reference?.title ?? '');
    }
    case 'attachments':
      return (Array.isArray(value) ? (value as readonly (Attachment | null)[]) : []).map(
        (one) => one?.name ?? '',
      );
    default:
      return [showValue(field, value, 'zh')];
  }
}
