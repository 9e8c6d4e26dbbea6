/** Under which name a form's unfinished text is kept: one draft a form, so a crash offers exactly what was being written. */
import type { Prefill } from '../paths.ts';

export const newKey = (entity: string, prefill?: Prefill): string =>
  prefill === undefined ? `new/${entity}` : `new/${entity}/${prefill.field}/${prefill.to}`;

/** What the new record of such a draft belongs to, so that the draft's own form can be opened again. */
export function prefillOfKey(key: string): Prefill | undefined {
  const [kind, , field, to] = key.split('/');
  return kind === 'new' && field !== undefined && to !== undefined ? { field, to } : undefined;
}
export const editKey = (record: string): string => `edit/${record}`;
export const stepKey = (record: string, to: string): string => `step/${record}/${to}`;
export const entryKey = (record: string, field: string): string => `entry/${record}/${field}`;
export const correctKey = (operation: string): string => `correct/${operation}`;
