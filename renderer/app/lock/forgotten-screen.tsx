/** A forgotten PIN: two ways back, both without losing anything. */
import { useTexts } from '../../texts/use-texts.ts';
import { DoorFrame } from '../door/door-frame.tsx';

interface ForgottenScreenProps {
  readonly name: string;
  readonly hasSheet: boolean;
  readonly onCode: () => void;
  readonly onSheet: () => void;
  readonly onBack: () => void;
}

export function ForgottenScreen({ name, hasSheet, onCode, onSheet, onBack }: ForgottenScreenProps) {
  const { t } = useTexts();
  return (
    <DoorFrame title={t('door.forgotTitle')} lead={t('door.forgotLead', { name })}>
      <div className="door-form">
        <button className="door-way" type="button" autoFocus onClick={onCode}>
          <b>{t('door.forgotCode')}</b>
          <span>{t('door.forgotCodeHint')}</span>
        </button>
        {hasSheet ? (
          <button className="door-way" type="button" onClick={onSheet}>
            <b>{t('door.forgotSheet')}</b>
            <span>{t('door.forgotSheetHint')}</span>
          </button>
        ) : (
          <p className="door-hint">{t('door.forgotNoSheet')}</p>
        )}
        <div className="door-links">
          <button className="door-link" type="button" onClick={onBack}>
            ← {t('common.back')}
          </button>
        </div>
      </div>
    </DoorFrame>
  );
}
