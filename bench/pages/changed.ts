/** Written into the records that change at the district. */
export const CHANGED = '双方当天已达成一致。';
