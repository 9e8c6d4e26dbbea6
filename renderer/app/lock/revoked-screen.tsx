/** The administrator has revoked this computer: what it holds goes to the district first, then its keys are destroyed. */
import { useTexts } from '../../texts/use-texts.ts';
import { DoorFrame } from '../door/door-frame.tsx';
import { WaitingLine } from './waiting-line.tsx';

interface RevokedScreenProps {
  readonly appVersion: string;
  readonly onEnrol: () => void;
}

export function RevokedScreen({ appVersion, onEnrol }: RevokedScreenProps) {
  const { t } = useTexts();
  return (
    <DoorFrame
      title={t('door.revokedTitle')}
      lead={t('door.revokedLead')}
      footer={<WaitingLine appVersion={appVersion} isRevoked />}
    >
      <div className="door-form">
        <p className="door-note">{t('door.revokedHint')}</p>
        <div className="door-links">
          <button className="door-link" type="button" onClick={onEnrol}>
            {t('door.revokedAgain')}
          </button>
        </div>
      </div>
    </DoorFrame>
  );
}
