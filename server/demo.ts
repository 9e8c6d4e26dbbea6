/**
 * The demo district: the town's people and some months of work, all of it judged like any push. Runs once, into an empty ledger.
 */
import { sampleFiles } from '../shared/core/attachment/sample-files.ts';
import { shanghaiDay } from '../shared/core/calendar/day.ts';
import type { Operation } from '../shared/core/operation.ts';
import { demoOperations } from '../shared/testing/demo.ts';
import { town } from '../shared/testing/town.ts';
import { sealFile } from './attachments/file-seal.ts';
import type { District } from './district.ts';

export const DEMO_SIZE = { residents: 3000, mediations: 60, trainingEvents: 20 } as const;
export const DEMO_NAME = town.areas.xuhui.name;
/** Whose one-time codes the demo prints. */
export const DEMO_CODES = [town.people.zhouMin.id, town.people.chenGuodong.id] as const;

const BATCH = 500;

export interface Seeded {
  readonly operations: number;
  /** Operations that were not confirmed; the demo's own test keeps this empty. */
  readonly failed: readonly string[];
}

export async function seedDemo(
  district: District,
  now: number,
  size: {
    readonly residents: number;
    readonly mediations: number;
    readonly trainingEvents: number;
  } = DEMO_SIZE,
): Promise<Seeded> {
  for (const { id, name, grants } of Object.values(town.people))
    await district.addPerson({ id, name, grants });
  for (const { attachment, content } of Object.values(sampleFiles))
    await district.keepFile(attachment.file, sealFile(Buffer.from(content, 'base64'), attachment.key));
  const { epoch } = await district.head();
  const failed: string[] = [];
  let operations = 0;
  const submit = async (batch: readonly Operation[]): Promise<void> => {
    operations += batch.length;
    for (const { id, verdict } of await district.submit(batch)) if (verdict !== 'confirmed') failed.push(id);
  };
  let batch: Operation[] = [];
  for (const operation of demoOperations({ today: shanghaiDay(now), epoch, ...size })) {
    batch.push(operation);
    if (batch.length < BATCH) continue;
    await submit(batch);
    batch = [];
  }
  if (batch.length > 0) await submit(batch);
  return { operations, failed };
}
