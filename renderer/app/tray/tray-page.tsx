/** 待处理: the one place where refused, held and conflicting work meets, with all texts. Nothing here is ever lost by looking away. */
import { InboxOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { TrayItem } from '../../core/desk.ts';
import { useTray } from '../../core/hooks.ts';
import { useTexts, type TextKey } from '../../texts/use-texts.ts';
import '../home/home.css';
import { ConflictCard } from './conflict-card.tsx';
import { DuplicateCard } from './duplicate-card.tsx';
import { RefusedCard } from './refused-card.tsx';
import './tray.css';
import { isWithdrawal } from './settle.ts';
import { WithdrawalCard } from './withdrawal-card.tsx';

export function TrayPage() {
  const { t } = useTexts();
  const items = useTray();
  return (
    <div className="tray">
      <header className="tray-head">
        <h1>{t('tray.title')}</h1>
        <p>{t('tray.lead')}</p>
      </header>
      {items.length === 0 && (
        <div className="tray-empty">
          <InboxOutlined aria-hidden="true" />
          <p>{t('tray.empty')}</p>
          <p>{t('tray.emptyHint')}</p>
        </div>
      )}
      <Group items={items} kind="conflict" title="tray.conflicts" />
      <Group items={items} kind="refused" title="tray.refused" />
      <Group items={items} kind="held" title="tray.held" />
      <Group items={items} kind="duplicate" title="tray.duplicates" />
    </div>
  );
}

/** More at once than anybody reads; the next ones come up as these are dealt with. */
const MOST = 50;

interface GroupProps {
  readonly items: readonly TrayItem[];
  readonly kind: TrayItem['kind'];
  readonly title: TextKey;
}

function Group({ items, kind, title }: GroupProps): ReactNode {
  const { t } = useTexts();
  const mine = items.filter((item) => item.kind === kind);
  if (mine.length === 0) return null;
  return (
    <section className="tray-group">
      <h2>
        {t(title)} <span className="home-count">{mine.length}</span>
      </h2>
      {mine.slice(0, MOST).map((item) => {
        if (item.kind === 'duplicate') {
          const { duplicate } = item;
          return (
            <DuplicateCard key={duplicate.records.map(({ id }) => id).join(' ')} duplicate={duplicate} />
          );
        }
        if (item.kind !== 'conflict') return <RefusedCard key={item.operation.id} item={item} />;
        const key = `${item.record.id} ${item.field}`;
        return isWithdrawal(item.field) ? (
          <WithdrawalCard key={key} record={item.record} />
        ) : (
          <ConflictCard key={key} record={item.record} field={item.field} />
        );
      })}
      {mine.length > MOST && (
        <p className="home-sub">{t('tray.furtherOnes', { count: mine.length - MOST })}</p>
      )}
    </section>
  );
}
