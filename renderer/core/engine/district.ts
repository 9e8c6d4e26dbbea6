/**
 * The district as the engine speaks to it: every answer is parsed, and whatever is not an answer of a district (a login portal's
 * page, a body cut short, silence) becomes a problem with a name. Nothing here throws, nothing here knows a record.
 */
import type { z } from 'zod';
import { carriedError, FILED, type CarriedError } from '../../../shared/bridge.ts';
import {
  errorResponse,
  handshakeResponse,
  historyResponse,
  pullResponse,
  type ErrorResponse,
  type HandshakeResponse,
  type HistoryResponse,
  type PullRequest,
  type PullResponse,
} from '../../../shared/protocol/messages.ts';
import { trailResponse, type TrailResponse } from '../../../shared/protocol/trail.ts';
import {
  reviewResponse,
  reviewWordsResponse,
  type ReviewResponse,
  type ReviewWordsResponse,
} from '../../../shared/protocol/review.ts';
import {
  recoveredResponse,
  type RecoveredRequest,
  type RecoveredResponse,
} from '../../../shared/protocol/recovered.ts';
import { PROTOCOL } from '../../../shared/protocol/version.ts';
import { ok, refuse, type Result } from '../../../shared/core/result.ts';
import type { SyncState } from '../desk.ts';
import type { Answer, Fetch, Timers } from '../ports.ts';
import { recordTextsIn } from './record-texts.ts';

export type Trouble = NonNullable<SyncState['problem']> | 'epoch';

/** A handshake, and whether it came in a file: then so do keys and pages behind it, and nothing of it is news of now. */
export interface Greeting {
  readonly said: Result<HandshakeResponse, Trouble>;
  /** Serial of the file. */
  readonly filed: number | undefined;
}

/** A page, and the records' own bytes where they may be kept as they came. */
export interface PulledPage extends PullResponse {
  /** Undefined for those that must be written out anew. */
  readonly texts: readonly (Uint8Array | undefined)[];
}

export interface District {
  readonly handshake: () => Promise<Greeting>;
  readonly pull: (request: PullRequest) => Promise<Result<PulledPage, Trouble>>;
  readonly history: (record: string) => Promise<Result<HistoryResponse, Trouble>>;
  readonly checkTrail: (record: string) => Promise<Result<TrailResponse, Trouble>>;
  readonly recovered: (request: RecoveredRequest) => Promise<Result<RecoveredResponse, Trouble>>;
  readonly review: () => Promise<Result<ReviewResponse, Trouble>>;
  readonly reviewWords: (operations: readonly string[]) => Promise<Result<ReviewWordsResponse, Trouble>>;
}

interface Reaching {
  readonly fetch: Fetch;
  readonly timers: Timers;
  readonly app: string;
}

/** The main process sees the line and gives up in time; this is for a main process that does not answer. */
const PATIENCE = 20 * 60_000;

const TROUBLE_OF_ERROR: Partial<Record<ErrorResponse['error'], Trouble>> = {
  unauthorised: 'access',
  forbidden: 'access',
  revoked: 'revoked',
  quarantined: 'quarantined',
  'wrong-district': 'other-district',
  'wrong-epoch': 'epoch',
  'unsupported-protocol': 'newer-protocol',
};

/** Everything else is a line without an answer. */
const TROUBLE_OF_CARRYING: Partial<Record<CarriedError, Trouble>> = {
  'not-the-district': 'not-the-district',
  'other-district': 'other-district',
  'too-large': 'server',
  'stale-file': 'stale-file',
};

export function createDistrict({ fetch, timers, app }: Reaching): District {
  async function greeted<T>(path: string, schema: z.ZodType<T>, body?: unknown): Promise<Said<T>> {
    const stop = new AbortController();
    const cancel = timers.later(PATIENCE, () => stop.abort());
    try {
      const response = await fetch(path, {
        signal: stop.signal,
        ...(body !== undefined && {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      });
      const filed = response.headers?.get(FILED) ?? undefined;
      const { text, bytes } = await bodyOf(response);
      return {
        said: answerIn(response.status, text, schema),
        bytes,
        filed: filed === undefined ? undefined : Number(filed),
      };
    } catch {
      return { said: refuse('network'), bytes: undefined, filed: undefined };
    } finally {
      cancel();
    }
  }
  const ask = async <T>(path: string, schema: z.ZodType<T>, body?: unknown): Promise<Result<T, Trouble>> =>
    (await greeted(path, schema, body)).said;
  return {
    handshake: () => greeted('/api/handshake', handshakeResponse, { protocol: PROTOCOL, app }),
    pull: async (request) => {
      const { said, bytes } = await greeted('/api/pull', pullResponse, request);
      if (!said.ok) return said;
      const texts = bytes ? recordTextsIn(bytes) : [];
      return ok({ ...said.value, texts: texts.length === said.value.records.length ? texts : [] });
    },
    history: (record) => ask(`/api/history/${encodeURIComponent(record)}`, historyResponse),
    checkTrail: (record) => ask(`/api/history/${encodeURIComponent(record)}/check`, trailResponse),
    recovered: (request) => ask('/api/recovered', recoveredResponse, request),
    review: () => ask('/api/review', reviewResponse, {}),
    reviewWords: (operations) => ask('/api/review/words', reviewWordsResponse, { operations }),
  };
}

interface Said<T> {
  readonly said: Result<T, Trouble>;
  /** What was read; undefined where that was no UTF-8 throughout. */
  readonly bytes: Uint8Array | undefined;
  readonly filed: number | undefined;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** As `Response.text()` reads it, which puts a sign in the place of what is no UTF-8. */
async function bodyOf(response: Answer): Promise<{ readonly text: string; readonly bytes?: Uint8Array }> {
  const bytes = response.arrayBuffer
    ? new Uint8Array(await response.arrayBuffer())
    : encoder.encode(await response.text());
  try {
    return { text: decoder.decode(bytes), bytes };
  } catch {
    return { text: new TextDecoder().decode(bytes) };
  }
}

function answerIn<T>(status: number, text: string, schema: z.ZodType<T>): Result<T, Trouble> {
  const json = jsonIn(text);
  // A body cut short is the line's fault; a page for people comes from somebody else than the district.
  if (json === undefined)
    return refuse(text.trimStart().startsWith('<') && status < 500 ? 'not-the-district' : 'network');
  if (status === 200) {
    const parsed = schema.safeParse(json);
    return parsed.success ? ok(parsed.data) : refuse('not-the-district');
  }
  const carried = carriedError.safeParse(json);
  if (carried.success) return refuse(TROUBLE_OF_CARRYING[carried.data.error] ?? 'network');
  const error = errorResponse.safeParse(json);
  if (error.success)
    return refuse(
      TROUBLE_OF_ERROR[error.data.error] ?? (status >= 502 && status <= 504 ? 'network' : 'server'),
    );
  return refuse(status >= 500 ? 'network' : 'not-the-district');
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
