/** Lists of the district for the pages of administration, and commands with a word about how they ended. */
import { App } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import type {
  AdministrationInput,
  AdministrationName,
  AdministrationOutput,
} from '../../../shared/protocol/administer.ts';
import { useTexts, type TextKey } from '../../texts/use-texts.ts';
import { administer, type Refused } from './administer.ts';

const refusedKey = (refused: Refused): TextKey =>
  refused.kind === 'trouble' ? `district.${refused.code}` : `administration.refusal.${refused.code}`;

/** Lists that need nothing to be asked for. */
type ListName =
  | 'people.list'
  | 'devices.list'
  | 'held.list'
  | 'recovered.list'
  | 'notices.list'
  | 'backup.state';

export interface Asked<T> {
  /** What came last; stays while it is asked again. */
  readonly value: T | undefined;
  readonly problem: TextKey | undefined;
  readonly isAsking: boolean;
  readonly askAgain: () => void;
}

export function useAsked<N extends ListName>(name: N): Asked<AdministrationOutput<N>> {
  const [round, setRound] = useState(0);
  const [value, setValue] = useState<AdministrationOutput<N>>();
  const [problem, setProblem] = useState<TextKey>();
  const [answered, setAnswered] = useState(-1);
  useEffect(() => {
    let isCurrent = true;
    void administer(name, {} as AdministrationInput<N>).then((answer) => {
      if (!isCurrent) return;
      if (answer.ok) setValue(answer.value);
      setProblem(answer.ok ? undefined : refusedKey(answer.error));
      setAnswered(round);
    });
    return () => {
      isCurrent = false;
    };
  }, [name, round]);
  const askAgain = useCallback(() => setRound((count) => count + 1), []);
  return { value, problem, isAsking: answered < round, askAgain };
}

/** @returns the output, or undefined after the reason was told */
export type Carry = <N extends AdministrationName>(
  name: N,
  input: AdministrationInput<N>,
) => Promise<AdministrationOutput<N> | undefined>;

export function useCarry(): Carry {
  const { t } = useTexts();
  const { message } = App.useApp();
  return useCallback(
    async (name, input) => {
      const answer = await administer(name, input);
      if (answer.ok) return answer.value;
      void message.error(t(refusedKey(answer.error)));
      return undefined;
    },
    [message, t],
  );
}
