/** The protocol's number. A district speaks this one and the one before (sync.md S11). */
export const PROTOCOL = 1;
export const OLDEST_PROTOCOL = 1;
