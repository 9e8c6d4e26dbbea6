/**
 * Enrolment without a network: a request file goes to the district on a stick, its answer comes back the same way. Before anything is
 * taken, the person compares what the answer says with the paper from the district.
 */
import { useState } from 'react';
import type { BridgeOutput, Session } from '../../../shared/bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useBridge } from '../bridge-context.ts';
import { DoorForm } from '../door/door-form.tsx';
import { DoorFrame } from '../door/door-frame.tsx';
import { NewSecretFields, useNewSecret } from '../door/new-secret.tsx';
import { useAsking, type Asking } from '../door/use-asking.ts';
import { Fingerprint } from './fingerprint.tsx';

type Answer = Extract<BridgeOutput<'door.readAnswer'>, { readonly ok: true }>['value'];

interface FileScreenProps {
  readonly door: BridgeOutput<'door.state'>;
  readonly onEnrolled: (session: Session) => void;
  readonly onBack: () => void;
}

export function FileScreen({ door, onEnrolled, onBack }: FileScreenProps) {
  const { t } = useTexts();
  const [answer, setAnswer] = useState<Answer>();
  const asking = useAsking();
  return (
    <DoorFrame
      title={t('door.fileTitle')}
      {...(!answer && { lead: t('door.fileLead') })}
      footer={<p>{t('door.version', { version: door.appVersion })}</p>}
    >
      {answer ? (
        <TakeAnswer
          answer={answer}
          keyStore={door.keyStore}
          asking={asking}
          onEnrolled={onEnrolled}
          onBack={() => setAnswer(undefined)}
        />
      ) : (
        <TwoFiles asking={asking} onAnswer={setAnswer} onBack={onBack} />
      )}
    </DoorFrame>
  );
}

interface TwoFilesProps {
  readonly asking: Asking;
  readonly onAnswer: (answer: Answer) => void;
  readonly onBack: () => void;
}

function TwoFiles({ asking, onAnswer, onBack }: TwoFilesProps) {
  const { t } = useTexts();
  const bridge = useBridge();
  const [saved, setSaved] = useState<string>();
  const { wait, setProblem } = asking;
  const save = async (): Promise<void> => {
    setProblem(undefined);
    const file = await bridge.ask('door.requestFile').catch(() => undefined);
    if (file) setSaved(file.saved);
    else setProblem('door.fileFailed');
  };
  const read = async (): Promise<void> => {
    const found = await wait(bridge.ask('door.readAnswer'));
    if (found?.value) onAnswer(found.value);
  };
  return (
    <DoorForm
      problem={asking.problem}
      isBusy={asking.isBusy}
      submit="door.fileRead"
      busy="door.fileReading"
      onSubmit={read}
      onBack={onBack}
    >
      <ol className="door-steps">
        <li>
          <p>{t('door.fileStepSave')}</p>
          <button className="door-choice" type="button" onClick={() => void save()}>
            {t('door.fileSave')}
          </button>
          <p className="door-hint" role="status">
            {saved === undefined ? '' : t('door.fileSaved', { name: saved })}
          </p>
        </li>
        <li>
          <p>{t('door.fileStepCarry')}</p>
        </li>
        <li>
          <p>{t('door.fileStepRead')}</p>
        </li>
      </ol>
    </DoorForm>
  );
}

interface TakeAnswerProps {
  readonly answer: NonNullable<Answer>;
  readonly keyStore: boolean;
  readonly asking: Asking;
  readonly onEnrolled: (session: Session) => void;
  readonly onBack: () => void;
}

function TakeAnswer({ answer, keyStore, asking, onEnrolled, onBack }: TakeAnswerProps) {
  const { t } = useTexts();
  const bridge = useBridge();
  const fresh = useNewSecret(keyStore);
  const { wait, setProblem } = asking;
  const take = async (): Promise<void> => {
    if (fresh.problem) return setProblem(fresh.problem);
    const enrolled = await wait(bridge.ask('door.takeAnswer', { passphrase: fresh.secret }));
    if (enrolled) onEnrolled(enrolled.value);
  };
  return (
    <DoorForm
      problem={asking.problem}
      isBusy={asking.isBusy}
      submit="door.fileTake"
      busy="door.enrolling"
      onSubmit={take}
      onBack={onBack}
    >
      <dl className="door-facts">
        <div>
          <dt>{t('door.filePerson')}</dt>
          <dd>{answer.person}</dd>
        </div>
        <div>
          <dt>{t('door.fileDistrict')}</dt>
          <dd>{answer.district}</dd>
        </div>
      </dl>
      <Fingerprint text={answer.fingerprint} hint={t('door.fileFingerprintHint')} />
      <NewSecretFields {...fresh} />
    </DoorForm>
  );
}
