import type { ReactNode } from 'react';
import type { Tone } from '../../../shared/core/field/choice.ts';

/** A word with a meaning: the colour only underlines what the word says. */
export const ToneTag = ({
  tone = 'plain',
  children,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
}) => (
  // A narrow column may cut it; the whole of it is told all the same.
  <span className={`kit-tone kit-tone-${tone}`} {...(typeof children === 'string' && { title: children })}>
    {children}
  </span>
);
