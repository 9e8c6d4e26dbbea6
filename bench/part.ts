import type { Options } from './options.ts';
import type { Figure } from './report.ts';

/**
 * One part of the benchmarks.
 *
 * @param emit a figure that stands
 */
export type Part = (options: Options, emit: (figure: Figure) => void) => Promise<void>;
