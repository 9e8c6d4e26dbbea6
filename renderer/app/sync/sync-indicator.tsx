/** Always in view: where my work is. Icon and words, never colour alone; opens the list of what is not at the district yet. */
import {
  AuditOutlined,
  CheckCircleOutlined,
  CloudUploadOutlined,
  DisconnectOutlined,
  ExclamationCircleOutlined,
  FieldTimeOutlined,
  HddOutlined,
  HourglassOutlined,
  PaperClipOutlined,
  ForkOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import { Popover } from 'antd';
import { useEffect, useState, type ComponentType } from 'react';
import { useDesk, useSync } from '../../core/hooks.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { PackagesDialog } from '../packages/packages-dialog.tsx';
import { SyncDetails } from './sync-details.tsx';
import './sync.css';
import { syncWords, type SyncPart } from './sync-words.ts';

const ICONS: Readonly<Record<SyncPart['kind'], ComponentType>> = {
  synced: CheckCircleOutlined,
  progress: SyncOutlined,
  offline: DisconnectOutlined,
  pending: CloudUploadOutlined,
  busy: HourglassOutlined,
  conflicts: ForkOutlined,
  attention: ExclamationCircleOutlined,
  stuck: ExclamationCircleOutlined,
  lease: FieldTimeOutlined,
  uploads: PaperClipOutlined,
  review: AuditOutlined,
  room: HddOutlined,
};

export function SyncIndicator() {
  const { t, language } = useTexts();
  const state = useSync();
  const desk = useDesk();
  const [isOpen, setIsOpen] = useState(false);
  const parts = syncWords(state, desk.now(), language);
  const [isByStick, setIsByStick] = useState(false);
  const toPackages = (): void => {
    setIsOpen(false);
    setIsByStick(true);
  };
  return (
    <>
      <Popover
        open={isOpen}
        onOpenChange={setIsOpen}
        trigger="click"
        placement="bottomRight"
        arrow={false}
        content={<SyncDetails state={state} onClose={() => setIsOpen(false)} onPackages={toPackages} />}
        destroyOnHidden
      >
        <button
          type="button"
          className="sync"
          aria-expanded={isOpen}
          onKeyDown={(event) => event.key === 'Escape' && setIsOpen(false)}
        >
          <span className="only-heard">{t('sync.title')}</span>
          {parts.map(({ kind, tone, key, values }) => {
            const Icon = ICONS[kind];
            return (
              <span key={kind} className="sync-part" data-tone={tone}>
                <Icon />
                <span>{t(key, values)}</span>
              </span>
            );
          })}
          <SyncHeard words={parts.map(({ key, values }) => t(key, values)).join('，')} />
        </button>
      </Popover>
      {isByStick && <PackagesDialog onClose={() => setIsByStick(false)} />}
    </>
  );
}

/** Spoken when it settles, not at every count of a download. */
function SyncHeard({ words }: { readonly words: string }) {
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words), 3000);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <span className="only-heard" role="status" aria-hidden={settled === ''}>
      {settled}
    </span>
  );
}
