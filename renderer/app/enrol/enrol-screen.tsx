/** The first day: address, one-time code and a secret of one's own; also for a further colleague on a computer that is known. */
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { BridgeOutput, DoorRefusal, Session } from '../../../shared/bridge.ts';
import { useTexts, type TextKey } from '../../texts/use-texts.ts';
import { useBridge } from '../bridge-context.ts';
import { keepCompositionFromSubmitting } from '../door/composing.ts';
import { DoorFrame } from '../door/door-frame.tsx';
import { judgePassphrase, tidyAddress, tidyCode } from '../door/passphrase-rules.ts';
import { SecretField } from '../door/secret-field.tsx';
import { StrengthHint } from './strength-hint.tsx';
import { TextInput } from './text-input.tsx';

interface EnrolScreenProps {
  readonly door: BridgeOutput<'door.state'>;
  readonly onEnrolled: (session: Session) => void;
  /** Present where there are colleagues to go back to. */
  readonly onBack?: () => void;
}

export function EnrolScreen({ door, onEnrolled, onBack }: EnrolScreenProps) {
  const { t } = useTexts();
  const bridge = useBridge();
  const known = door.district?.address;
  const [address, setAddress] = useState(known ?? '');
  const [code, setCode] = useState('');
  const [secret, setSecret] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<TextKey>();
  const [isBusy, setIsBusy] = useState(false);
  const problemBox = useRef<HTMLParagraphElement>(null);
  const { keyStore } = door;

  useEffect(() => {
    if (problem) problemBox.current?.focus();
  }, [problem]);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    const found = firstProblem({ address, code, secret, again, keyStore });
    setProblem(found);
    if (found) return;
    setIsBusy(true);
    const outcome = await bridge
      .ask('door.enrol', { address: tidyAddress(address), code: tidyCode(code), passphrase: secret })
      .catch(() => undefined);
    setIsBusy(false);
    if (!outcome) setProblem('door.noBridge');
    else if (outcome.ok) onEnrolled(outcome.value);
    else setProblem(sentenceOf(outcome.error));
  };

  const isAdding = onBack !== undefined;
  return (
    <DoorFrame
      title={t(isAdding ? 'door.addTitle' : 'door.enrolTitle')}
      lead={t(isAdding ? 'door.addLead' : 'door.enrolLead')}
      footer={<p>{t('door.version', { version: door.appVersion })}</p>}
    >
      <form
        className="door-form"
        onSubmit={(event) => void submit(event)}
        onKeyDown={keepCompositionFromSubmitting}
        noValidate
      >
        {known === undefined && (
          <TextInput
            label={t('door.address')}
            hint={t('door.addressHint')}
            value={address}
            onChange={setAddress}
            kind="url"
            focus
          />
        )}
        <TextInput
          label={t('door.code')}
          hint={t('door.codeHint')}
          value={code}
          onChange={setCode}
          kind="code"
          focus={known !== undefined}
        />
        <div className="door-pair">
          <SecretField
            label={t(keyStore ? 'door.pin' : 'door.passphrase')}
            hint={t(keyStore ? 'door.pinHint' : 'door.passphraseHint')}
            value={secret}
            onChange={setSecret}
            digits={keyStore}
            isNew
          />
          <SecretField
            label={t(keyStore ? 'door.pinAgain' : 'door.passphraseAgain')}
            value={again}
            onChange={setAgain}
            digits={keyStore}
            isNew
          />
        </div>
        {secret !== '' && <StrengthHint judged={judgePassphrase(secret, keyStore)} />}
        {!keyStore && <p className="door-hint">{t('door.noKeyStore')}</p>}
        {problem && (
          <p className="door-problem" role="alert" tabIndex={-1} ref={problemBox}>
            {t(problem)}
          </p>
        )}
        <button className="door-submit" type="submit" aria-disabled={isBusy}>
          {t(isBusy ? 'door.enrolling' : 'door.enrol')}
        </button>
        {onBack && (
          <div className="door-links">
            <button className="door-link" type="button" onClick={onBack}>
              ← {t('common.back')}
            </button>
          </div>
        )}
      </form>
    </DoorFrame>
  );
}

interface Entered {
  readonly address: string;
  readonly code: string;
  readonly secret: string;
  readonly again: string;
  readonly keyStore: boolean;
}

function firstProblem({ address, code, secret, again, keyStore }: Entered): TextKey | undefined {
  if (tidyAddress(address) === '') return 'door.needAddress';
  if (tidyCode(code).length !== 10) return 'door.needCode';
  const { isEnough, isTooEasy } = judgePassphrase(secret, keyStore);
  if (isTooEasy) return 'door.tooEasy';
  if (!isEnough) return keyStore ? 'door.pinHint' : 'door.passphraseHint';
  return secret === again ? undefined : 'door.again';
}

const sentenceOf = ({ code }: DoorRefusal): TextKey => `doorRefusal.${code}`;
