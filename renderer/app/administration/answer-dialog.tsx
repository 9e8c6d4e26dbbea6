/** The answer to a request file, for a computer that never meets the district's network: a file for the stick, and the code to compare. */
import { FolderOpenOutlined } from '@ant-design/icons';
import { App, Button, Modal, Upload } from 'antd';
import { useRef, useState } from 'react';
import { keyFingerprint } from '../../core/vault/key-fingerprint.ts';
import { focusFirstIn } from '../../kit/form/focus.ts';
import { Surface } from '../../kit/layout/surface.tsx';
import { useFocusBack } from '../../kit/layout/use-focus-back.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useBridge } from '../bridge-context.ts';
import { Fingerprint } from '../enrol/fingerprint.tsx';
import type { KnownPerson } from './people-list.ts';
import { requestIn } from './request-file.ts';
import { useCarry } from './use-administration.ts';

interface AnswerDialogProps {
  readonly person: KnownPerson;
  readonly onClose: () => void;
}

export function AnswerDialog({ person, onClose }: AnswerDialogProps) {
  useFocusBack();
  const { t } = useTexts();
  const bridge = useBridge();
  const carry = useCarry();
  const body = useRef<HTMLDivElement>(null);
  const { message } = App.useApp();
  const [file, setFile] = useState<File>();
  const [isBusy, setBusy] = useState(false);
  const [made, setMade] = useState<{ readonly name: string; readonly fingerprint: string }>();

  const answer = async (): Promise<void> => {
    const request = file && requestIn(await file.text());
    if (!request) return void message.error(t('administration.answer.notARequest'));
    setBusy(true);
    const answered = await carry('enrolment.answer', { person: person.id, request });
    setBusy(false);
    if (!answered) return;
    const bytes = new TextEncoder().encode(JSON.stringify(answered.file));
    const name = t('administration.answer.fileName', { name: person.name });
    const { saved } = await bridge.ask('files.save', { name, bytes });
    if (saved !== undefined)
      setMade({ name: saved, fingerprint: await keyFingerprint(answered.file.signingKey) });
  };
  return (
    <Modal
      open
      title={t('administration.answer.title', { name: person.name })}
      footer={null}
      onCancel={onClose}
      afterOpenChange={(isOpen) => isOpen && focusFirstIn(body.current)}
      width="min(36rem, 94vw)"
    >
      <Surface ref={body} className="kit-dialog kit-stack">
        {made ? (
          <>
            <p>{t('administration.answer.made', { name: made.name })}</p>
            <Fingerprint text={made.fingerprint} hint={t('administration.answer.copy')} />
          </>
        ) : (
          <>
            <p>{t('administration.answer.lead')}</p>
            <Upload
              accept=".json,application/json"
              maxCount={1}
              // Read here, sent nowhere.
              beforeUpload={(chosen) => {
                setFile(chosen);
                return false;
              }}
              onRemove={() => setFile(undefined)}
            >
              <Button icon={<FolderOpenOutlined />}>{t('administration.answer.file')}</Button>
            </Upload>
            <div>
              <Button type="primary" disabled={!file} loading={isBusy} onClick={() => void answer()}>
                {t('administration.answer.make')}
              </Button>
            </div>
          </>
        )}
      </Surface>
    </Modal>
  );
}
