/** The words under which a record is found, from its fields' own declarations; rows, entries and references give theirs as well. */
import { printAddress, type Address } from '../address.ts';
import type { AnyEntity } from '../entity.ts';
import type { Attachment } from '../field/attachments.ts';
import { isAbsent, type FieldMap, type Values } from '../field/base.ts';
import type { AnyField } from '../field/field.ts';
import type { OfficialNumber } from '../field/official-number.ts';
import type { Reference } from '../field/reference.ts';
import type { Entry } from '../field/rows.ts';
import { showValue } from '../format.ts';
import type { IdentityDocument } from '../identity-document.ts';
import type { SearchWord } from './index.ts';

export const searchWordsOf = (entity: AnyEntity, values: Values): readonly SearchWord[] =>
  wordsIn(entity.fields, values);

function wordsIn(fields: FieldMap, values: Values): readonly SearchWord[] {
  const words = Object.entries(fields).flatMap(([field, declared]): readonly SearchWord[] => {
    const value = values[field];
    if (isAbsent(value)) return [];
    return wordsOfField(declared as AnyField, value).map((word) => ({ ...word, field }));
  });
  return words.filter(({ text }) => text !== '');
}

type Word = Omit<SearchWord, 'field'>;

function wordsOfField(field: AnyField, value: unknown): readonly Word[] {
  if (field.kind === 'rows' || field.kind === 'entries') {
    const rows = Array.isArray(value) ? (value as readonly (Values | Entry | null)[]) : [];
    return rows.flatMap((row) => {
      const inner = field.kind === 'entries' ? (row as Entry | null)?.values : row;
      return inner ? wordsIn(field.fields, inner as Values) : [];
    });
  }
  const { search: kind } = field;
  if (kind === undefined) return [];
  return textsOf(field, value).map((text): Word => ({
    kind: field.kind === 'address' ? 'address' : kind,
    text,
  }));
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
