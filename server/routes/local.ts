/**
 * Whoever sits at the district's own machine: the administrator's commands while the server runs (PGlite lets only one process in), and
 * the page for administrators. Only over loopback, and only for whoever can read the secret in the data folder; a browser asks for it
 * as a password (HTTP Basic), under any name.
 */
import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { hashOf } from '../people/codes.ts';
import { askingOf } from './asking.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const BASIC = /^Basic ([A-Za-z0-9+/]{1,1000}={0,2})$/;
/** A page of somebody else could have its name point here. */
const OWN_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

export function isBesideServer(request: FastifyRequest, secret: string | undefined): boolean {
  const { access: given = passwordOf(request) } = askingOf(request);
  if (secret === undefined || given === undefined || !LOOPBACK.has(request.ip)) return false;
  return timingSafeEqual(Buffer.from(hashOf(given)), Buffer.from(hashOf(secret)));
}

/** The browser adds the password by itself: only to what our own page asks. */
export function isOwnPage({ headers }: FastifyRequest): boolean {
  const { host = '', origin } = headers;
  const site = headers['sec-fetch-site'];
  return (
    OWN_HOST.test(host) &&
    (origin === undefined || origin === `http://${host}`) &&
    (site === undefined || site === 'same-origin' || site === 'none')
  );
}

function passwordOf({ headers }: FastifyRequest): string | undefined {
  const [, encoded] = BASIC.exec(headers.authorization ?? '') ?? [];
  return encoded === undefined
    ? undefined
    : Buffer.from(encoded, 'base64').toString('utf8').split(':').slice(1).join(':');
}
