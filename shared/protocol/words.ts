/** What nearly every message names, with its limits. */
import { z } from 'zod';

export const id = z.string().max(64);
export const sequence = z.number().int().min(0);
export const scope = z.string().max(200);
export const grant = z.object({ role: z.string().max(64), area: z.string().max(12) });
