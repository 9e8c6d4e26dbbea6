/** Two records that look like one thing registered twice: who they are, and the way to see them side by side. */
import { Button } from 'antd';
import { Link, useNavigate } from 'react-router';
import type { Duplicate } from '../../core/desk.ts';
import { useDesk } from '../../core/hooks.ts';
import { comparePath, recordPath } from '../../kit/paths.ts';
import { useKit } from '../../kit/ports.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { showMoment } from '../times.ts';

export function DuplicateCard({ duplicate }: { readonly duplicate: Duplicate }) {
  const { t, say, language } = useTexts();
  const desk = useDesk();
  const navigate = useNavigate();
  const { areaName, personName } = useKit();
  const [one, other] = duplicate.records;
  const entity = desk.registry.entities.get(one.entity);
  if (!entity) return null;
  const names = duplicate.records.map(({ values }) => entity.title(values));
  const why = duplicate.recognitions.map(({ label }) => say(label)).join(language === 'zh' ? '；' : '; ');
  return (
    <article
      className="tray-card"
      aria-label={t('tray.twoRecords', { one: names[0] ?? '', other: names[1] ?? '' })}
    >
      <header>
        <h3>
          {names[0] === names[1]
            ? names[0]
            : t('tray.twoRecords', { one: names[0] ?? '', other: names[1] ?? '' })}
          <span className="home-sub">
            {say(entity.label)} · {why}
          </span>
        </h3>
        <Button onClick={() => void navigate(comparePath(one.id, other.id))}>{t('tray.compare')}</Button>
      </header>
      {duplicate.records.map(({ id, values, area, created }) => (
        <p key={id} className="home-sub">
          <Link to={recordPath(id)}>{entity.title(values)}</Link> · {areaName(area)} ·{' '}
          {t('tray.by', {
            who: personName(created.by) || t('common.person'),
            when: showMoment(created.at, desk.now(), language),
          })}
        </p>
      ))}
    </article>
  );
}
