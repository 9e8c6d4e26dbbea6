/**
 * Invented disputes of an old neighbourhood, told as a mediator writes them. 甲 and 乙 stand in braces and become the parties' names.
 * Amounts in yuan, days counted from the agreement.
 */
export interface Dispute {
  readonly type: string;
  readonly difficulty: string;
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
