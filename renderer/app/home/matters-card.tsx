import { Link } from 'react-router';
import { stagesOf } from '../../../shared/core/entity.ts';
import { inLanguage } from '../../../shared/core/label.ts';
import { useDesk } from '../../core/hooks.ts';
import { recordPath } from '../../kit/paths.ts';
import { StageTag } from '../../kit/value/stage-tag.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { showMoment } from '../times.ts';
import { HomeCard, Quiet } from './home-card.tsx';
import { More } from './more.tsx';
import type { TouchedItem } from './my-day.ts';

interface MattersCardProps {
  readonly kind: 'mine' | 'recent';
  readonly items: readonly TouchedItem[];
  /** The first download has not ended: an empty list means nothing yet. */
  readonly isArriving: boolean;
}

export function MattersCard({ kind, items, isArriving }: MattersCardProps) {
  const { t } = useTexts();
  const isMine = kind === 'mine';
  return (
    <HomeCard
      title={t(isMine ? 'home.mine' : 'home.recent')}
      {...(isMine && { count: items.length, hint: t('home.mineHint') })}
    >
      {items.length === 0 ? (
        <Quiet>{t(isArriving ? 'home.arrivingShort' : isMine ? 'home.noMine' : 'home.noRecent')}</Quiet>
      ) : (
        <More items={items} first={isMine ? 6 : 5}>
          {(item) => <MatterRow key={item.record.id} item={item} hasStage={isMine} />}
        </More>
      )}
    </HomeCard>
  );
}

function MatterRow({
  item: { entity, record, at },
  hasStage,
}: {
  readonly item: TouchedItem;
  readonly hasStage: boolean;
}) {
  const { language } = useTexts();
  const desk = useDesk();
  const stages = stagesOf(entity);
  return (
    <li className="home-row">
      <Link to={recordPath(record.id)}>
        <span className="home-title">{entity.title(record.values)}</span>
        <span className="home-sub">{inLanguage(entity.label, language)}</span>
      </Link>
      {hasStage && stages && entity.stageField !== undefined && (
        <StageTag field={stages} stage={String(record.values[entity.stageField])} />
      )}
      <span className="home-day">{showMoment(at, desk.now(), language)}</span>
    </li>
  );
}
