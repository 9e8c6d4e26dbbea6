/** Official numbers count on by entity, area and year. */
export interface Counter {
  readonly entity: string;
  readonly area: string;
  readonly year: number;
  readonly ordinal: number;
}

/** An official number that was given. */
export interface GivenNumber extends Counter {
  readonly record: string;
}
