/** The account's password at the district: asked for beside a code when somebody comes back. It opens nothing on this computer. */
import { App, Modal } from 'antd';
import { useState } from 'react';
import { passwordRequest, passwordResponse } from '../../../shared/protocol/messages.ts';
import { useFocusBack } from '../../kit/layout/use-focus-back.ts';
import { useTexts, type TextKey } from '../../texts/use-texts.ts';
import { askDistrict } from '../district/ask-district.ts';
import { DoorForm } from '../door/door-form.tsx';
import { SecretField } from '../door/secret-field.tsx';

export function PasswordDialog({ onClose }: { readonly onClose: () => void }) {
  useFocusBack();
  const { t } = useTexts();
  const { message } = App.useApp();
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<TextKey>();
  const [isBusy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    const request = { password, ...(old !== '' && { old }) };
    if (!passwordRequest.safeParse(request).success) return setProblem('settings.passwordShort');
    if (password !== again) return setProblem('door.again');
    setProblem(undefined);
    setBusy(true);
    const answer = await askDistrict('/api/password', request, passwordResponse);
    setBusy(false);
    if (!answer.ok) return setProblem(`district.${answer.error}`);
    void message.success(t('settings.passwordChanged'));
    onClose();
  };
  return (
    <Modal open title={t('settings.password')} footer={null} onCancel={onClose} width="min(34rem, 94vw)">
      <DoorForm
        problem={problem}
        isBusy={isBusy}
        submit="settings.passwordSave"
        busy="settings.changing"
        onSubmit={save}
      >
        <p>{t('settings.passwordLead')}</p>
        <SecretField
          label={t('settings.passwordOld')}
          hint={t('settings.passwordOldHint')}
          value={old}
          onChange={setOld}
          focus
        />
        <div className="door-pair">
          <SecretField
            label={t('settings.passwordNew')}
            hint={t('settings.passwordNewHint')}
            value={password}
            onChange={setPassword}
            isNew
          />
          <SecretField label={t('settings.passwordAgain')} value={again} onChange={setAgain} isNew />
        </div>
      </DoorForm>
    </Modal>
  );
}
