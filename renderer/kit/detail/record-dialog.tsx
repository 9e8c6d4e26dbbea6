/** One command about one record in a dialog: waits until it is complete, carries it out, says why where it was refused. */
import { App, Modal } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import type { Command } from '../../../shared/core/command.ts';
import { refusalSentence } from '../../../shared/core/refusal.ts';
import { useDesk } from '../../core/hooks.ts';
import { focusFirstIn } from '../form/focus.ts';
import { Surface } from '../layout/surface.tsx';
import { useFocusBack } from '../layout/use-focus-back.ts';
import { useWords } from '../words.ts';

interface RecordDialogProps {
  readonly title: string;
  readonly hint: string;
  readonly yes: string;
  /** Undefined until everything is chosen. */
  readonly command: Command | undefined;
  readonly onDone: (command: Command) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Of what the dialog says above its fields. */
export const HINT = 'record-dialog-hint';

export function RecordDialog({ title, hint, yes, command, onDone, onClose, children }: RecordDialogProps) {
  useFocusBack();
  const { language, t } = useWords();
  const desk = useDesk();
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const carryOut = async (): Promise<void> => {
    if (!command) return;
    setBusy(true);
    const outcome = await desk.run(command);
    setBusy(false);
    if (!outcome.ok) return void message.error(refusalSentence(outcome.error, language));
    onDone(command);
    onClose();
  };
  return (
    <Modal
      open
      title={title}
      okText={yes}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: command === undefined, loading: isBusy }}
      onOk={() => void carryOut()}
      onCancel={onClose}
      afterOpenChange={(isOpen) => isOpen && focusFirstIn(body.current)}
      destroyOnHidden
      width="min(34rem, 94vw)"
    >
      <Surface ref={body} className="kit-dialog kit-stack">
        <p id={HINT} className="kit-muted">
          {hint}
        </p>
        {children}
      </Surface>
    </Modal>
  );
}
