/**
 * What devices and people sign, as text. A request is signed with the device's key over everything that decides about it, so a token
 * that was copied serves nobody (the idea of RFC 9449), and a request cannot be sent twice: the district remembers a token's nonces.
 *
 * Header `x-linli-proof: <nonce>.<signature>`; the token is the one in `authorization`.
 */
export const PROOF = 'x-linli-proof';

export interface SignedRequest {
  readonly method: string;
  /** Without a query: `/api/push`. */
  readonly path: string;
  readonly token: string;
  readonly nonce: string;
  /** SHA-256 of the body as it is before any compression, base64url; of nothing for a GET. */
  readonly bodyHash: string;
}

export const requestText = ({ method, path, token, nonce, bodyHash }: SignedRequest): string =>
  ['linli/request/1', method, path, token, nonce, bodyHash].join('\n');

/** Signed with the person's signing key: this person sits at the device that sends the request with this nonce. */
export const personText = (device: string, person: string, nonce: string): string =>
  ['linli/person/1', device, person, nonce].join('\n');

/** Signed twice at an enrolment, with the new device's key and with the person's: whoever enrols holds both. */
export const enrolText = (given: {
  readonly code: string;
  readonly device?: string | undefined;
  readonly deviceKey: string;
  readonly signingKey: string;
  readonly exchangeKey: string;
  readonly nonce: string;
}): string =>
  [
    'linli/enrol/2',
    given.code,
    given.device ?? '',
    given.deviceKey,
    given.signingKey,
    given.exchangeKey,
    given.nonce,
  ].join('\n');

/** Signed with the district's signing key: this device is revoked, for ever. */
export const revokedText = (device: string): string => `linli/revoked/1\n${device}`;

/** Signed with the district's signing key: the answer to one push, so that none is invented and none is an old one. */
export const verdictsText = (given: {
  readonly device: string;
  /** SHA-256 of the push's body, as in its proof. */
  readonly bodyHash: string;
  readonly epoch: string;
  readonly restoredHead?: number | undefined;
  readonly expects?: number | undefined;
  readonly previous?: string | undefined;
  /** SHA-256 of the verdicts' JSON as it stands in the answer, base64url. */
  readonly verdicts: string;
}): string =>
  [
    'linli/verdicts/2',
    given.device,
    given.bodyHash,
    given.epoch,
    given.restoredHead ?? '',
    given.expects ?? '',
    given.previous ?? '',
    given.verdicts,
  ].join('\n');

/** Signed with the district's signing key. */
export const enrolmentAnswerText = (bodyHash: string): string => `linli/enrolment-answer/1\n${bodyHash}`;

/** Signed with the device's key: everything in front of a package's end. */
export const packageText = (hashOfLines: string): string => `linli/package/1\n${hashOfLines}`;

/** Signed with the person's signing key: what they ask for by a package of this device. */
export const packageAskText = (device: string, person: string, hashOfBox: string): string =>
  ['linli/package-ask/1', device, person, hashOfBox].join('\n');

/** Signed with the district's signing key: everything in front of an answer's end. */
export const packageAnswerText = (hashOfLines: string): string => `linli/package-answer/1\n${hashOfLines}`;
