import type { ReactNode } from 'react';
import type { Tone } from '../../../shared/core/field/choice.ts';

/** A word with a meaning: the colour only underlines what the word says. */
export const ToneTag = ({
  tone = 'plain',
  children,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
}) => <span className={`kit-tone kit-tone-${tone}`}>{children}</span>;
