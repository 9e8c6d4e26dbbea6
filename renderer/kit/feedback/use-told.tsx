/** Says 已保存在本机 after a command, with ten seconds to take it back by button or Ctrl+Z. Called only when `run` came back. */
import { App, Button } from 'antd';
import { useCallback } from 'react';
import type { Command } from '../../../shared/core/command.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { refusalSentence } from '../../../shared/core/refusal.ts';
import { useDesk } from '../../core/hooks.ts';
import { useWords } from '../words.ts';
import { inverseOf } from './inverse.ts';

const SECONDS = 10;

/**
 * One notice, the latest: the one before it goes. Each has a name of its own, or the end of the former one's time would take away a
 * latest one that has just come.
 */
let count = 0;
const named = (number: number): string => `kit-saved-${number}`;

/** One undo at a time: the last thing done. */
let disarm: (() => void) | undefined;

function armCtrlZ(undo: () => void): void {
  disarm?.();
  const onKey = (event: KeyboardEvent): void => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
    const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea') !== null;
    if (!isUndo || isTyping) return;
    event.preventDefault();
    undo();
  };
  const timer = setTimeout(() => disarm?.(), SECONDS * 1000);
  window.addEventListener('keydown', onKey);
  disarm = () => {
    clearTimeout(timer);
    window.removeEventListener('keydown', onKey);
    disarm = undefined;
  };
}

/** `undo` where more than the command itself is taken back. */
export type Told = (command: Command, before: RecordState | undefined, undo?: readonly Command[]) => void;

export function useTold(): Told {
  const { language, t } = useWords();
  const desk = useDesk();
  const { message } = App.useApp();
  return useCallback(
    (command, before, given) => {
      const next = (): string => {
        message.destroy(named(count));
        count += 1;
        return named(count);
      };
      const inverse = inverseOf(command, before);
      const back = given ?? (inverse ? [inverse] : []);
      if (back.length === 0) {
        disarm?.();
        void message.success({ key: next(), content: t('form.saved'), duration: 4 });
        return;
      }
      const undo = (): void => {
        disarm?.();
        void desk.runAll(back).then((outcome) => {
          if (outcome.ok) void message.success({ key: next(), content: t('form.undone'), duration: 4 });
          else
            void message.error({
              key: next(),
              content: t('form.undoFailed', { why: refusalSentence(outcome.error, language) }),
            });
        });
      };
      armCtrlZ(undo);
      void message.success({
        key: next(),
        duration: SECONDS,
        content: (
          <>
            {t('form.saved')}
            <Button type="link" size="small" onClick={undo} title="Ctrl+Z">
              {t('common.undo')}
            </Button>
          </>
        ),
      });
    },
    [desk, language, message, t],
  );
}
