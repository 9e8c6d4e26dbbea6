import { z } from 'zod';
import { checkDocument, documentTypes, type IdentityDocument } from '../identity-document.ts';
import type { Label } from '../label.ts';
import { problemMessage } from '../problem.ts';
import { fieldOptions, type FieldBase, type FieldOptions } from './base.ts';

export interface IdentityDocumentField extends FieldBase<IdentityDocument> {
  readonly kind: 'identityDocument';
}

/** Kind and number of an identity document, checked as residents.md §3 says. */
export function identityDocument(label: Label, options: FieldOptions = {}): IdentityDocumentField {
  const schema = z
    .object({
      type: z
        .string()
        .refine((value) => Object.hasOwn(documentTypes, value), problemMessage('unknownChoice')),
      number: z.string().max(30, problemMessage('tooLong', { max: 30 })),
      reason: z
        .string()
        .max(100, problemMessage('tooLong', { max: 100 }))
        .optional(),
    })
    .superRefine((value, context) => {
      const code = checkDocument(value);
      if (code)
        context.addIssue({
          code: 'custom',
          message: problemMessage(code),
          path: [code === 'documentReason' ? 'reason' : 'number'],
        });
    });
  return {
    kind: 'identityDocument',
    label,
    ...fieldOptions({ search: 'digits', sensitive: true, ...options }),
    schema,
  };
}
