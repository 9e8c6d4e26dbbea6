/**
 * An entity is declared once; record type, schema, form, list, detail, timeline, permissions on both sides, merge, search words,
 * deadlines, papers and sample data are derived from the declaration. Nothing here knows any particular entity.
 */
import type { Access, Action } from './access.ts';
import type { Fields, ValuesOf } from './field/field.ts';
import type { Values } from './field/base.ts';
import { own } from './own.ts';
import { areaScope, type Scope } from './scope.ts';
import type { StagesField } from './field/stages.ts';
import type { Deadline } from './deadline.ts';
import type { DocumentDeclaration } from './document.ts';
import type { Label } from './label.ts';
import type { Problem } from './problem.ts';
import type { Sample } from './sample.ts';

/** A rule over the whole record after the operation; both sides ask it. */
export interface Rule {
  readonly id: string;
  /** @returns what is wrong, or undefined */
  readonly check: (given: RuleGiven) => Problem | undefined;
}

export interface RuleGiven {
  readonly action: Action;
  /** The record as it was; undefined at its creation. */
  readonly before: Values | undefined;
  readonly after: Values;
  /** The author's own day in Shanghai, `YYYY-MM-DD`. */
  readonly today: string;
}

/** A part of the form and of the detail page. */
export interface Section {
  readonly label: Label;
  readonly fields: readonly string[];
}

/** A column that shows one field of the records that point here: the care tags of a resident. */
export interface RelatedColumn {
  readonly label: Label;
  readonly entity: string;
  /** The field of that entity that points here, and the one that is shown. */
  readonly by: string;
  readonly shows: string;
}

export type Column = string | RelatedColumn;

export interface List {
  readonly columns: readonly Column[];
  /** Fields offered as filters above the list (choice, choices, stages, yesNo); the stage comes by itself. */
  readonly filters?: readonly string[];
  readonly sort?: { readonly field: string; readonly descending?: boolean };
}

export interface Upcast {
  /** From this version to the next one. */
  readonly from: number;
  readonly values: (values: Values) => Values;
}

/**
 * One way to recognise that a thing was registered twice: records that say the same in all of these fields. A certain one is told while
 * somebody is still registering; the others only wait to be looked at.
 */
export interface Recognition {
  readonly id: string;
  /** What is the same, as the screens say it: 证件号码相同. */
  readonly label: Label;
  readonly by: readonly string[];
  /** Fields of text that only have to sound the same. */
  readonly sounds?: readonly string[];
  readonly isCertain?: boolean;
}

export interface EntityDeclaration<F extends Fields = Fields> {
  readonly label: Label;
  /** One of it, with its measure word: 一件调解. Falls back to the label. */
  readonly one?: Label;
  /** The shape's number; raised with an upcast when old values must be read differently. */
  readonly version?: number;
  readonly upcasts?: readonly Upcast[];
  readonly scope: HomeScope;
  readonly fields: F;
  /** Short text by which people know the record. */
  readonly title: (values: ValuesOf<F>) => string;
  /** Fields that a reference to this record keeps for papers. */
  readonly kept?: readonly (keyof F & string)[];
  readonly sections: readonly Section[];
  readonly list: List;
  readonly access: Access;
  readonly rules?: readonly Rule[];
  readonly deadlines?: readonly Deadline[];
  readonly documents?: Readonly<Record<string, DocumentDeclaration>>;
  /** Fields that the form fills in by itself from others: birthday and sex from the identity number. */
  readonly derive?: (values: ValuesOf<F>) => Partial<Record<keyof F & string, unknown>>;
  /** How two records are recognised as the same one, registered twice; without it they are never merged. */
  readonly duplicates?: readonly Recognition[];
  /** Synthetic values for demo, tests and benchmarks; nobody real. */
  readonly sample: Sample;
  /** Where it stands: in the navigation, only inside other records' pages, or nowhere. */
  readonly place?: 'navigation' | 'related' | 'hidden';
}

/**
 * Where a record is at home. By area: its confidentiality class, or how it follows from the values. By person: the field that refers
 * to that person. By named readers: the field of references to them, or, for what belongs to a confidential matter, the field
 * that refers to the matter. Whatever the form, a record has an area, for its number and its staff's rights.
 */
export type HomeScope = { readonly level?: AreaLevel } & (
  | { readonly class: string | ((values: Values) => string) }
  | { readonly person: string }
  | { readonly readers: string }
  | { readonly readersOf: string }
);

/** On which level of the area tree records of this kind are at home: district 6, sub-district 9, committee 12 digits. */
export type AreaLevel = 'district' | 'subdistrict' | 'committee';

export interface Entity<F extends Fields = Fields> extends EntityDeclaration<F> {
  readonly name: string;
  readonly version: number;
  /** The name of its stages field, where it has one. */
  readonly stageField: string | undefined;
  readonly numberField: string | undefined;
}

// An entity whose fields are not known at compile time; `any` because functions over values are contravariant in them.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyEntity = Entity<any>;

/** A module: one folder, one line in the registry. */
export interface Module {
  readonly name: string;
  readonly label: Label;
  readonly entities: readonly AnyEntity[];
}

export function defineEntity<F extends Fields>(name: string, declaration: EntityDeclaration<F>): Entity<F> {
  const named = (kind: string): string | undefined =>
    Object.keys(declaration.fields).find((field) => declaration.fields[field]?.kind === kind);
  return {
    ...declaration,
    name,
    version: declaration.version ?? 1,
    stageField: named('stages'),
    numberField: named('officialNumber'),
  };
}

export const stagesOf = (entity: AnyEntity): StagesField | undefined =>
  entity.stageField === undefined ? undefined : (entity.fields[entity.stageField] as StagesField);

/** The home of a record with these values; undefined while a reference that decides it is missing. */
export function homeScopeOf(
  { scope }: AnyEntity,
  { record, area, values }: { readonly record: string; readonly area: string; readonly values: Values },
): Scope | undefined {
  if ('class' in scope)
    return areaScope(area, typeof scope.class === 'string' ? scope.class : scope.class(values));
  if ('readers' in scope) return { form: 'readers', record };
  const id = idIn(own(values, 'person' in scope ? scope.person : scope.readersOf));
  if (id === undefined) return undefined;
  return 'person' in scope ? { form: 'person', person: id } : { form: 'readers', record: id };
}

/** Ids of the people whom a confidential matter names; empty for every other record. */
export function readersIn({ scope }: AnyEntity, values: Values): readonly string[] {
  if (!('readers' in scope)) return [];
  const named = own(values, scope.readers);
  return Array.isArray(named) ? named.flatMap((one: unknown) => idIn(one) ?? []) : [];
}

function idIn(reference: unknown): string | undefined {
  const { id } = (reference ?? {}) as { readonly id?: unknown };
  return typeof id === 'string' ? id : undefined;
}
