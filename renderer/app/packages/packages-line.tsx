/** One line of the sync details for a desk that goes by stick: what is out and not answered, or when the last answer came. */
import { useDesk } from '../../core/hooks.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { showMoment } from '../times.ts';
import { usePackages } from './use-packages.ts';

export function PackagesLine() {
  const { t, language } = useTexts();
  const desk = useDesk();
  const { exported, answered } = usePackages() ?? {};
  const moment = (instant: string): string => showMoment(instant, desk.now(), language);
  return (
    <>
      {exported && !exported.isAnswered && (
        <p className="sync-quiet">
          {t('packages.state.exported', { time: moment(exported.at), count: exported.entries })}
        </p>
      )}
      {answered && (
        <p className="sync-quiet">{t('packages.state.answered', { time: moment(answered.at) })}</p>
      )}
    </>
  );
}
