/** Values as they are stored, whatever the input method left in them: no space around texts, numbers in half-width characters. */
import { isAbsent, type FieldBase, type FieldMap, type Values } from './field/base.ts';
import type { TextField } from './field/text.ts';
import { tidyNumber, type IdentityDocument } from './identity-document.ts';
import { own } from './own.ts';
import { tidyPhone } from './phone.ts';
import { withoutUnseen } from './width.ts';

type AnyKind = FieldBase<unknown> & { readonly kind: string };

function tidyText({ multiline }: TextField, value: string): string {
  const seen = withoutUnseen(value);
  return (multiline ? seen.replace(/\r\n?/g, '\n') : seen.replace(/\s+/gu, ' ')).trim();
}

/** A value of another shape than its field's stays as it is: it is for the check to refuse. */
export function tidyValue(field: AnyKind, value: unknown): unknown {
  if (field.kind === 'text' && typeof value === 'string') return tidyText(field as TextField, value);
  if (field.kind === 'phone' && typeof value === 'string') return tidyPhone(value);
  if (field.kind === 'identityDocument' && typeof (value as IdentityDocument | null)?.number === 'string') {
    const document = value as IdentityDocument;
    return { ...document, number: tidyNumber(document.number) };
  }
  if (field.kind === 'rows' && Array.isArray(value)) {
    const { fields } = field as AnyKind & { readonly fields: FieldMap };
    return value.map((row: unknown) =>
      typeof row === 'object' && row !== null ? tidyValues(fields, row as Values) : row,
    );
  }
  return value;
}

/** Each value tidied; what is absent left out. */
export function tidyValues(fields: FieldMap, values: Values): Values {
  const tidied = Object.entries(values).map(([name, value]): [string, unknown] => {
    const field = own(fields, name);
    return [name, field ? tidyValue(field, value) : value];
  });
  return Object.fromEntries(tidied.filter(([, value]) => !isAbsent(value)));
}
