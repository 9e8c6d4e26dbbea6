/** Enter that only closes an input method's suggestion is nobody's wish to submit (keyCode 229 where isComposing is already over). */
import type { KeyboardEvent } from 'react';

export const isComposing = ({ nativeEvent }: KeyboardEvent): boolean =>
  nativeEvent.isComposing || nativeEvent.keyCode === 229;

export function keepCompositionFromSubmitting(event: KeyboardEvent): void {
  if (event.key === 'Enter' && isComposing(event)) event.preventDefault();
}
