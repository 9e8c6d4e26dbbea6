import { useSync } from '../../core/hooks.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** Worth a line of its own only while much is still to come. */
const MUCH = 200;
/** 1 200 rather than 1200: a thin space, so that the two counts stay apart. */
const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, '\u2009');

export function DownloadLine() {
  const { t } = useTexts();
  const { progress } = useSync();
  if (!progress || progress.total < MUCH) return null;
  const { done, total } = progress;
  return (
    <div className="frame-download">
      <span>{t('frame.download', { done: grouped(done), total: grouped(total) })}</span>
      <progress value={done} max={total} aria-label={t('frame.download', { done, total })} />
      <span>{t('frame.downloadHint')}</span>
    </div>
  );
}
