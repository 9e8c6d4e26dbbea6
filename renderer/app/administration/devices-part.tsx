import { App, Button, Table } from 'antd';
import { useDesk } from '../../core/hooks.ts';
import { timeAgo } from '../../kit/value/time-words.ts';
import { ToneTag } from '../../kit/value/tone-tag.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { PartFrame } from './part-frame.tsx';
import type { KnownDevice } from './people-list.ts';
import { useAsked, useCarry } from './use-administration.ts';

export function DevicesPart() {
  const { t, language } = useTexts();
  const desk = useDesk();
  const asked = useAsked('devices.list');
  const seen = ({ seenAt }: KnownDevice): string =>
    seenAt === null ? t('administration.devices.never') : timeAgo(seenAt, desk.now(), language);
  return (
    <PartFrame asked={asked} lead={t('administration.devices.lead')}>
      <Table<KnownDevice>
        rowKey="id"
        size="middle"
        dataSource={[...(asked.value?.devices ?? [])].sort(bySeen)}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: t('administration.devices.none') }}
        columns={[
          {
            title: t('administration.devices.label'),
            width: '11rem',
            render: (_, device) => (
              <span className="kit-row">
                <b>{device.label}</b>
                <Standing device={device} />
              </span>
            ),
          },
          {
            title: t('administration.devices.people'),
            className: 'administration-wide',
            render: (_, { people }) => people.map(({ name }) => name).join(language === 'zh' ? '、' : ', '),
          },
          { title: t('administration.devices.seen'), width: '11rem', render: (_, device) => seen(device) },
          { title: t('administration.devices.version'), width: '6rem', render: (_, { app }) => app ?? '—' },
          {
            title: t('administration.devices.pending'),
            width: '6rem',
            align: 'end',
            render: (_, { pending }) => pending ?? '—',
          },
          {
            title: t('administration.action'),
            width: '11rem',
            render: (_, device) => <DeviceActions device={device} onChanged={asked.askAgain} />,
          },
        ]}
      />
    </PartFrame>
  );
}

/** What waits for the administrator first, then the latest contact; what is revoked goes down. */
function bySeen(one: KnownDevice, other: KnownDevice): number {
  const rank = ({ quarantined, revoked }: KnownDevice): number => (revoked ? 2 : quarantined ? 0 : 1);
  return rank(one) - rank(other) || (other.seenAt ?? '').localeCompare(one.seenAt ?? '');
}

function Standing({ device }: { readonly device: KnownDevice }) {
  const { t } = useTexts();
  if (device.revoked) return <ToneTag tone="plain">{t('administration.devices.revoked')}</ToneTag>;
  if (device.quarantined) return <ToneTag tone="danger">{t('administration.devices.quarantined')}</ToneTag>;
  return null;
}

interface DeviceActionsProps {
  readonly device: KnownDevice;
  readonly onChanged: () => void;
}

function DeviceActions({ device, onChanged }: DeviceActionsProps) {
  const { t } = useTexts();
  const { message, modal } = App.useApp();
  const carry = useCarry();
  const { id, label, revoked, quarantined } = device;
  const carryOut = async (command: 'device.revoke' | 'device.release', said: string): Promise<void> => {
    if (!(await carry(command, { device: id }))) return;
    void message.success(said);
    onChanged();
  };
  const askRevoke = (): void => {
    void modal.confirm({
      title: t('administration.devices.revokeAsk', { device: label }),
      content: t('administration.devices.revokeHint'),
      okText: t('administration.devices.revoke'),
      okButtonProps: { danger: true },
      // A second Enter of somebody in a hurry must not do it.
      focusable: { autoFocusButton: 'cancel' },
      onOk: () => carryOut('device.revoke', t('administration.devices.revokedDone', { device: label })),
    });
  };
  const askRelease = (): void => {
    void modal.confirm({
      title: t('administration.devices.releaseAsk', { device: label }),
      content: t('administration.devices.releaseHint'),
      okText: t('administration.devices.release'),
      onOk: () => carryOut('device.release', t('administration.devices.releasedDone', { device: label })),
    });
  };
  if (revoked) return null;
  return (
    <span className="kit-row">
      {quarantined && (
        <Button size="small" type="primary" ghost onClick={askRelease}>
          {t('administration.devices.release')}
        </Button>
      )}
      <Button
        size="small"
        danger
        aria-label={t('administration.devices.revokeOf', { device: label })}
        onClick={askRevoke}
      >
        {t('administration.devices.revoke')}
      </Button>
    </span>
  );
}
