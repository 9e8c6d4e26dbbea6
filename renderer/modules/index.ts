/** Screens by hand, by the name of their entity: one line each. Everything else is drawn by the kit from the declarations. */
import type { Screens } from '../kit/ports.tsx';
import { Attendance } from './training/attendance.tsx';

/** For the page of administration. */
export { AreaImport } from './directory/area-import.tsx';

export const screens: Screens = {
  trainingEvent: { panels: [Attendance], covers: ['participation'] },
};
