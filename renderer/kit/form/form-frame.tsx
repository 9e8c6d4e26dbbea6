/**
 * The frame of every form: keys, the sticky foot with one main button, and the words about what is wrong. Enter goes to the next field
 * and never saves half a form; Ctrl+S and Ctrl+Enter save; inside an IME composition no key means anything.
 */
import { Alert, Button } from 'antd';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { problemSentence } from '../../../shared/core/problem.ts';
import { refusalSentence, type Refusal } from '../../../shared/core/refusal.ts';
import type { Result } from '../../../shared/core/result.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import { useWords } from '../words.ts';
import { controlId } from './field-list.tsx';
import { focusControl, focusNext, isComposing } from './focus.ts';
import { firstMarked, problemsElsewhere } from './form-problems.ts';
import { createHolds, HoldsProvider } from './holds.ts';
import type { FormState } from './use-form.ts';

interface FormFrameProps {
  readonly form: FormState;
  readonly names: readonly string[];
  readonly title: string;
  readonly children: (prefix: string) => ReactNode;
  readonly onSubmit: (values: Values) => Promise<Result<unknown, Refusal>>;
  readonly onCancel: () => void;
  readonly submitLabel?: string;
  /** Beside the buttons: a word about the draft. */
  readonly note?: ReactNode;
  readonly cannotSubmit?: boolean;
}

export function FormFrame({
  form,
  names,
  title,
  children,
  onSubmit,
  onCancel,
  submitLabel,
  note,
  cannotSubmit = false,
}: FormFrameProps) {
  const { language, t } = useWords();
  const prefix = useId();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const [hasFailed, setFailed] = useState(false);
  // At once, not with the next drawing: a double click and Ctrl+S held down save once.
  const isUnderWay = useRef(false);
  const [holds] = useState(createHolds);

  // A form opens ready to be typed into; where something is marked already, there.
  const [start] = useState(() => firstMarked(names, form.problems) ?? names[0]);
  useEffect(() => {
    if (start !== undefined) focusControl(controlId(prefix, start));
  }, [prefix, start]);

  const submit = async (): Promise<void> => {
    if (isUnderWay.current || cannotSubmit) return;
    setRefusal(undefined);
    setFailed(false);
    isUnderWay.current = true;
    setBusy(true);
    // Saved: the form stays shut, the page that takes its place is on its way.
    if (await isSaved()) return;
    isUnderWay.current = false;
    setBusy(false);
  };

  const isSaved = async (): Promise<boolean> => {
    if (!(await holds.settled())) return false;
    const wrong = form.check();
    if (wrong !== undefined) {
      focusControl(controlId(prefix, wrong));
      return false;
    }
    const outcome = await onSubmit(form.now()).catch((fault: unknown) => {
      reportError(fault);
      return undefined;
    });
    if (outcome?.ok) return true;
    if (!outcome) {
      setFailed(true);
      return false;
    }
    setRefusal(outcome.error);
    const first = form.refuse(outcome.error);
    if (first !== undefined) focusControl(controlId(prefix, first));
    return false;
  };

  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>): void => {
    if (isComposing(event)) return;
    const isSave = (event.ctrlKey || event.metaKey) && (event.key === 's' || event.key === 'Enter');
    if (isSave) {
      event.preventDefault();
      event.stopPropagation();
      void submit();
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      // An open list takes Enter for itself.
      if (event.target.getAttribute('aria-expanded') !== 'true') focusNext(event.currentTarget, event.target);
    }
  };

  const elsewhere = problemsElsewhere(names, form.problems);
  const marked = Object.keys(form.problems).length - elsewhere.length;
  return (
    <form
      className="kit-form"
      aria-label={title}
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <HoldsProvider value={holds}>{children(prefix)}</HoldsProvider>
      {refusal && (
        <Alert
          type="error"
          showIcon
          title={refusalSentence(refusal, language)}
          {...(elsewhere.length > 0 && {
            description: elsewhere.map((problem) => problemSentence(problem, language)).join('；'),
          })}
        />
      )}
      {hasFailed && <Alert type="error" showIcon title={t('form.failed')} />}
      <div className="kit-foot">
        <Button type="primary" htmlType="submit" loading={isBusy} disabled={cannotSubmit}>
          {submitLabel ?? t('common.save')}
        </Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
        {marked > 0 && (
          <span className="kit-problem" role="status">
            {t('form.problems', { n: marked })}
          </span>
        )}
        <span className="kit-muted kit-small" style={{ marginInlineStart: 'auto' }}>
          {note ?? t('form.shortcut')}
        </span>
      </div>
    </form>
  );
}
