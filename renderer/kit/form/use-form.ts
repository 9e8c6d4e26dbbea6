/**
 * The state of one form: what stands in it and what is marked. Problems of a field show once the field was left or saving was tried,
 * so that nobody is corrected in the middle of a word; what the desk refused shows until that field is changed.
 */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Values } from '../../../shared/core/field/base.ts';
import { isAbsent } from '../../../shared/core/field/base.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import type { Problem } from '../../../shared/core/problem.ts';
import type { Refusal } from '../../../shared/core/refusal.ts';
import {
  firstMarked,
  problemsOfDays,
  problemsOfForm,
  problemsOfRefusal,
  type Problems,
} from './form-problems.ts';

export interface FormGiven {
  readonly fields: Fields;
  /** In the order in which they stand. */
  readonly names: readonly string[];
  readonly initial: Values;
  readonly required?: ReadonlySet<string>;
  readonly today: string;
  /** Marked from the start: a refused operation. */
  readonly marked?: Problems;
  /** What follows from a change by hand: birthday and sex from the identity number. */
  readonly follow?: (before: Values, after: Values, changed: string) => Values;
  readonly onValues?: (values: Values) => void;
}

export interface FormState {
  readonly values: Values;
  /** What stands in it this moment, drawn or not. */
  readonly now: () => Values;
  readonly problems: Problems;
  readonly set: (name: string, value: unknown) => void;
  readonly leave: (name: string) => void;
  /** @returns the first wrong field, or undefined when all is well */
  readonly check: () => string | undefined;
  /** @returns the first field that the refusal marks */
  readonly refuse: (refusal: Refusal) => string | undefined;
}

export function useForm({
  fields,
  names,
  initial,
  required,
  today,
  marked = {},
  follow,
  onValues,
}: FormGiven): FormState {
  const [values, setValues] = useState(initial);
  // A file that was long in coming is added to what has been typed since, not to what stood there when it was chosen.
  const latest = useRef(initial);
  const [refused, setRefused] = useState<Problems>(marked);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isTried, setTried] = useState(false);

  const wrongIn = useCallback(
    (written: Values): Problems => {
      const asked = Object.fromEntries(
        names.flatMap((name) => (fields[name] ? [[name, fields[name]] as const] : [])),
      );
      return { ...problemsOfDays(asked, written, today), ...problemsOfForm(asked, written, required) };
    },
    [fields, names, required, today],
  );
  const wrong = useMemo(() => wrongIn(values), [wrongIn, values]);

  const problems = useMemo(() => {
    const isShown = ({ field }: Problem): boolean => {
      const name = field.split('.')[0] ?? '';
      return isTried || (left.has(name) && !isAbsent(values[name]));
    };
    return {
      ...refused,
      ...Object.fromEntries(Object.entries(wrong).filter(([, problem]) => isShown(problem))),
    };
  }, [refused, wrong, isTried, left, values]);

  const set = useCallback(
    (name: string, value: unknown) => {
      const before = latest.current;
      const after = { ...before, [name]: value };
      const next = follow ? follow(before, after, name) : after;
      latest.current = next;
      setValues(next);
      setRefused((known) =>
        Object.fromEntries(
          Object.entries(known).filter(([place]) => place.split('.')[0] !== name && place !== ''),
        ),
      );
      onValues?.(next);
    },
    [follow, onValues],
  );
  const leave = useCallback(
    (name: string) => setLeft((known) => (known.has(name) ? known : new Set([...known, name]))),
    [],
  );
  const check = useCallback(() => {
    setTried(true);
    return firstMarked(names, wrongIn(latest.current));
  }, [names, wrongIn]);
  const refuse = useCallback(
    (refusal: Refusal) => {
      const found = problemsOfRefusal(refusal);
      setRefused(found);
      return firstMarked(names, found);
    },
    [names],
  );
  const now = useCallback(() => latest.current, []);
  return { values, now, problems, set, leave, check, refuse };
}
