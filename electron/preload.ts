/** What the page sees of the main process: `ask` and `listen`, nothing else. The main process judges every request (bridge.ts). */
import { contextBridge, ipcRenderer } from 'electron';
import type { BridgeAnswer } from './bridge.ts';
import type { BridgeClient, BridgeEvent } from '../shared/bridge.ts';

const client = {
  ask: async (name: string, input?: unknown): Promise<unknown> => {
    const answer = (await ipcRenderer.invoke('linli', name, input)) as BridgeAnswer;
    if (answer.ok) return answer.value;
    throw new Error(answer.error);
  },
  listen: (listener: (event: BridgeEvent) => void): (() => void) => {
    const heard = (_: unknown, event: BridgeEvent) => listener(event);
    ipcRenderer.on('linli', heard);
    return () => void ipcRenderer.off('linli', heard);
  },
} as BridgeClient;

contextBridge.exposeInMainWorld('linli', client);
