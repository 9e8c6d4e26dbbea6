import { App, Modal } from 'antd';
import { useState } from 'react';
import { useFocusBack } from '../../kit/layout/use-focus-back.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useBridge } from '../bridge-context.ts';
import { DoorForm } from '../door/door-form.tsx';
import { NewSecretFields, useNewSecret } from '../door/new-secret.tsx';
import { SecretField } from '../door/secret-field.tsx';
import { useAsking } from '../door/use-asking.ts';

interface PinDialogProps {
  readonly keyStore: boolean;
  readonly onClose: () => void;
}

export function PinDialog({ keyStore, onClose }: PinDialogProps) {
  useFocusBack();
  const { t } = useTexts();
  const bridge = useBridge();
  const { message } = App.useApp();
  const [old, setOld] = useState('');
  const fresh = useNewSecret(keyStore);
  const { isBusy, problem, setProblem, wait } = useAsking();
  const change = async (): Promise<void> => {
    if (old === '') return setProblem('settings.needOld');
    if (fresh.problem) return setProblem(fresh.problem);
    const changed = await wait(bridge.ask('door.changePassphrase', { old, passphrase: fresh.secret }));
    if (!changed) return;
    void message.success(t('settings.pinChanged'));
    onClose();
  };
  return (
    <Modal open title={t('settings.pinTitle')} footer={null} onCancel={onClose} width="min(34rem, 94vw)">
      <DoorForm
        problem={problem}
        isBusy={isBusy}
        submit="settings.pinChange"
        busy="settings.changing"
        onSubmit={change}
      >
        <SecretField label={t('settings.pinOld')} value={old} onChange={setOld} digits={keyStore} focus />
        <NewSecretFields {...fresh} />
      </DoorForm>
    </Modal>
  );
}
