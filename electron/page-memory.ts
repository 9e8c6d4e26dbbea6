/**
 * How much garbage a page may keep. V8 lets a heap grow to twice what is in use before it looks through it again, and once the desk is at
 * rest nothing makes it look: some seventy megabytes stayed after a large committee was opened. It looks when a third has been added.
 */
import { app } from 'electron';

/** Per cent that a page's heap may grow by after V8 has looked through it. */
const GROWTH = 30;

/** Before the app is ready. Of pages alone: this process has its V8 already. */
export function limitGarbage(): void {
  app.commandLine.appendSwitch('js-flags', `--heap-growing-percent=${GROWTH}`);
}
