/**
 * A screen for a machine that has none: an X server of our own, in memory, of the size that the desk is made for. It takes a free
 * number by itself, so several may run side by side.
 */
import { spawn } from 'node:child_process';

export interface Display {
  /** What programs need in their environment to draw there. */
  readonly env: Readonly<Record<string, string>>;
  /** False where the machine has a screen of its own. */
  readonly virtual: boolean;
  readonly isOpen: () => boolean;
  readonly stop: () => void;
}

export async function openDisplay(environment: NodeJS.ProcessEnv = process.env): Promise<Display> {
  const has = process.platform !== 'linux' || environment['DISPLAY'] || environment['WAYLAND_DISPLAY'];
  if (has) return { env: {}, virtual: false, isOpen: () => true, stop: () => {} };

  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1366x768x24', '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const number = await new Promise<string>((resolve, reject) => {
    const because = (reason: string): void =>
      reject(new Error(`Xvfb gave no screen (${reason}); is the package xvfb installed?`));
    server.once('error', ({ message }) => because(message));
    server.once('exit', (code) => because(`exit ${code}`));
    let said = '';
    // The number and the end of its line come apart, and a server that cannot say all of it dies.
    server.stdio[3]?.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.endsWith('\n')) resolve(said.trim());
    });
  });
  server.unref();
  // The pipe would keep this process alive.
  server.stdio[3]?.destroy();
  const stop = (): void => void server.kill();
  process.once('exit', stop);
  const isOpen = (): boolean => server.exitCode === null && server.signalCode === null;
  return { env: { DISPLAY: `:${number}` }, virtual: true, isOpen, stop };
}
