/** Rights in the small district. */
import type { Grant } from '../../../../shared/core/access.ts';
import { AREA, OTHER_AREA } from '../small-registry.ts';
import { WORKER } from '../small-world.ts';

export const WORKER_HERE = WORKER;
export const BOTH: readonly Grant[] = [...WORKER, { role: 'worker', area: OTHER_AREA }];
export const OTHER: readonly Grant[] = [{ role: 'worker', area: OTHER_AREA }];
/** Registers nothing, and answers for what the others do. */
export const SECRETARY_HERE: readonly Grant[] = [{ role: 'secretary', area: AREA }];
export const LEADER: readonly Grant[] = [...BOTH, ...SECRETARY_HERE, { role: 'secretary', area: OTHER_AREA }];
export const CARER_HERE: readonly Grant[] = [{ role: 'carer', area: AREA }];
