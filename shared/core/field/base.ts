/**
 * A field is a named, typed, labelled part of an entity. From its declaration follow the form control, the check on both sides,
 * the list column, the search words, the merge and the print. One file a kind lies beside this one.
 */
import type { z } from 'zod';
import type { Label } from '../label.ts';

/**
 * How two writings of one field that did not see each other meet (architecture.md):
 * `last` the later sequence wins; `ask` it wins too and the others are kept for a person to choose; `union` a set, additions and
 * removals are played one by one; `append` entries, only ever added; `server` written by the district alone.
 */
export type Merge = 'last' | 'ask' | 'union' | 'append' | 'server';

export interface FieldBase<T> {
  readonly label: Label;
  /** A short hint under the control, in the words of the desk. */
  readonly help?: Label;
  readonly required: boolean;
  readonly merge: Merge;
  /** Checks one value that is present; absent values are the business of `required`. */
  readonly schema: z.ZodType<T>;
  /** Found by the search box: as a name (pinyin, initials), as digits (whole and tail), or as plain text. */
  readonly search?: 'name' | 'digits' | 'text';
  /** Masked on screen until revealed (privacy.md §3). */
  readonly sensitive?: boolean;
  /** Set at creation and never again. */
  readonly fixed?: boolean;
}

/** What every kind's options share. */
export interface FieldOptions {
  readonly help?: Label;
  readonly required?: boolean;
  readonly merge?: 'last' | 'ask';
  readonly search?: 'name' | 'digits' | 'text';
  readonly sensitive?: boolean;
  readonly fixed?: boolean;
}

/** Fields where their kind does not matter: checking, merging. */
export type FieldMap = Readonly<Record<string, FieldBase<unknown> & { readonly kind: string }>>;

/** Values whose entity is not known at compile time. */
export type Values = Readonly<Record<string, unknown>>;

export function fieldOptions(options: FieldOptions): Omit<FieldBase<never>, 'label' | 'schema'> {
  const { required = false, merge = 'last', ...rest } = options;
  return { required, merge, ...rest };
}

/** Absent in the sense of a form: nothing there, an empty text, an empty list. */
export const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
