import { CheckCircleOutlined, ClockCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { HistoryItem, Standing } from '../../core/desk.ts';
import { useDesk, useHistory } from '../../core/hooks.ts';
import { Card } from '../layout/card.tsx';
import { useKit } from '../ports.tsx';
import { exactTime, timeAgo } from '../value/time-words.ts';
import { useWords } from '../words.ts';
import { historyWords } from './history-words.ts';
import { TrailCheck } from './trail-check.tsx';

const FIRST = 8;

/** Who did what and when, and how far each step has travelled. */
export function HistoryCard({ entity, record }: { readonly entity: AnyEntity; readonly record: string }) {
  const { t } = useWords();
  const items = useHistory(record);
  const [isWhole, setWhole] = useState(false);
  const latest = [...items].reverse();
  const shown = isWhole ? latest : latest.slice(0, FIRST);
  return (
    <Card title={t('history.title')}>
      {items.length === 0 ? (
        <p className="kit-muted">{t('history.empty')}</p>
      ) : (
        <ol className="kit-entries">
          {shown.map((item) => (
            <Line
              key={item.operation.id}
              item={item}
              entity={entity}
              isOfOther={item.operation.record !== record}
            />
          ))}
        </ol>
      )}
      {latest.length > shown.length && (
        <Button type="link" size="small" onClick={() => setWhole(true)}>
          {t('history.more')}
        </Button>
      )}
      {items.length > 0 && <TrailCheck record={record} />}
    </Card>
  );
}

interface LineProps {
  readonly item: HistoryItem;
  readonly entity: AnyEntity;
  /** About the record that was merged into this one. */
  readonly isOfOther: boolean;
}

function Line({ item, entity, isOfOther }: LineProps) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const kit = useKit();
  const { title, lines } = historyWords(item.operation, entity, { ...words, ...kit });
  return (
    <li className={`kit-entry ${item.standing === 'confirmed' ? 'kit-entry-plain' : ''}`.trim()}>
      <div>
        {isOfOther && <span className="kit-muted">{t('history.ofOther')}</span>}
        {title}
      </div>
      {lines.length > 0 && (
        <div className="kit-muted kit-small">
          {lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
      <div className="kit-muted kit-small" title={exactTime(item.operation.at)}>
        {kit.personName(item.operation.author)} · {timeAgo(item.operation.at, desk.now(), words.language)}
        {item.reviewedBy !== undefined &&
          ` · ${words.t('history.reviewedBy', { who: kit.personName(item.reviewedBy) })}`}
      </div>
      <StandingWords standing={item.standing} />
    </li>
  );
}

const icons = {
  pending: <ClockCircleOutlined aria-hidden />,
  confirmed: <CheckCircleOutlined aria-hidden />,
  refused: <ExclamationCircleOutlined aria-hidden />,
  held: <ExclamationCircleOutlined aria-hidden />,
} as const;

const colours = {
  pending: 'var(--kit-care)',
  confirmed: 'var(--kit-muted)',
  refused: 'var(--kit-danger)',
  held: 'var(--kit-care)',
} as const;

/** 已保存在本机, 已送达区里, 被退回: icon and words, never colour alone. */
export function StandingWords({ standing }: { readonly standing: Standing }) {
  const { t } = useWords();
  return (
    <span className="kit-small" style={{ color: colours[standing] }}>
      {icons[standing]} {t(`history.${standing}`)}
    </span>
  );
}
