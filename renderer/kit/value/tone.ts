import type { Tone } from '../../../shared/core/field/choice.ts';

/** Colour only for meaning; the words beside it always say the same. */
const colours = {
  plain: undefined,
  active: 'processing',
  care: 'warning',
  danger: 'error',
  done: 'success',
} as const;

export const toneColour = (tone: Tone = 'plain'): string | undefined => colours[tone];
