/**
 * How much garbage a page may keep. V8 lets a heap grow to twice what is in use before it looks through it again, and once the desk is at
 * rest nothing makes it look: some seventy megabytes stayed after a large committee was opened. So it looks when a third has been added.
 * A switch for pages alone: the main process has its V8 already when it is set.
 */
const GROWTH = 30;

/** @see GROWTH per cent that a heap may grow by once V8 has looked through it */
export const GARBAGE = `--heap-growing-percent=${GROWTH}`;
