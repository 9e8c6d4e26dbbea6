/**
 * The picture in the page comes first: scripts that are there before it would run before it. A window that nobody sees is never drawn, so
 * nobody waits for that for ever.
 */
const LATEST_MS = 1000;

let isBegun = false;
function begin(): void {
  if (isBegun) return;
  isBegun = true;
  void import('./main.tsx');
}
// A frame is on its way when this is called, and drawn when the next task runs.
requestAnimationFrame(() => setTimeout(begin));
setTimeout(begin, LATEST_MS);
