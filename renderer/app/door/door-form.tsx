/** One question at the door: fields, what went wrong in one sentence that the screen reader hears, one button, a way back. */
import { useEffect, useRef, type FormEvent, type ReactNode } from 'react';
import type { DoorRefusal } from '../../../shared/bridge.ts';
import { useTexts, type TextKey } from '../../texts/use-texts.ts';
import { keepCompositionFromSubmitting } from './composing.ts';

interface DoorFormProps {
  readonly problem: TextKey | undefined;
  readonly isBusy: boolean;
  readonly submit: TextKey;
  readonly busy: TextKey;
  readonly onSubmit: () => Promise<void>;
  readonly onBack?: (() => void) | undefined;
  /** A further way, beside the way back. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function DoorForm({
  problem,
  isBusy,
  submit,
  busy,
  onSubmit,
  onBack,
  aside,
  children,
}: DoorFormProps) {
  const { t } = useTexts();
  const problemBox = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (problem) problemBox.current?.focus();
  }, [problem]);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!isBusy) void onSubmit();
  };
  return (
    <form className="door-form" onSubmit={send} onKeyDown={keepCompositionFromSubmitting} noValidate>
      {children}
      {problem && (
        <p className="door-problem" role="alert" tabIndex={-1} ref={problemBox}>
          {t(problem)}
        </p>
      )}
      <button className="door-submit" type="submit" aria-disabled={isBusy}>
        {t(isBusy ? busy : submit)}
      </button>
      {(onBack ?? aside) && (
        <div className="door-links">
          {onBack ? (
            <button className="door-link" type="button" onClick={onBack}>
              ← {t('common.back')}
            </button>
          ) : (
            <span />
          )}
          {aside}
        </div>
      )}
    </form>
  );
}

export const sentenceOf = ({ code }: DoorRefusal): TextKey => `doorRefusal.${code}`;
