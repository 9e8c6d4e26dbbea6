/** What the unlocked window gets from the door. */
import type { BridgeOutput, Session, Settings } from '../../../shared/bridge.ts';
import type { Desk } from '../../core/desk.ts';

export interface DeskWindowProps {
  readonly desk: Desk;
  readonly session: Session;
  readonly door: BridgeOutput<'door.state'>;
  readonly settings: Settings;
  readonly onSettings: (changes: Partial<Settings>) => Promise<void>;
}
