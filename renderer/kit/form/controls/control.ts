/** What every control is given. A control holds no value of its own: what stands in it is what the form holds. */
import type { Problems } from '../form-problems.ts';

export interface ControlProps<F, T> {
  readonly field: F;
  readonly value: T | undefined;
  readonly onChange: (value: T | undefined) => void;
  /** Of the element that takes the keyboard; the field's label points to it. */
  readonly id: string;
  /** The field's label, for the accessible names of further elements. */
  readonly name: string;
  readonly isWrong: boolean;
  /** Id of the help and problem texts. */
  readonly describedBy: string;
  /** Problems inside the value: rows, parts of a document. */
  readonly inside: Problems;
  readonly disabled?: boolean;
}
