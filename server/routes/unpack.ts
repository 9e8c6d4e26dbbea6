/**
 * Request bodies may come gzipped. What they unpack to is limited, and so is the ratio: a few kilobytes must not become a gigabyte
 * before anybody has asked who sent them.
 */
import { PassThrough, pipeline, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { preParsingAsyncHookHandler } from 'fastify';
import { failureOf } from './failure.ts';

/** One push is at most 1 MiB of entries or one entry of the largest size; twice that, so that headers and JSON never decide. */
export const MAX_BODY = 2 * 1024 * 1024;
const MAX_RATIO = 100;
/** Small bodies may be as repetitive as they like. */
const FREE = 64 * 1024;

export const unpackBody: preParsingAsyncHookHandler = async (request, _reply, payload) => {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return payload;
  if (encoding !== 'gzip') throw failureOf({ error: 'malformed' });
  let packed = 0;
  let unpacked = 0;
  const weigh = new PassThrough();
  weigh.on('data', (chunk: Buffer) => (packed += chunk.length));
  const limit = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      unpacked += chunk.length;
      const isBomb = unpacked > MAX_BODY || (unpacked > FREE && unpacked > packed * MAX_RATIO);
      if (isBomb) done(failureOf({ error: 'too-large' }));
      else done(null, chunk);
    },
  });
  const unpackedBody = Object.assign(limit, { receivedEncodedLength: 0 });
  pipeline(weigh, createGunzip(), limit, (failure) => {
    if (failure && !('district' in failure)) limit.destroy(failureOf({ error: 'malformed' }));
  });
  // No part of the pipeline: that would end the line together with what could not be unpacked, and the answer with it.
  payload.pipe(weigh);
  payload.once('close', () => payload.readableEnded || weigh.destroy(failureOf({ error: 'malformed' })));
  weigh.once('close', () => payload.resume());
  // Fastify compares the declared length with what came over the wire.
  weigh.on('data', () => (unpackedBody.receivedEncodedLength = packed));
  return unpackedBody;
};
