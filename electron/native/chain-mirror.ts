/**
 * `journal/chain.json`: how far each chain of this computer has come, beside the journal. A journal that lost its end goes on behind the
 * numbers that it gave out, instead of giving them out twice. It follows the journal at leisure and holds no append up.
 */
import * as nodeFiles from 'node:fs/promises';
import { z } from 'zod';
import { hash } from '../../shared/protocol/encoding.ts';
import { inOrder } from '../../shared/core/in-order.ts';
import { afterTime, type Later } from './after-time.ts';
import { replaceFile, type FileDisk } from './atomic-file.ts';
import type { ChainEnd } from './journal-chain.ts';

export const endsSchema = z.array(z.object({ device: z.string(), number: z.number().int().min(1), hash }));
export type EndLine = z.infer<typeof endsSchema>[number];

/** Nothing where the file is missing or damaged: then the journal's own lines count. */
export async function readChainMirror(path: string, disk: FileDisk = nodeFiles): Promise<readonly EndLine[]> {
  try {
    return endsSchema.parse(JSON.parse(await disk.readFile(path, 'utf8')));
  } catch {
    return [];
  }
}

/** Appends that follow each other closely share a writing, ms. */
const TOGETHER = 250;

export interface Mirroring {
  readonly disk?: FileDisk;
  readonly later?: Later;
}

export function createChainMirror(
  path: string,
  ends: () => ReadonlyMap<string, ChainEnd>,
  { disk = nodeFiles, later = afterTime }: Mirroring = {},
) {
  const turn = inOrder();
  let written = '';
  let cancel: (() => void) | undefined;

  async function write(): Promise<void> {
    cancel?.();
    cancel = undefined;
    const text = JSON.stringify([...ends()].map(([device, end]) => ({ device, ...end })));
    if (text === written) return;
    await replaceFile(path, text, disk);
    written = text;
  }
  /** One that fails is made good by the next. */
  const settled = (): Promise<void> => turn(write).catch(() => undefined);

  return {
    follow(): void {
      cancel ??= later(TOGETHER, () => void settled());
    },
    settled,
  };
}
