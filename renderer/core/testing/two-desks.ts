/** 周敏 and 陈国栋 at two desks of one committee, and what their tests do over and over. */
import type { RecordState } from '../../../shared/core/record.ts';
import type { Desk } from '../desk.ts';
import { AREA } from './small-registry.ts';
import { createWorld, type World, type WorldDesk } from './small-world.ts';

export const ZHOU = { id: 'person_00000000000000000000000001', name: '周敏' };
export const CHEN = { id: 'person_00000000000000000000000002', name: '陈国栋' };

export async function registerMatter(desk: Desk, subject: string): Promise<string> {
  const record = desk.newId('matter');
  const saved = await desk.run({ kind: 'create', entity: 'matter', record, area: AREA, values: { subject } });
  if (!saved.ok) throw new Error(saved.error.code);
  return record;
}

export const change = (
  desk: Desk,
  record: string,
  values: Record<string, unknown>,
  opened = desk.open(record),
) => desk.run({ kind: 'change', entity: 'matter', record, values }, { opened });

export const advance = (desk: Desk, record: string, to: string) =>
  desk.run({ kind: 'advance', entity: 'matter', record, to });

export const valuesOf = (desk: Desk, record: string): RecordState['values'] | undefined =>
  desk.get(record)?.record.values;

export async function twoDesks(): Promise<{ world: World; zhou: WorldDesk; chen: WorldDesk }> {
  const world = createWorld();
  return { world, zhou: await world.addDesk(ZHOU), chen: await world.addDesk(CHEN) };
}
