/** Ports for districts and databases that are started to be tried out. */
import { createServer } from 'node:net';

/**
 * Below those that a system lends to outgoing connections (32 768 and up on Linux, 49 152 and up by RFC 6335 §6): one of these may be taken
 * between looking and listening, and now and then was.
 */
const FIRST = 20_000;
const LAST = 32_000;
const MOST_TRIES = 100;

/** A port of the loopback that nobody listens on at this moment; `wanted` if it is free. */
export async function freePort(wanted?: number): Promise<number> {
  if (wanted !== undefined && (await portOpens(wanted)) !== undefined) return wanted;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const port = await portOpens(FIRST + Math.floor(Math.random() * (LAST - FIRST)));
    if (port !== undefined) return port;
  }
  throw new Error(`no port is free between ${FIRST} and ${LAST}`);
}

export async function portOpens(port: number): Promise<number | undefined> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(undefined));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(port)));
  });
}
