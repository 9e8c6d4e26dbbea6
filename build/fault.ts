/** One fault that is planted on purpose (audit-faults.ts): the text that somebody could write by mistake. `from` stands in its file exactly once. */
export interface Fault {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Of a test file that must turn red; without it the simulation must find it. */
  readonly test?: string;
  /** Found within seconds: part of the quick audit. */
  readonly isQuick?: true;
}
