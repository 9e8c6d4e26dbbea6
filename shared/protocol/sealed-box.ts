/**
 * Something sealed to a public key, for whoever holds the private one: `ephemeral point (65) ‖ iv (12) ‖ ciphertext ‖ tag (16)`, base64.
 * key = HKDF-SHA-256(ECDH P-256(ephemeral, receiver), salt empty, info = the purpose) ; AES-256-GCM with the purpose and what it is
 * bound to as associated data. Each purpose has a function of its own here, so that no box can be taken for another.
 */
export interface Purpose {
  /** HKDF's info. */
  readonly info: string;
  /** Associated data. */
  readonly data: string;
}

const purpose = (info: string, ...bound: readonly string[]): Purpose => ({
  info,
  data: [info, ...bound].join('|'),
});

/** A scope key of a device, to the district. */
export const escrowOf = (device: string, scope: string, key: string): Purpose =>
  purpose('linli/escrow/1', device, scope, key);
/** A scope key, from the district to a person at a device. */
export const deliveryOf = (device: string, person: string, scope: string, key: string): Purpose =>
  purpose('linli/scope-key/1', device, person, scope, key);
/** A person's user key on a device, to the district. */
export const userKeyEscrowOf = (device: string, person: string): Purpose =>
  purpose('linli/user-key-escrow/1', device, person);
/** It comes back, after a code of the administrator. */
export const userKeyReturnOf = (device: string, person: string): Purpose =>
  purpose('linli/user-key-return/1', device, person);
/** The answer to an enrolment by files; bound to the device key of the request. */
export const enrolmentAnswerOf = (deviceKey: string): Purpose =>
  purpose('linli/enrolment-answer/1', deviceKey);
/** What a package says for its device, to the district; bound to the package. */
export const packageOf = (device: string, packageId: string): Purpose =>
  purpose('linli/package/1', device, packageId);
/** What one person asks for by a package, to the district. */
export const packageAskOf = (device: string, person: string): Purpose =>
  purpose('linli/package-ask/1', device, person);
/** The answer to a package, to the device. */
export const answerForDeviceOf = (device: string, packageId: string, serial: number): Purpose =>
  purpose('linli/package-answer-device/1', device, packageId, String(serial));
/** The same, to a person at a device: without a page what comes before the pages. */
export const answerForPersonOf = (
  device: string,
  person: string,
  { id, serial, page }: { readonly id: string; readonly serial: number; readonly page?: number | undefined },
): Purpose =>
  purpose(
    'linli/package-answer-person/1',
    device,
    person,
    id,
    String(serial),
    page === undefined ? '' : String(page),
  );
