/**
 * Requests of the frame's own pages to the district, beside the engine's: the account's password, administration. Whatever comes back
 * instead of an answer becomes a trouble with a sentence in the texts.
 */
import type { z } from 'zod';
import { carriedError } from '../../../shared/bridge.ts';
import { ok, refuse, type Result } from '../../../shared/core/result.ts';
import { errorResponse } from '../../../shared/protocol/messages.ts';

export type DistrictTrouble =
  | 'offline'
  | 'not-the-district'
  | 'forbidden'
  | 'password-wrong'
  | 'too-many-tries'
  | 'revoked'
  | 'quarantined'
  | 'newer-protocol'
  | 'server';

type Errors = z.infer<typeof errorResponse>['error'];

const TROUBLES: Partial<Record<Errors, DistrictTrouble>> = {
  forbidden: 'forbidden',
  unauthorised: 'forbidden',
  'password-wrong': 'password-wrong',
  'too-many-tries': 'too-many-tries',
  revoked: 'revoked',
  quarantined: 'quarantined',
  'unsupported-protocol': 'newer-protocol',
};

/** Milliseconds; a person waits in front of it. */
const PATIENCE = 30_000;

export type AskDistrict = <T>(
  path: string,
  body: unknown,
  schema: z.ZodType<T>,
) => Promise<Result<T, DistrictTrouble>>;

export const askDistrict: AskDistrict = async (path, body, schema) => {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
    return answerIn(response.status, await response.text(), schema);
  } catch {
    return refuse('offline');
  }
};

export function answerIn<T>(status: number, text: string, schema: z.ZodType<T>): Result<T, DistrictTrouble> {
  const json = jsonIn(text);
  if (status === 200) {
    const parsed = schema.safeParse(json);
    return parsed.success ? ok(parsed.data) : refuse('not-the-district');
  }
  const carried = carriedError.safeParse(json);
  if (carried.success)
    return refuse(carried.data.error.endsWith('-district') ? 'not-the-district' : 'offline');
  const error = errorResponse.safeParse(json);
  if (error.success) return refuse(TROUBLES[error.data.error] ?? 'server');
  return refuse(status >= 500 ? 'offline' : 'not-the-district');
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
