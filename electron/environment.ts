/** What the environment may say to the app: for the demo, for tests and for several desks on one machine. */
import type { RoomMarks } from './native/room.ts';

export interface Environment {
  /** LINLI_USER_DATA: the profile folder. */
  readonly userData?: string;
  /** LINLI_DEMO_ENROL: enrols by itself at the first start, then shows the lock screen. Read where it is used (demo-enrol.ts). */
  readonly demoEnrol?: string;
  /** LINLI_SCREENSHOT: a picture of the window is written there whenever a screen stands. */
  readonly screenshot?: string;
  /** LINLI_SAVE_DIRECTORY: files are saved there, and the newest one is opened, without asking. */
  readonly saveDirectory?: string;
  /** LINLI_ROOM: bytes of free disk below which people are told, and below which nothing new is registered: `1073741824,209715200`. */
  readonly room?: RoomMarks;
}

export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const { LINLI_USER_DATA, LINLI_DEMO_ENROL, LINLI_SCREENSHOT, LINLI_SAVE_DIRECTORY, LINLI_ROOM } = env;
  const [low = NaN, none = NaN] = (LINLI_ROOM ?? '').split(',').map(Number);
  return {
    ...(LINLI_USER_DATA && { userData: LINLI_USER_DATA }),
    ...(LINLI_DEMO_ENROL && { demoEnrol: LINLI_DEMO_ENROL }),
    ...(LINLI_SCREENSHOT && { screenshot: LINLI_SCREENSHOT }),
    ...(LINLI_SAVE_DIRECTORY && { saveDirectory: LINLI_SAVE_DIRECTORY }),
    ...(low >= none && { room: { low, none } }),
  };
}
