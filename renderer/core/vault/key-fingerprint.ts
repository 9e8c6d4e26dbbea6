import { fingerprintOf } from '../../../shared/protocol/fingerprint.ts';
import { fromBase64 } from './base64.ts';

/** @param key a raw point, base64 */
export const keyFingerprint = async (key: string): Promise<string> =>
  fingerprintOf(new Uint8Array(await crypto.subtle.digest('SHA-256', fromBase64(key))));
