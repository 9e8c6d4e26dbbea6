/** The answer to a request file, for a computer that never meets the district's network: a file for the stick, and the code to compare. */
import { App, Button, Modal } from 'antd';
import { useId, useState } from 'react';
import type { EnrolmentAnswerFile } from '../../../shared/protocol/messages.ts';
import { fingerprintOf } from '../../../shared/protocol/fingerprint.ts';
import { Surface } from '../../kit/layout/surface.tsx';
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
  const { t } = useTexts();
  const bridge = useBridge();
  const carry = useCarry();
  const { message } = App.useApp();
  const id = useId();
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
    if (saved !== undefined) setMade({ name: saved, fingerprint: await fingerprintIn(answered.file) });
  };
  return (
    <Modal
      open
      title={t('administration.answer.title', { name: person.name })}
      footer={null}
      onCancel={onClose}
      width="min(36rem, 94vw)"
    >
      <Surface className="kit-dialog kit-stack">
        {made ? (
          <>
            <p>{t('administration.answer.made', { name: made.name })}</p>
            <Fingerprint text={made.fingerprint} hint={t('administration.answer.copy')} />
          </>
        ) : (
          <>
            <p>{t('administration.answer.lead')}</p>
            <div className="kit-field">
              <label className="kit-label" htmlFor={id}>
                {t('administration.answer.file')}
              </label>
              <input
                id={id}
                type="file"
                accept=".json,application/json"
                onChange={({ target }) => setFile(target.files?.[0])}
              />
            </div>
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

async function fingerprintIn({ signingKey }: EnrolmentAnswerFile): Promise<string> {
  const key = Uint8Array.from(atob(signingKey), (character) => character.charCodeAt(0));
  return fingerprintOf(new Uint8Array(await crypto.subtle.digest('SHA-256', key)));
}
