/** Whether the district is backed up, and what happened that an administrator should know of. */
import { Alert, Table } from 'antd';
import type { AdministrationOutput } from '../../../shared/protocol/administer.ts';
import { useDesk } from '../../core/hooks.ts';
import { useKit } from '../../kit/ports.tsx';
import { timeAgo } from '../../kit/value/time-words.ts';
import { useTexts, type TextKey } from '../../texts/use-texts.ts';
import { backupAge } from './backup-age.ts';
import { PartFrame } from './part-frame.tsx';
import { useAsked } from './use-administration.ts';
import { useDeviceName } from './use-device-name.ts';

type Notice = AdministrationOutput<'notices.list'>['notices'][number];

/** Notices that this build knows; another district may know more. */
const NOTICES: Readonly<Record<string, TextKey>> = {
  contentChanged: 'administration.notices.contentChanged',
  judgeFailed: 'administration.notices.judgeFailed',
  chainForked: 'administration.notices.chainForked',
  signatureForged: 'administration.notices.signatureForged',
  tokenReused: 'administration.notices.tokenReused',
  scopeLeft: 'administration.notices.scopeLeft',
  ledgerBehind: 'administration.notices.ledgerBehind',
  scopeDiffered: 'administration.notices.scopeDiffered',
  scopeDiffers: 'administration.notices.scopeDiffers',
  'recovery-sheet-used': 'administration.notices.sheetUsed',
  'key-store-lost': 'administration.notices.keyStoreLost',
  'keys-damaged': 'administration.notices.keysDamaged',
  'journal-damaged': 'administration.notices.journalDamaged',
};

export function HealthPart() {
  const { t, language } = useTexts();
  const desk = useDesk();
  const { personName } = useKit();
  const backup = useAsked('backup.state');
  const notices = useAsked('notices.list');
  const deviceName = useDeviceName();
  return (
    <div className="kit-stack">
      <PartFrame asked={backup} lead={t('administration.backup.lead')}>
        {backup.value && <Backup state={backup.value} />}
      </PartFrame>
      <PartFrame asked={notices} lead={t('administration.notices.lead')}>
        <Table<Notice>
          rowKey={({ at, code, device, person }) => [at, code, device, person].join(' ')}
          size="middle"
          dataSource={notices.value?.notices ?? []}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{ emptyText: t('administration.notices.none') }}
          columns={[
            {
              title: t('administration.notices.at'),
              width: '11rem',
              render: (_, { at }) => timeAgo(at, desk.now(), language),
            },
            {
              title: t('administration.notices.what'),
              className: 'administration-wide',
              render: (_, { code }) => (NOTICES[code] ? t(NOTICES[code]) : code),
            },
            {
              title: t('administration.notices.device'),
              width: '10rem',
              render: (_, { device }) => deviceName(device),
            },
            {
              title: t('administration.notices.person'),
              width: '8rem',
              render: (_, { person }) => (person === null ? '—' : personName(person) || t('common.person')),
            },
          ]}
        />
      </PartFrame>
    </div>
  );
}

function Backup({ state }: { readonly state: AdministrationOutput<'backup.state'> }) {
  const { t, language } = useTexts();
  const desk = useDesk();
  const { tone, key, days } = backupAge(state, desk.now());
  const time = state.at === null ? '' : timeAgo(state.at, desk.now(), language);
  return (
    <Alert
      type={tone}
      showIcon
      title={t(key, { days, time })}
      description={t(state.at === null ? 'administration.backup.all' : 'administration.backup.behind', {
        count: Math.max(0, state.head - state.durable),
      })}
    />
  );
}
