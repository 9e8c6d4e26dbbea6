/** How a module invents values for demo, tests and benchmarks: from a seeded source, never from anybody real. */
import type { Reference } from './field/reference.ts';
import type { Values } from './field/base.ts';
import type { SharedWith } from './operation.ts';

export interface SampleSource {
  /** A whole number from 0 to `below` − 1. */
  readonly whole: (below: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly chance: (probability: number) => boolean;
}

export interface SampleGiven {
  readonly source: SampleSource;
  /** Position of this sample, from 0. */
  readonly index: number;
  /** Code and name of the home area. */
  readonly area: { readonly code: string; readonly name: string };
  /** The day that counts as today, `YYYY-MM-DD`. */
  readonly today: string;
  /** An existing record of that kind, or undefined when there is none yet. */
  readonly reference: (entity: string) => Reference | undefined;
  readonly author: Reference;
}

/** What happens to one sample record, in order; each step becomes an operation of its own. */
export interface SampleStory {
  readonly values: Values;
  readonly steps?: readonly SampleStep[];
}

export type SampleStep =
  | { readonly change: Values }
  | { readonly append: Readonly<Record<string, Values>> }
  | { readonly advance: string; readonly values?: Values }
  | { readonly share: SharedWith }
  | { readonly move: string };

export type Sample = (given: SampleGiven) => SampleStory;
