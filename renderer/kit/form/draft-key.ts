/** Under which name a form's unfinished text is kept: one draft a form, so a crash offers exactly what was being written. */
export const newKey = (entity: string, prefilledFrom?: string): string =>
  prefilledFrom === undefined ? `new/${entity}` : `new/${entity}/${prefilledFrom}`;
export const editKey = (record: string): string => `edit/${record}`;
export const stepKey = (record: string, to: string): string => `step/${record}/${to}`;
export const entryKey = (record: string, field: string): string => `entry/${record}/${field}`;
export const correctKey = (operation: string): string => `correct/${operation}`;
