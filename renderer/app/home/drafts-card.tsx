import { Link } from 'react-router';
import { inLanguage } from '../../../shared/core/label.ts';
import type { Draft } from '../../core/desk.ts';
import { useDesk } from '../../core/hooks.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { draftPath, draftTitle } from '../search/drafts.ts';
import { showMoment } from '../times.ts';
import { HomeCard } from './home-card.tsx';
import { More } from './more.tsx';

export function DraftsCard({ drafts }: { readonly drafts: readonly Draft[] }) {
  const { t, language } = useTexts();
  const desk = useDesk();
  return (
    <HomeCard title={t('home.drafts')} count={drafts.length}>
      <More items={drafts} first={3}>
        {(draft) => {
          const entity = desk.registry.entities.get(draft.entity);
          const label = entity ? inLanguage(entity.label, language) : draft.entity;
          return (
            <li className="home-row" key={draft.key}>
              <Link to={draftPath(draft)}>
                <span className="home-title">{draftTitle(draft, desk) || label}</span>
                <span className="home-sub">
                  {t(draft.record === undefined ? 'home.draftNew' : 'home.draftEdit', { entity: label })}
                </span>
              </Link>
              <span className="home-day">{showMoment(draft.savedAt, desk.now(), language)}</span>
            </li>
          );
        }}
      </More>
    </HomeCard>
  );
}
