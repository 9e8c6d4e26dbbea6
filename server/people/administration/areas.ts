/** Beside the server only: the first areas, before any desk is there that could register them. */
import { z } from 'zod';
import { newId } from '../../../shared/core/id.ts';
import { ok, refuse } from '../../../shared/core/result.ts';
import { done } from '../../../shared/protocol/administer.ts';
import { register } from './directory.ts';
import { AREA, DONE, type Carried, type Done, type Office } from './office.ts';

const name = z.string().trim().min(1).max(60);
export const newArea = z.object({ code: z.string().regex(AREA), name, shortName: name });
export const areaAdd = { input: newArea, output: done } as const;

const LEVELS: Readonly<Record<number, string>> = { 6: 'district', 9: 'subdistrict', 12: 'committee' };

export async function addArea(office: Office, area: z.infer<typeof newArea>): Carried<Done> {
  const { clock, random } = office.parts;
  const isListed = await register(office, {
    entity: 'area',
    record: newId('area', clock(), random),
    values: { ...area, level: LEVELS[area.code.length] },
    within: area.code,
  });
  return isListed ? ok(DONE) : refuse('directory-refused');
}
