/** Which screen stands at the door: first day, lock, the ways back, a further colleague, a revoked computer. */
import { useEffect, useState } from 'react';
import type { BridgeOutput, Session } from '../../../shared/bridge.ts';
import { useBridge } from '../bridge-context.ts';
import { EnrolScreen, type Occasion } from '../enrol/enrol-screen.tsx';
import { FileScreen } from '../enrol/file-screen.tsx';
import { ForgottenScreen } from '../lock/forgotten-screen.tsx';
import { LockScreen } from '../lock/lock-screen.tsx';
import { RevokedScreen } from '../lock/revoked-screen.tsx';
import { SheetScreen } from '../lock/sheet-screen.tsx';

type Door = BridgeOutput<'door.state'>;
type Place = 'revoked' | 'lock' | 'forgotten' | 'sheet' | 'files' | Occasion;

interface EntranceProps {
  readonly door: Door;
  readonly onOpened: (session: Session) => void;
}

export function Entrance({ door, onOpened }: EntranceProps) {
  const bridge = useBridge();
  const start = startOf(door);
  const [place, setPlace] = useState<Place>(start);
  const [before, setBefore] = useState<Occasion>('first');
  const [chosen, setChosen] = useState(door.people[0]?.id ?? '');
  const person = door.people.find(({ id }) => id === chosen);

  useEffect(() => {
    // What the main process waits for before it shows the window: any screen of the door will do.
    void bridge.ask('window.ready', { screen: start === 'first' ? 'enrol' : start });
  }, [bridge, start]);

  const toLock = (): void => setPlace(start);
  if (place === 'revoked')
    return <RevokedScreen appVersion={door.appVersion} onEnrol={() => setPlace('first')} />;
  if (place === 'lock')
    return (
      <LockScreen
        door={door}
        chosen={chosen}
        onChoose={setChosen}
        onUnlocked={onOpened}
        onAdd={() => setPlace('add')}
        onForgotten={() => setPlace('forgotten')}
      />
    );
  if (place === 'files')
    return <FileScreen door={door} onEnrolled={onOpened} onBack={() => setPlace(before)} />;
  if (place === 'forgotten' && person)
    return (
      <ForgottenScreen
        name={person.name}
        hasSheet={person.hasSheet}
        onCode={() => setPlace('back')}
        onSheet={() => setPlace('sheet')}
        onBack={toLock}
      />
    );
  if (place === 'sheet' && person)
    return (
      <SheetScreen door={door} person={person} onOpened={onOpened} onBack={() => setPlace('forgotten')} />
    );
  const occasion: Occasion = place === 'forgotten' || place === 'sheet' ? 'first' : place;
  return (
    <EnrolScreen
      key={occasion}
      door={door}
      occasion={occasion}
      onEnrolled={onOpened}
      onFiles={() => {
        setBefore(occasion);
        setPlace('files');
      }}
      onBack={occasion === 'back' ? () => setPlace('forgotten') : occasion === start ? undefined : toLock}
    />
  );
}

function startOf({ revoked, secretLost, keysDamaged, enrolled, people }: Door): Place {
  if (revoked) return 'revoked';
  if (keysDamaged) return 'damaged';
  if (secretLost) return 'lost';
  return enrolled && people.length > 0 ? 'lock' : 'first';
}
