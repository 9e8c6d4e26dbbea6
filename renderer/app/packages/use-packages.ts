/** What has gone out and come back as files on this computer, as the main process knows it. */
import { useEffect, useState } from 'react';
import type { BridgeOutput } from '../../../shared/bridge.ts';
import { useSync } from '../../core/hooks.ts';
import { useBridge } from '../bridge-context.ts';

export type PackagesState = BridgeOutput<'packages.state'>;

export function usePackages(): PackagesState | undefined {
  const bridge = useBridge();
  const { pending } = useSync();
  const [state, setState] = useState<PackagesState>();
  const [round, setRound] = useState(0);
  useEffect(
    () => bridge.listen((event) => event.kind === 'packages' && setRound((count) => count + 1)),
    [bridge],
  );
  useEffect(() => {
    let isCurrent = true;
    bridge.ask('packages.state').then(
      (found) => isCurrent && setState(found),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [bridge, round, pending]);
  return state;
}
