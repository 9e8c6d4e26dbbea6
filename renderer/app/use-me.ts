/** Who works here, with the rights that the district gave last; keeps its identity until those change. */
import { useMemo } from 'react';
import type { Desk } from '../core/desk.ts';
import { useDesk, useTopic } from '../core/hooks.ts';

export function useMe(): Desk['me'] {
  const desk = useDesk();
  useTopic('sync');
  const known = JSON.stringify(desk.me);
  return useMemo(() => JSON.parse(known) as Desk['me'], [known]);
}
