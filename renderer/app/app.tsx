/**
 * The window's outermost states: not enrolled → enrolment; locked → lock screen; unlocked → opening → desk. The door's screens are
 * light; engine, UI library and the desk's screens arrive by one dynamic import, fetched while the person types.
 */
import { useCallback, useEffect, useState } from 'react';
import type { BridgeClient, BridgeOutput, Session, Settings } from '../../shared/bridge.ts';
import { changeLanguage } from '../texts/i18n.ts';
import { showAppearance } from '../theme/appearance.ts';
import { BridgeProvider } from './bridge-context.ts';
import { Entrance } from './door/entrance.tsx';
import type { OpenSession } from './opening/open-session.ts';
import { OpeningScreen } from './opening/opening-screen.tsx';

interface AppProps {
  readonly bridge: BridgeClient;
  readonly door: BridgeOutput<'door.state'>;
  /** Present where the window was loaded again while unlocked. */
  readonly session: Session | undefined;
  readonly openSession: OpenSession;
}

export function App({ bridge, door, session: unlocked, openSession }: AppProps) {
  const [session, setSession] = useState(unlocked);
  const [settings, setSettings] = useState(door.settings);

  useEffect(
    () =>
      bridge.listen((event) => {
        // Keys are being destroyed: nothing of what this page holds may stay in memory. The door says the rest.
        if (event.kind === 'revoked') location.reload();
      }),
    [bridge],
  );

  const change = useCallback(
    async (changes: Partial<Settings>) => {
      const changed = await bridge.ask('settings.change', changes);
      showAppearance(changed);
      await changeLanguage(changed.language);
      setSettings(changed);
    },
    [bridge],
  );

  return (
    <BridgeProvider value={bridge}>
      {!session && <Entrance door={door} onOpened={setSession} />}
      {session && (
        <OpeningScreen
          door={door}
          session={session}
          openSession={openSession}
          settings={settings}
          onSettings={change}
        />
      )}
    </BridgeProvider>
  );
}
