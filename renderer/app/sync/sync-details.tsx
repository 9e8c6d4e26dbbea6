import { Button } from 'antd';
import { SyncOutlined, UsbOutlined, WarningOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import type { HistoryItem, SyncState } from '../../core/desk.ts';
import { useDesk, useUnconfirmed } from '../../core/hooks.ts';
import { showSize } from '../../kit/attachments/size-words.ts';
import { recordPath, trayPath } from '../../kit/paths.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { PackagesLine } from '../packages/packages-line.tsx';
import { showMoment } from '../times.ts';
import { operationWords } from './operation-words.ts';
import { clockAmount } from './sync-words.ts';

const MOST = 30;

interface SyncDetailsProps {
  readonly state: SyncState;
  readonly onClose: () => void;
  readonly onPackages: () => void;
}

export function SyncDetails({ state, onClose, onPackages }: SyncDetailsProps) {
  const { t, language } = useTexts();
  const desk = useDesk();
  const items = useUnconfirmed();
  const { lastSync, problem, pending, clockAhead, conflicts, attention, connection, uploads } = state;
  const hasPending = items.some(({ standing }) => standing === 'pending');
  const now = desk.now();
  const clock = clockAhead === undefined ? undefined : clockAmount(clockAhead);
  return (
    <div className="sync-details">
      <h2>{t('sync.title')}</h2>
      <p className="sync-quiet">
        {lastSync === undefined
          ? t('sync.neverSynced')
          : t(state.lastSyncBy === 'file' ? 'sync.lastSyncFile' : 'sync.lastSync', {
              time: showMoment(lastSync, now, language),
            })}
      </p>
      <PackagesLine />
      {connection !== 'online' && problem !== undefined && (
        <p className="sync-problem" data-tone="care">
          <WarningOutlined /> {t(`sync.problem.${problem}`)}
        </p>
      )}
      {state.fileProblem !== undefined && (
        <p className="sync-problem" data-tone="care">
          <WarningOutlined /> {t(`sync.problem.${state.fileProblem}`)}
        </p>
      )}
      {state.leaseOver && (
        <p className="sync-problem" data-tone="care">
          <WarningOutlined /> {t('sync.leaseOver')}
        </p>
      )}
      {clock && (
        <p className="sync-problem" data-tone="care">
          <WarningOutlined />{' '}
          {t((clockAhead ?? 0) > 0 ? 'sync.clockAhead' : 'sync.clockBehind', {
            amount: t(clock.key, clock.values),
          })}
        </p>
      )}
      {items.length === 0 ? (
        <p>{pending === 0 ? t('sync.allSent') : t('sync.pendingAll', { count: pending })}</p>
      ) : (
        <>
          <p>{t(hasPending ? 'sync.safe' : 'sync.sentBack')}</p>
          <ul className="sync-items">
            {items.slice(0, MOST).map((item) => (
              <Item key={item.operation.id} item={item} now={now} onOpen={onClose} />
            ))}
          </ul>
          {items.length > MOST && (
            <p className="sync-quiet">{t('sync.moreItems', { count: items.length - MOST })}</p>
          )}
        </>
      )}
      {uploads && (
        <p>
          {t('sync.uploadsLeft', {
            done: uploads.done,
            all: uploads.done + uploads.waiting,
            size: showSize(uploads.bytes),
          })}
        </p>
      )}
      <div className="sync-foot">
        <Button icon={<SyncOutlined />} onClick={() => desk.syncNow()}>
          {t('sync.syncNow')}
        </Button>
        {(connection !== 'online' || state.lastSyncBy === 'file') && (
          <Button icon={<UsbOutlined />} onClick={onPackages}>
            {t('packages.open')}
          </Button>
        )}
        {conflicts + attention > 0 && (
          <Link to={trayPath} onClick={onClose}>
            {t('sync.toTray')}
          </Link>
        )}
      </div>
    </div>
  );
}

interface ItemProps {
  readonly item: HistoryItem;
  readonly now: number;
  readonly onOpen: () => void;
}

function Item({ item: { operation, standing }, now, onOpen }: ItemProps) {
  const { t, language } = useTexts();
  const desk = useDesk();
  const { key, values, title } = operationWords(operation, desk, language);
  return (
    <li>
      <div>
        <Link to={recordPath(operation.record)} onClick={onOpen}>
          {t(key, values)}
          {title !== '' && ` · ${title}`}
        </Link>
        <span className="sync-quiet">{showMoment(operation.at, now, language)}</span>
      </div>
      <span className="sync-standing" data-standing={standing}>
        {t(`sync.standing.${standing}`)}
      </span>
    </li>
  );
}
