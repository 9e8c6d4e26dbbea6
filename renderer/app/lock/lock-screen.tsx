/** Who is using it, and their secret: two keystrokes and Enter. Says what still waits on this computer, without any names. */
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { BridgeOutput, DoorRefusal, Session } from '../../../shared/bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useBridge } from '../bridge-context.ts';
import { keepCompositionFromSubmitting } from '../door/composing.ts';
import { DoorFrame } from '../door/door-frame.tsx';
import { SecretField } from '../door/secret-field.tsx';
import { PeopleChoice } from './people-choice.tsx';
import { WaitingLine } from './waiting-line.tsx';
import { useCountdown } from './use-countdown.ts';

interface LockScreenProps {
  readonly door: BridgeOutput<'door.state'>;
  readonly chosen: string;
  readonly onChoose: (person: string) => void;
  readonly onUnlocked: (session: Session) => void;
  readonly onAdd: () => void;
  readonly onForgotten: () => void;
}

export function LockScreen({ door, chosen, onChoose, onUnlocked, onAdd, onForgotten }: LockScreenProps) {
  const { t } = useTexts();
  const bridge = useBridge();
  const [secret, setSecret] = useState('');
  const [refusal, setRefusal] = useState<DoorRefusal>();
  const [wrongTries, setWrongTries] = useState(0);
  const [isBusy, setIsBusy] = useState(false);
  const [isBroken, setIsBroken] = useState(false);
  const countdown = useCountdown();
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => input.current?.focus(), [chosen]);

  const choose = (id: string): void => {
    onChoose(id);
    setSecret('');
    setRefusal(undefined);
    setWrongTries(0);
  };

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy || countdown.left > 0 || secret === '') return;
    setIsBusy(true);
    const outcome = await bridge
      .ask('door.unlock', { person: chosen, passphrase: secret })
      .catch(() => undefined);
    if (outcome?.ok) return onUnlocked(outcome.value);
    setIsBusy(false);
    setSecret('');
    setIsBroken(!outcome);
    setRefusal(outcome?.error);
    if (!outcome) return;
    if (outcome.error.code === 'wrong-passphrase') setWrongTries((tries) => tries + 1);
    if (outcome.error.seconds !== undefined) countdown.start(outcome.error.seconds);
    input.current?.focus();
  };

  return (
    <DoorFrame
      title={t('door.lockTitle')}
      lead={door.district?.name}
      footer={<WaitingLine appVersion={door.appVersion} />}
    >
      <form
        className="door-form"
        onSubmit={(event) => void submit(event)}
        onKeyDown={keepCompositionFromSubmitting}
        noValidate
      >
        <PeopleChoice people={door.people} chosen={chosen} onChoose={choose} />
        <SecretField label={t('door.enterPin')} value={secret} onChange={setSecret} ref={input} focus />
        {refusal && (
          <p className="door-problem" role="alert">
            {t(`doorRefusal.${refusal.code}`)}
            {wrongTries > 1 &&
              refusal.code === 'wrong-passphrase' &&
              ` ${t('door.tries', { count: wrongTries })}`}
            {countdown.left > 0 && ` ${t('door.countdown', { seconds: countdown.left })}`}
          </p>
        )}
        {isBroken && (
          <p className="door-problem" role="alert">
            {t('door.noBridge')}
          </p>
        )}
        <button className="door-submit" type="submit" aria-disabled={isBusy || countdown.left > 0}>
          {t(isBusy ? 'door.unlocking' : 'door.unlock')}
        </button>
        <div className="door-links">
          <button className="door-link" type="button" onClick={onAdd}>
            ＋ {t('door.addPerson')}
          </button>
          <button className="door-link" type="button" onClick={onForgotten}>
            {t('door.forgotTitle')}
          </button>
        </div>
      </form>
    </DoorFrame>
  );
}
