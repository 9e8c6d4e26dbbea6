/**
 * The administrator's commands while the server runs (PGlite lets only one process in). Only for whoever can read the secret in the
 * data folder, and only over loopback.
 */
import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { hashOf } from '../people/codes.ts';
import { askingOf } from './asking.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

export function isBesideServer(request: FastifyRequest, secret: string | undefined): boolean {
  const { access: given } = askingOf(request);
  if (secret === undefined || given === undefined || !LOOPBACK.has(request.ip)) return false;
  return timingSafeEqual(Buffer.from(hashOf(given)), Buffer.from(hashOf(secret)));
}
