/** The district without HTTP, in this process: what many connections or large batches are judged and written at, on PostgreSQL or PGlite. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { openContext } from '../../server/context.ts';
import type { District } from '../../server/district.ts';
import { newId } from '../../shared/core/id.ts';
import type { Operation } from '../../shared/core/operation.ts';
import { settle } from '../load/town.ts';
import { workOf } from '../load/work.ts';
import { TODAY } from '../data.ts';

export interface LedgerHere {
  /** Operations of one desk, in its order; fresh ones each time. */
  readonly workOf: (desk: number, count: number) => readonly Operation[];
  readonly district: District;
  readonly close: () => Promise<void>;
}

export async function openLedger(desks: number, databaseUrl?: string): Promise<LedgerHere> {
  const folder = mkdtempSync(join(tmpdir(), 'linli-bench-'));
  const opened = await openContext({
    folder,
    databaseUrl,
    name: undefined,
    address: '',
    log: (line) => console.error(JSON.stringify(line)),
    isServing: true,
  });
  if (!opened.ok) throw new Error(opened.error.code);
  const { district, close } = opened.value;
  const colleagues = await settle(district, desks);
  const { epoch } = await district.head();
  let seed = 0;
  return {
    district,
    workOf: (desk, count) => {
      const colleague = colleagues[desk % colleagues.length];
      if (!colleague) throw new Error('nobody sits there');
      const device = newId('device', Date.now(), randomBytes);
      return workOf(count, { colleague, device, epoch, today: TODAY, seed: (seed += 1) });
    },
    close: async () => {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @returns operations a second that so many connections get through, each with so many in a push */
export async function pushed(
  { district, workOf: work }: LedgerHere,
  {
    connections,
    total,
    batch,
  }: { readonly connections: number; readonly total: number; readonly batch: number },
): Promise<number> {
  const each = Math.ceil(total / connections / batch) * batch;
  const all = Array.from({ length: connections }, (_, desk) => work(desk, each));
  const begun = performance.now();
  await Promise.all(
    all.map(async (operations) => {
      for (let at = 0; at < operations.length; at += batch) {
        const verdicts = await district.submit(operations.slice(at, at + batch));
        const other = verdicts.find(({ verdict }) => verdict !== 'confirmed');
        if (other) throw new Error(JSON.stringify(other));
      }
    }),
  );
  return (each * connections * 1000) / (performance.now() - begun);
}
