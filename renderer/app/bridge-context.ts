/** The main process for the frame's own screens. The kit and the modules never see it: what they need comes through KitPorts. */
import { createContext, useContext } from 'react';
import type { BridgeClient } from '../../shared/bridge.ts';

const BridgeContext = createContext<BridgeClient | undefined>(undefined);
export const BridgeProvider = BridgeContext.Provider;

export function useBridge(): BridgeClient {
  const bridge = useContext(BridgeContext);
  if (!bridge) throw new Error('no bridge is around this screen');
  return bridge;
}
