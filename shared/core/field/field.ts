/** The closed union of field kinds: what the kit switches over, and what an entity's fields may be. */
import type { FieldBase } from './base.ts';
import type { AddressField } from './address.ts';
import type { AttachmentsField } from './attachments.ts';
import type { ChoiceField, ChoicesField } from './choice.ts';
import type { DateField, DateTimeField } from './date.ts';
import type { EntriesField, RowsField } from './rows.ts';
import type { IdentityDocumentField } from './identity-document.ts';
import type { MoneyField, NumberField } from './number.ts';
import type { OfficialNumberField } from './official-number.ts';
import type { PhoneField } from './phone.ts';
import type { ReferenceField, ReferencesField } from './reference.ts';
import type { StagesField } from './stages.ts';
import type { TextField } from './text.ts';
import type { YesNoField } from './yes-no.ts';

export type AnyField =
  | TextField
  | ChoiceField
  | ChoicesField
  | YesNoField
  | DateField
  | DateTimeField
  | NumberField
  | MoneyField
  | ReferenceField
  | ReferencesField
  | RowsField
  | EntriesField
  | StagesField
  | OfficialNumberField
  | IdentityDocumentField
  | PhoneField
  | AttachmentsField
  | AddressField;

export type Fields = Readonly<Record<string, AnyField>>;

export type ValueOf<F> = F extends FieldBase<infer T> ? T : never;
/** Every value may be absent: drafts, older records, withheld fields. */
export type ValuesOf<F extends Fields> = { readonly [K in keyof F]?: ValueOf<F[K]> };

/** The fields of a row or an entry, which are fields like any other. */
export const fieldsWithin = (field: RowsField | EntriesField): Fields => field.fields as Fields;
