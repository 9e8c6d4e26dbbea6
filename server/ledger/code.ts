/** A code with which somebody comes in, as the district keeps it: never in clear. */
export interface Code {
  readonly hash: string;
  readonly person: string;
  /** A code that brings somebody back at this device; null for a new one, or for another person at a known one. */
  readonly device: string | null;
  /** UTC instant in ISO 8601. */
  readonly expiresAt: string;
  readonly usedAt: string | null;
  /** Digest of the request that used it: the same one gets the same answer again. */
  readonly usedBy: string | null;
  /** The device that came of it. */
  readonly became: string | null;
}
