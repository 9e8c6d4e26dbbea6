/** What a measurement starts is ended at `exit`, which a signal alone does not cause: so servers and databases end with it, however it ends. */
export function endTogether(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
}
