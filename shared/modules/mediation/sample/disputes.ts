/**
 * Invented disputes of an old neighbourhood, told as a mediator writes them. 甲 and 乙 stand in braces and become the parties' names.
 * Amounts in yuan, days counted from the agreement.
 */
/** Whom a story can be told of. */
export interface Fit {
  readonly from?: number;
  readonly to?: number;
  readonly sex?: '1' | '2';
}

export interface Dispute {
  readonly type: string;
  readonly difficulty: string;
  /** Of 甲 and 乙; grown up where nothing is said. */
  readonly fits?: readonly [Fit, Fit?];
  readonly subject: string;
  readonly requests: string;
  /** An organisation takes the place of the second party. */
  readonly organisation?: Readonly<Record<string, string>>;
  readonly investigation?: { readonly asked: string; readonly content: string };
  readonly firstStatements: string;
  readonly verification: string;
  readonly lastStatements: string;
  readonly facts: string;
  readonly content: string;
  readonly method: string;
  readonly terms: readonly { readonly what: string; readonly yuan?: number; readonly inDays: number }[];
  readonly failure: string;
}
