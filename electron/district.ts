/**
 * One question to the district over HTTP, with limits: time for silence on the line, and for the whole; bytes of the answer after
 * unpacking. A slow line is no dead one: as long as something arrives, it may take long. No redirect is followed. Expected failures
 * are values.
 *
 * Invariant: an answer counts only when the district's own header names it; a login portal's page with status 200 does not.
 */
import * as http from 'node:http';
import * as https from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { DISTRICT, errorResponse, type ErrorResponse } from '../shared/protocol/messages.ts';
import { ok, refuse, type Result } from '../shared/core/result.ts';

export interface Question {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly mostBytes?: number;
  /** For the whole. */
  readonly timeoutMs?: number;
  /** For a line on which nothing moves. */
  readonly silenceMs?: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  /** It came in a file, not over a line. */
  readonly filed?: Filed;
}

/** What the main process has to know of an answer that came in a file. */
export interface Filed {
  readonly serial: number;
  /** The count of use at which it was asked for. */
  readonly used: number;
  /** Whether the user key went out with the question. */
  readonly userKey: boolean;
}

/** Where the district is, and who this computer is there; as the keys hold it. */
export interface DistrictContact {
  readonly address: string;
  readonly district: string;
  readonly device: string;
  /** The district's, raw point, base64: what it says about this computer for ever is signed. */
  readonly signingKey: string;
}

export type ContactProblem = 'network' | 'not-the-district' | 'other-district';

/** Why a question got no answer of the district's about itself. */
export type AskingProblem =
  | ContactProblem
  /** Nobody is in, or nothing is enrolled. */
  | 'locked'
  /** The district does not know this device, this person, or their signatures. */
  | 'access'
  | 'revoked'
  | 'quarantined'
  | 'newer-protocol'
  /** It answered what it should not. */
  | 'server';

export type Ask = (question: Question) => Promise<Result<Answer, 'network'>>;

const MiB = 1024 * 1024;
const WHOLE = 15 * 60_000;
const SILENCE = 30_000;
/** Bytes a second of the slowest line that is worth waiting for. */
const SLOWEST = 100;

/** What goes up moves out of sight once this computer's own buffers hold it: silence then is the time that it needs. */
export const silenceFor = (bytes: number, most: number): number =>
  Math.min(most, SILENCE + (bytes * 1000) / SLOWEST);
/** What is large is tried in halves rather than waited for. */
const MOST_SILENCE = 120_000;

const unpack = promisify(gunzip);

export const askDistrict: Ask = async ({
  method,
  url,
  headers = {},
  body,
  mostBytes = 64 * MiB,
  timeoutMs = WHOLE,
  silenceMs = silenceFor(body?.length ?? 0, MOST_SILENCE),
}) => {
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      const secure = url.startsWith('https:');
      const request = (secure ? https : http).request(url, {
        method,
        headers: {
          ...headers,
          'accept-encoding': 'gzip',
          ...(body && { 'content-length': String(body.length) }),
        },
        timeout: silenceMs,
        signal: AbortSignal.timeout(timeoutMs),
      });
      request.once('timeout', () => request.destroy(new Error('silent')));
      request.once('error', reject);
      request.once('response', (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > mostBytes) response.destroy(new Error('too large'));
          else chunks.push(chunk);
        });
        response.once('error', reject);
        // Comes last in any case; it matters where the line ended before the answer did.
        response.once('close', () => reject(new Error('cut short')));
        response.once('end', () => {
          const { statusCode: status = 0, headers: received } = response;
          resolve({ status, headers: received, body: Buffer.concat(chunks) });
        });
      });
      request.end(body);
    });
    if (answer.headers['content-encoding'] !== 'gzip') return ok(answer);
    return ok({ ...answer, body: await unpack(answer.body, { maxOutputLength: mostBytes }) });
  } catch {
    return refuse('network');
  }
};

/** Whether the answer comes from this district at all; undefined when it does. A proxy that finds no district behind it is a dead line. */
export function strangerIn(
  answer: Pick<Answer, 'headers' | 'status'>,
  district: string,
  isBytes = false,
): ContactProblem | undefined {
  const name = answer.headers[DISTRICT];
  if (typeof name !== 'string')
    return answer.status >= 502 && answer.status <= 504 ? 'network' : 'not-the-district';
  const isExpected = isBytes ? answer.headers['content-type'] === 'application/octet-stream' : isJson(answer);
  if (!isExpected) return 'not-the-district';
  return name === district ? undefined : 'other-district';
}

export const isJson = ({ headers }: Pick<Answer, 'headers'>): boolean =>
  /^application\/json\b/i.test(headers['content-type'] ?? '');

export function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  } catch {
    return undefined;
  }
}

export const errorOf = (answer: Answer): ErrorResponse | undefined =>
  errorResponse.safeParse(jsonOf(answer.body)).data;

const ABOUT_THE_DEVICE: Partial<Record<ErrorResponse['error'], AskingProblem>> = {
  revoked: 'revoked',
  quarantined: 'quarantined',
  'unsupported-protocol': 'newer-protocol',
  'wrong-district': 'other-district',
};

/** What an error answer says about this computer as a whole; undefined where it is about the question alone. */
export function problemIn(answer: Answer): AskingProblem | undefined {
  const error = errorOf(answer)?.error;
  return error && ABOUT_THE_DEVICE[error];
}
