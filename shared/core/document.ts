/** A printed paper as data: the official fields in the official order; screens, PDF and .docx are renderings of it. */
import type { Label } from './label.ts';
import type { RecordState } from './record.ts';

export type DocumentBlock =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  /** Label and value on one line; an absent value prints as a rule to write on. */
  | { readonly kind: 'line'; readonly label: string; readonly value: string }
  /** Several labelled values that share lines, such as a party block. */
  | {
      readonly kind: 'block';
      readonly label?: string;
      readonly items: readonly { readonly label: string; readonly value: string }[];
    }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'signatures'; readonly places: readonly string[] }
  | { readonly kind: 'date'; readonly text: string }
  /** What follows begins on a new sheet: the next record of a series, each of which is signed. */
  | { readonly kind: 'sheet' };

export interface DocumentModel {
  /** Without path or extension: 人民调解协议书. */
  readonly name: string;
  readonly blocks: readonly DocumentBlock[];
}

export interface DocumentGiven {
  readonly record: RecordState;
  /** Full name of an area by its code. */
  readonly areaName: (code: string) => string;
  readonly personName: (id: string) => string;
  readonly today: string;
}

export interface DocumentDeclaration {
  readonly label: Label;
  /** Whether it belongs to the record as it stands now; one that does not can be printed all the same. Always when left out. */
  readonly applies?: (record: RecordState) => boolean;
  /** What is still missing before the paper is complete; it can be printed all the same, marked as a draft. */
  readonly missing?: (record: RecordState) => readonly Label[];
  readonly build: (given: DocumentGiven) => DocumentModel;
}
