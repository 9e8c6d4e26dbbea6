/**
 * A one-time code opens this computer: on the first day, for a further colleague, for somebody who has forgotten the PIN, and for
 * everybody after the system's key store has lost its secret. Address, code, and a secret of one's own.
 */
import { useState } from 'react';
import type { BridgeOutput, Session } from '../../../shared/bridge.ts';
import { useTexts, type TextKey } from '../../texts/use-texts.ts';
import { useBridge } from '../bridge-context.ts';
import { DoorForm } from '../door/door-form.tsx';
import { DoorFrame } from '../door/door-frame.tsx';
import { NewSecretFields, useNewSecret } from '../door/new-secret.tsx';
import { tidyAddress, tidyCode } from '../door/passphrase-rules.ts';
import { SecretField } from '../door/secret-field.tsx';
import { TextInput } from '../door/text-input.tsx';
import { useAsking } from '../door/use-asking.ts';

/** `back`: the PIN is forgotten; `lost`: the key store lost its secret; `damaged`: the file of keys cannot be read. */
export type Occasion = 'first' | 'add' | 'back' | 'lost' | 'damaged';

interface EnrolScreenProps {
  readonly door: BridgeOutput<'door.state'>;
  readonly occasion: Occasion;
  readonly onEnrolled: (session: Session) => void;
  readonly onFiles: () => void;
  readonly onBack?: (() => void) | undefined;
}

const TITLES: Readonly<Record<Occasion, TextKey>> = {
  first: 'door.enrolTitle',
  add: 'door.addTitle',
  back: 'door.backTitle',
  lost: 'door.lostTitle',
  damaged: 'door.lostTitle',
};
const LEADS: Readonly<Record<Occasion, TextKey>> = {
  first: 'door.enrolLead',
  add: 'door.addLead',
  back: 'door.backLead',
  lost: 'door.lostLead',
  damaged: 'door.damagedLead',
};

export function EnrolScreen({ door, occasion, onEnrolled, onFiles, onBack }: EnrolScreenProps) {
  const { t } = useTexts();
  const known = door.district?.address;
  const [address, setAddress] = useState(known ?? '');
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const fresh = useNewSecret(door.keyStore);
  const { isBusy, problem, setProblem, wait } = useAsking();
  const bridge = useBridge();
  const comesBack = occasion === 'back' || occasion === 'lost' || occasion === 'damaged';

  const submit = async (): Promise<void> => {
    const found = firstProblem(address, code) ?? fresh.problem;
    if (found) return setProblem(found);
    const enrolled = await wait(
      bridge.ask('door.enrol', {
        address: tidyAddress(address),
        code: tidyCode(code),
        passphrase: fresh.secret,
        ...(password !== '' && { password }),
      }),
    );
    if (enrolled) onEnrolled(enrolled.value);
  };
  return (
    <DoorFrame
      title={t(TITLES[occasion])}
      lead={t(LEADS[occasion])}
      footer={<p>{t('door.version', { version: door.appVersion })}</p>}
    >
      <DoorForm
        problem={problem}
        isBusy={isBusy}
        submit={comesBack ? 'door.comeBack' : 'door.enrol'}
        busy={comesBack ? 'door.comingBack' : 'door.enrolling'}
        onSubmit={submit}
        onBack={onBack}
        aside={
          <button className="door-link" type="button" onClick={onFiles}>
            {t('door.noNetwork')}
          </button>
        }
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
        {comesBack && (
          <SecretField
            label={t('door.password')}
            hint={t('door.passwordHint')}
            value={password}
            onChange={setPassword}
          />
        )}
        <NewSecretFields {...fresh} />
      </DoorForm>
    </DoorFrame>
  );
}

function firstProblem(address: string, code: string): TextKey | undefined {
  if (tidyAddress(address) === '') return 'door.needAddress';
  return tidyCode(code).length === 10 ? undefined : 'door.needCode';
}
