/** Waits for an answer about a way in and keeps what came of it: under way, or the one sentence why not. */
import { useState } from 'react';
import type { DoorRefusal } from '../../../shared/bridge.ts';
import type { TextKey } from '../../texts/use-texts.ts';
import { sentenceOf } from './door-form.tsx';

type Outcome = { readonly ok: true } | { readonly ok: false; readonly error: DoorRefusal };
type Answered<O> = Extract<O, { readonly ok: true }>;

export interface Asking {
  readonly isBusy: boolean;
  readonly problem: TextKey | undefined;
  readonly setProblem: (problem: TextKey | undefined) => void;
  /** @returns undefined where it did not work; then `problem` says why */
  readonly wait: <O extends Outcome>(answer: Promise<O>) => Promise<Answered<O> | undefined>;
}

export function useAsking(): Asking {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<TextKey>();
  const wait: Asking['wait'] = async (answer) => {
    setBusy(true);
    setProblem(undefined);
    const outcome = await answer.catch(() => undefined);
    setBusy(false);
    if (outcome?.ok) return outcome as Answered<typeof outcome>;
    setProblem(outcome ? sentenceOf(outcome.error) : 'door.noBridge');
    return undefined;
  };
  return { isBusy, problem, setProblem, wait };
}
