import { Button } from 'antd';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { WITHDRAWAL } from '../../../shared/core/play.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { useDesk } from '../../core/hooks.ts';
import { recordPath } from '../../kit/paths.ts';
import { useKit } from '../../kit/ports.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { showMoment } from '../times.ts';
import { settleWithdrawal } from './settle.ts';
import { useRun } from './use-run.ts';

/** Somebody withdrew what somebody else was still changing. */
export function WithdrawalCard({ record }: { readonly record: RecordState }) {
  const { t, say, language } = useTexts();
  const desk = useDesk();
  const { personName } = useKit();
  const { isBusy, run } = useRun();
  const opened = useMemo(() => desk.open(record.id), [desk, record]);
  const entity = desk.registry.entities.get(record.entity);
  const writer = record.conflicts?.[WITHDRAWAL]?.rivals[0]?.writer;
  if (!entity || !writer) return null;
  const choose = (choice: 'restore' | 'withdraw'): void =>
    void run(settleWithdrawal(record, choice), opened, 'tray.settled');
  return (
    <article className="tray-card" aria-label={`${entity.title(record.values)} · ${t('tray.withdrawal')}`}>
      <header>
        <h3>
          <Link to={recordPath(record.id)}>{entity.title(record.values)}</Link>
          <span className="home-sub">
            {say(entity.label)} · {t('tray.withdrawal')}
          </span>
        </h3>
      </header>
      <p>
        {t('tray.withdrawalLead', { who: personName(writer.by) || t('common.person') })}
        <span className="home-sub"> {showMoment(writer.at, desk.now(), language)}</span>
      </p>
      <div className="tray-actions">
        <Button disabled={isBusy} onClick={() => choose('restore')}>
          {t('tray.restore')}
        </Button>
        <Button danger disabled={isBusy} onClick={() => choose('withdraw')}>
          {t('tray.withdraw')}
        </Button>
      </div>
    </article>
  );
}
