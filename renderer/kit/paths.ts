/** Where each screen lives. The only place that spells a route, so that a link and its page cannot drift apart. */
const part = encodeURIComponent;

export const homePath = '/';
export const trayPath = '/tray';
export const reviewPath = '/review';
/** One text that waits for review, to be put right in the reviewer's own name. */
export const takeOverPath = (operation: string): string => `/review/${part(operation)}`;
export const settingsPath = '/settings';
export const administrationPath = (page?: string): string =>
  page === undefined ? '/administration' : `/administration/${part(page)}`;
export const listPath = (entity: string): string => `/list/${part(entity)}`;
export const recordPath = (id: string): string => `/record/${part(id)}`;
export const editPath = (id: string): string => `/edit/${part(id)}`;
export const correctPath = (operation: string): string => `/correct/${part(operation)}`;
/** Two records side by side. */
export const comparePath = (one: string, other: string): string => `/compare/${part(one)}/${part(other)}`;
export const printPath = (id: string, document: string): string => `/print/${part(id)}/${part(document)}`;

/** A new record whose `field` already points to the record with the id `to`. */
export interface Prefill {
  readonly field: string;
  readonly to: string;
}

export function newPath(entity: string, prefill?: Prefill): string {
  const query = prefill ? `?${new URLSearchParams({ field: prefill.field, to: prefill.to }).toString()}` : '';
  return `/new/${part(entity)}${query}`;
}

export function prefillOf(search: string): Prefill | undefined {
  const query = new URLSearchParams(search);
  const field = query.get('field');
  const to = query.get('to');
  return field !== null && to !== null ? { field, to } : undefined;
}
