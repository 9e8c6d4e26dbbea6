/**
 * Forms hand over their last words when the page goes away. The page is asked away only when these lie on the disk; one that hangs waits
 * no longer than the main process would.
 */
import type { BridgeClient } from '../../../shared/bridge.ts';
import type { Desk } from '../../core/desk.ts';

const PATIENCE = 3000;

export async function lockNow(desk: Pick<Desk, 'kept'>, bridge: BridgeClient): Promise<void> {
  window.dispatchEvent(new Event('pagehide'));
  const late = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE));
  await Promise.race([desk.kept().catch(() => undefined), late]);
  await bridge.ask('door.lock');
}
