/**
 * The protocol's number. A district speaks this one and the one before (sync.md S11): 3 adds scope hashes, and what its desks report and
 * ask beyond that; a desk of 2 neither sends nor reads any of it.
 */
export const PROTOCOL = 3;
export const OLDEST_PROTOCOL = 2;
