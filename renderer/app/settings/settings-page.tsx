/** What a person may set for themselves, and what this computer is. Every choice takes effect at once. */
import { Button, Segmented, Select } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import type { BridgeOutput, Settings } from '../../../shared/bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Logo } from '../../theme/logo.tsx';
import { useBridge } from '../bridge-context.ts';
import { KeysList } from '../desk/keys-help.tsx';
import type { DeskWindowProps } from '../desk/window-props.ts';
import { PackagesDialog } from '../packages/packages-dialog.tsx';
import { Choice, Group } from './group.tsx';
import { SecretsGroup } from './secrets-group.tsx';
import '../home/home.css';
import './settings.css';

const SIZES: readonly Settings['textSize'][] = [100, 125, 150, 200];
const MINUTES = [1, 2, 3, 5, 10, 15] as const;

export function SettingsPage({
  session,
  door: atStart,
  settings,
  onSettings,
}: Omit<DeskWindowProps, 'desk'>) {
  const { t } = useTexts();
  const { door, askAgain } = useDoor(atStart);
  const change = (changes: Partial<Settings>): void => void onSettings(changes);
  return (
    <div className="settings">
      <h1>{t('settings.title')}</h1>
      <div className="settings-columns">
        <Group title={t('settings.look')}>
          <Choice label={t('settings.language')}>
            {(id) => (
              <Segmented<Settings['language']>
                aria-labelledby={id}
                value={settings.language}
                options={[
                  { value: 'zh', label: t('settings.zh') },
                  { value: 'en', label: t('settings.en') },
                ]}
                onChange={(language) => change({ language })}
              />
            )}
          </Choice>
          <Choice
            label={t('settings.textSize')}
            note={<p className="settings-sample">{t('settings.sample')}</p>}
          >
            {(id) => (
              <Segmented<Settings['textSize']>
                aria-labelledby={id}
                value={settings.textSize}
                options={SIZES.map((size) => ({ value: size, label: `${size}%` }))}
                onChange={(textSize) => change({ textSize })}
              />
            )}
          </Choice>
          <Choice label={t('settings.theme')}>
            {(id) => (
              <Segmented<Settings['theme']>
                aria-labelledby={id}
                value={settings.theme}
                options={[
                  { value: 'light', label: t('settings.light') },
                  { value: 'dark', label: t('settings.dark') },
                ]}
                onChange={(theme) => change({ theme })}
              />
            )}
          </Choice>
        </Group>
        <Group title={t('settings.private')}>
          <Choice label={t('settings.lockAfter')} note={<p className="home-sub">{t('settings.lockNote')}</p>}>
            {(id) => (
              <Select
                aria-labelledby={id}
                value={settings.lockAfter}
                options={[...new Set([...MINUTES, settings.lockAfter])]
                  .sort((one, other) => one - other)
                  .map((count) => ({ value: count, label: t('settings.minutes', { count }) }))}
                onChange={(lockAfter) => change({ lockAfter })}
              />
            )}
          </Choice>
        </Group>
        <SecretsGroup
          keyStore={door.keyStore}
          hasSheet={door.people.find(({ id }) => id === session.person.id)?.hasSheet ?? false}
          onSheet={askAgain}
        />
        <Group title={t('settings.computer')}>
          <Facts
            items={[
              [t('settings.person'), session.person.name],
              [t('settings.device'), session.device.label],
              [t('settings.district'), session.district.name],
              [t('settings.address'), door.district?.address ?? ''],
              [t('settings.people'), door.people.map(({ name }) => name).join('、')],
            ]}
          />
          <StickChoice />
        </Group>
        <Group title={t('settings.keys')}>
          <p className="home-sub">{t('settings.keysHint')}</p>
          <KeysList />
        </Group>
        <Group title={t('settings.about')}>
          <div className="settings-about">
            <Logo />
            <div>
              <p>
                {t('name')} · {t('door.version', { version: door.appVersion })}
              </p>
              <p className="home-sub">{t('settings.aboutText')}</p>
            </div>
          </div>
        </Group>
      </div>
    </div>
  );
}

function StickChoice() {
  const { t } = useTexts();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Choice label={t('packages.setting')} note={<p className="home-sub">{t('packages.settingNote')}</p>}>
      {(id) => (
        <>
          <Button aria-describedby={id} onClick={() => setIsOpen(true)}>
            {t('packages.open')}
          </Button>
          {isOpen && <PackagesDialog onClose={() => setIsOpen(false)} />}
        </>
      )}
    </Choice>
  );
}

/** As it is now: a first enrolment happened after the window asked, and a sheet may just have been made. */
function useDoor(atStart: BridgeOutput<'door.state'>) {
  const bridge = useBridge();
  const [door, setDoor] = useState(atStart);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    void bridge.ask('door.state').then((state) => {
      if (isCurrent) setDoor(state);
    });
    return () => {
      isCurrent = false;
    };
  }, [bridge, round]);
  const askAgain = useCallback(() => setRound((count) => count + 1), []);
  return { door, askAgain };
}

function Facts({ items }: { readonly items: readonly (readonly [string, string])[] }) {
  return (
    <dl className="settings-facts">
      {items.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value || '—'}</dd>
        </div>
      ))}
    </dl>
  );
}
