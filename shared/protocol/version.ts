/**
 * The protocol's number. A district speaks this one and the one before (sync.md S11); number 1 had neither keys nor signatures and was
 * never in the field, so it is not spoken any more.
 */
export const PROTOCOL = 2;
export const OLDEST_PROTOCOL = 2;
