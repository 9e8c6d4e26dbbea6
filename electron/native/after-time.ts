/** When something is done later: a port, so that a simulation decides itself when time passes. */
export type Later = (milliseconds: number, task: () => void) => () => void;

/** Keeps no process alive. @returns cancels */
export const afterTime: Later = (milliseconds, task) => {
  const timer = setTimeout(task, milliseconds).unref();
  return () => clearTimeout(timer);
};
