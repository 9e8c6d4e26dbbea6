/** The left side: my day, what the registry puts here, what waits for me, settings. Alt+1…9 goes by this order. */
import { AuditOutlined, HomeOutlined, InboxOutlined, SettingOutlined, TeamOutlined } from '@ant-design/icons';
import { useMemo, type ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useDesk, useSync } from '../../core/hooks.ts';
import {
  administrationPath,
  homePath,
  listPath,
  reviewPath,
  settingsPath,
  trayPath,
} from '../../kit/paths.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useMe } from '../use-me.ts';
import { mayAdminister, maySupervise } from './rights.ts';
import { useEntities } from './use-entities.ts';

export interface NavigationItem {
  readonly to: string;
  readonly label: string;
  readonly mark: ReactNode;
  readonly count?: number;
}

export function useNavigationItems(): readonly NavigationItem[] {
  const { t, say, language } = useTexts();
  const { registry } = useDesk();
  const me = useMe();
  const entities = useEntities();
  const { conflicts, attention, toReview = 0 } = useSync();
  return useMemo(
    () => [
      { to: homePath, label: t('frame.home'), mark: <HomeOutlined /> },
      ...entities.map((entity) => ({
        to: listPath(entity.name),
        label: say(entity.label),
        // A seal with the first character: residents know 调 and 训 at a glance, and no module has to draw an icon.
        mark: (
          <span className="frame-seal">
            {[...say(entity.label)][language === 'zh' ? sealAt(say(entity.label)) : 0]}
          </span>
        ),
      })),
      { to: trayPath, label: t('frame.tray'), mark: <InboxOutlined />, count: conflicts + attention },
      ...(toReview > 0 || maySupervise(registry, me)
        ? [{ to: reviewPath, label: t('review.title'), mark: <AuditOutlined />, count: toReview }]
        : []),
      ...(mayAdminister(registry, me)
        ? [{ to: administrationPath(), label: t('frame.administration'), mark: <TeamOutlined /> }]
        : []),
      { to: settingsPath, label: t('frame.settings'), mark: <SettingOutlined /> },
    ],
    [t, say, language, registry, me, entities, conflicts, attention, toReview],
  );
}

/** 人民调解 is known by 调, not by 人: words of four characters carry their meaning in the second half. */
const sealAt = (label: string): number => ([...label].length === 4 ? 2 : 0);

export function Navigation({ items }: { readonly items: readonly NavigationItem[] }) {
  const { t } = useTexts();
  return (
    <nav className="frame-nav" aria-label={t('frame.navigation')}>
      {items.map(({ to, label, mark, count = 0 }) => (
        <NavLink
          key={to}
          title={label}
          to={to}
          end={to === homePath}
          className={to === settingsPath ? 'frame-link frame-last' : 'frame-link'}
        >
          <span className="frame-mark" aria-hidden="true">
            {mark}
          </span>
          <span className="frame-label">{label}</span>
          {count > 0 && <span className="frame-count">{count}</span>}
        </NavLink>
      ))}
    </nav>
  );
}
