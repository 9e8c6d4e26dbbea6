/** What this computer still has to bring to the district, for everybody who uses it; pushed on while the desk is locked. */
import { useEffect, useState } from 'react';
import type { BridgeOutput } from '../../../shared/bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useBridge } from '../bridge-context.ts';

type Carrier = Pick<BridgeOutput<'carrier.state'>, 'online' | 'pending'>;

interface WaitingLineProps {
  readonly appVersion: string;
  /** Nobody opens this computer any more: without the district it only waits, and only for what it still holds. */
  readonly isRevoked?: boolean;
}

export function WaitingLine({ appVersion, isRevoked = false }: WaitingLineProps) {
  const { t } = useTexts();
  const bridge = useBridge();
  const [carrier, setCarrier] = useState<Carrier>();

  useEffect(() => {
    let isCurrent = true;
    void bridge.ask('carrier.state').then((state) => {
      if (isCurrent) setCarrier(state);
    });
    const stop = bridge.listen((event) => {
      if (event.kind === 'carrier') setCarrier(event);
    });
    return () => {
      isCurrent = false;
      stop();
    };
  }, [bridge]);

  return (
    <>
      {carrier && (
        <p role="status">
          <span aria-hidden="true">{carrier.pending > 0 ? '↑' : '✓'}</span>
          {carrier.pending > 0 ? t('door.waiting', { count: carrier.pending }) : t('door.allSent')}
        </p>
      )}
      {carrier && !carrier.online && (!isRevoked || carrier.pending > 0) && (
        <p>
          <span aria-hidden="true">○</span>
          {t(isRevoked ? 'door.offlineRevoked' : 'door.offline')}
        </p>
      )}
      <p className="door-version">{t('door.version', { version: appVersion })}</p>
    </>
  );
}
