import type { Session } from '../../../shared/bridge.ts';
import type { Desk } from '../../core/desk.ts';

/** Opens the engine for a session; the preview opens one in memory. `part` of the sealed records that is open, 0 to 1. */
export type OpenSession = (session: Session, onProgress: (part: number) => void) => Promise<Desk>;
