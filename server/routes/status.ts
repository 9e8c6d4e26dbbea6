/** Whether the district can serve (the database answers), and what an administrator should know. */
import type { StatusResponse } from '../../shared/protocol/status.ts';
import { OLDEST_PROTOCOL, PROTOCOL } from '../../shared/protocol/version.ts';
import type { District } from '../district.ts';

export async function status(
  district: District,
  { now, listening }: { readonly now: number; readonly listening: number },
): Promise<StatusResponse> {
  const { seq, durable, district: id } = await district.head();
  return {
    district: id,
    protocols: { oldest: OLDEST_PROTOCOL, newest: PROTOCOL },
    head: seq,
    durable,
    serverTime: new Date(now).toISOString(),
    listening,
    // Until a backup sets the durable mark, desks keep every operation in their journals (sync.md S2).
    warnings: durable < seq ? ['no-backup'] : [],
  };
}
