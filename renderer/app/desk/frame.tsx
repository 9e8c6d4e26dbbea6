/** What stays around every page: navigation, search, where my work is, who is signed in, and the lock. */
import { LockOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useDesk } from '../../core/hooks.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Logo } from '../../theme/logo.tsx';
import { useBridge } from '../bridge-context.ts';
import { BrokenPage } from '../errors/broken-page.tsx';
import { ErrorBoundary } from '../errors/error-boundary.tsx';
import { SearchBox } from '../search/search-box.tsx';
import { SyncIndicator } from '../sync/sync-indicator.tsx';
import { useLeftNotice } from '../sync/use-left-notice.ts';
import type { DeskWindowProps } from './window-props.ts';
import { DownloadLine } from './download-line.tsx';
import { LeaseLine } from './lease-line.tsx';
import { NewerLine } from './newer-line.tsx';
import { RoomLine } from './room-line.tsx';
import './frame.css';
import { KeysHelp } from './keys-help.tsx';
import { lockNow } from './lock-now.ts';
import { Navigation, useNavigationItems } from './navigation.tsx';
import { Pages } from './pages.tsx';
import { useKeys } from './use-keys.ts';

export function Frame(given: Omit<DeskWindowProps, 'desk'>) {
  const { t } = useTexts();
  const desk = useDesk();
  const bridge = useBridge();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const items = useNavigationItems();
  const search = useRef<HTMLInputElement>(null);
  const page = useRef<HTMLElement>(null);
  const [isHelping, setIsHelping] = useState(false);
  useLeftNotice();

  const lock = useCallback(() => void lockNow(desk, bridge), [desk, bridge]);
  const go = useCallback(
    (to: string) => {
      if (to === 'search') search.current?.focus();
      else if (to === 'keys') setIsHelping(true);
      else if (to.startsWith('/')) void navigate(to);
    },
    [navigate],
  );

  useKeys({ pages: items.map(({ to }) => to), go, lock });
  useEffect(() => bridge.listen((event) => event.kind === 'go' && go(event.to)), [bridge, go]);
  useEffect(() => {
    page.current?.scrollTo({ top: 0 });
  }, [pathname]);

  return (
    <div className="frame">
      <a
        className="frame-skip"
        href="#page"
        onClick={(event) => {
          event.preventDefault();
          page.current?.focus();
        }}
      >
        {t('frame.skip')}
      </a>
      <header className="frame-head">
        <div className="frame-brand">
          <Logo size="1.875rem" />
          <span>{t('name')}</span>
        </div>
        <SearchBox inputRef={search} onLock={lock} />
        <div className="frame-tools">
          <SyncIndicator />
          <span className="frame-person" title={t('frame.signedIn', { name: desk.me.name })}>
            <span className="frame-face" aria-hidden="true">
              {[...desk.me.name][0]}
            </span>
            {desk.me.name}
          </span>
          <Button icon={<LockOutlined />} onClick={lock} title={t('frame.lockHint')}>
            {t('frame.lock')}
          </Button>
        </div>
      </header>
      <Navigation items={items} />
      <main className="frame-page" id="page" ref={page} tabIndex={-1}>
        <DownloadLine />
        <LeaseLine />
        <NewerLine />
        <RoomLine />
        <ErrorBoundary
          place={pathname}
          broken={(reference, again) => <BrokenPage reference={reference} onAgain={again} />}
        >
          <Pages {...given} />
        </ErrorBoundary>
      </main>
      <KeysHelp isOpen={isHelping} onClose={() => setIsHelping(false)} />
    </div>
  );
}
