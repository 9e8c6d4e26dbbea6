/** A PIN or passphrase that somebody chooses for themselves, twice, with what is wrong about it in one sentence. */
import { useState } from 'react';
import { useTexts, type TextKey } from '../../texts/use-texts.ts';
import { judgePassphrase } from './passphrase-rules.ts';
import { SecretField } from './secret-field.tsx';
import { StrengthHint } from './strength-hint.tsx';

export interface NewSecret {
  readonly secret: string;
  /** Undefined where it may be taken. */
  readonly problem: TextKey | undefined;
  readonly again: string;
  readonly keyStore: boolean;
  readonly onSecret: (secret: string) => void;
  readonly onAgain: (again: string) => void;
}

export function useNewSecret(keyStore: boolean): NewSecret {
  const [secret, onSecret] = useState('');
  const [again, onAgain] = useState('');
  return { secret, again, keyStore, onSecret, onAgain, problem: problemOf(secret, again, keyStore) };
}

function problemOf(secret: string, again: string, keyStore: boolean): TextKey | undefined {
  const { isEnough, isTooEasy } = judgePassphrase(secret, keyStore);
  if (isTooEasy) return 'door.tooEasy';
  if (!isEnough) return keyStore ? 'door.pinHint' : 'door.passphraseHint';
  return secret === again ? undefined : 'door.again';
}

export function NewSecretFields({ secret, again, keyStore, onSecret, onAgain }: NewSecret) {
  const { t } = useTexts();
  return (
    <>
      <div className="door-pair">
        <SecretField
          label={t(keyStore ? 'door.pin' : 'door.passphrase')}
          hint={t(keyStore ? 'door.pinHint' : 'door.passphraseHint')}
          value={secret}
          onChange={onSecret}
          digits={keyStore}
          isNew
        />
        <SecretField
          label={t(keyStore ? 'door.pinAgain' : 'door.passphraseAgain')}
          value={again}
          onChange={onAgain}
          digits={keyStore}
          isNew
        />
      </div>
      {secret !== '' && <StrengthHint judged={judgePassphrase(secret, keyStore)} />}
      {!keyStore && <p className="door-hint">{t('door.noKeyStore')}</p>}
    </>
  );
}
