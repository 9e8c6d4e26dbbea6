import type { DistrictError } from '../district-error.ts';

/** An expected failure as Fastify's error handler gets it. */
export const failureOf = (error: DistrictError): Error =>
  Object.assign(new Error(error.error), { district: error.error });
