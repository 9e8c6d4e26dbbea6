/** Expected failures of a request, and the HTTP status that each has. */
import type { ErrorResponse } from '../shared/protocol/messages.ts';

export interface DistrictError {
  readonly error: ErrorResponse['error'];
}

export const STATUS: Readonly<Record<ErrorResponse['error'], number>> = {
  malformed: 400,
  unauthorised: 401,
  expired: 401,
  'bad-proof': 401,
  revoked: 401,
  forbidden: 403,
  'password-wrong': 403,
  'code-unknown': 403,
  'code-used': 403,
  'code-expired': 403,
  'not-found': 404,
  quarantined: 409,
  'wrong-district': 409,
  'wrong-epoch': 409,
  'other-content': 409,
  'too-large': 413,
  'unsupported-protocol': 426,
  'too-many-tries': 429,
  internal: 500,
  'disk-full': 507,
};

/** The same request may succeed later without anybody changing it. */
const RETRY: ReadonlySet<ErrorResponse['error']> = new Set([
  'too-many-tries',
  'internal',
  'disk-full',
  'other-content',
]);

export const errorBody = ({ error }: DistrictError, reference?: string): ErrorResponse => ({
  error,
  retry: RETRY.has(error),
  ...(reference !== undefined && { reference }),
});
