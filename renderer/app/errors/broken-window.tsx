import { useTexts } from '../../texts/use-texts.ts';
import { DoorFrame } from '../door/door-frame.tsx';

interface BrokenWindowProps {
  readonly reference: string;
  readonly onAgain: () => void;
}

/** For a fault around the pages, where frame and UI library cannot be relied on: never a white window. */
export function BrokenWindow({ reference, onAgain }: BrokenWindowProps) {
  const { t } = useTexts();
  return (
    <DoorFrame title={t('errors.windowTitle')} lead={t('errors.windowLead')}>
      <div className="door-form">
        <p className="door-problem" role="alert">
          {t('errors.reference', { reference })}
        </p>
        <button className="door-submit" type="button" onClick={onAgain}>
          {t('errors.again')}
        </button>
      </div>
    </DoorFrame>
  );
}
