/** How far a sample has come: each round of them has every stage, the open ones more often. */
const ORDER = [
  'registered',
  'accepted',
  'investigating',
  'mediating',
  'agreed',
  'performing',
  'followed_up',
  'archived',
] as const;

export type Ending = (typeof ORDER)[number] | 'rejected' | 'failed' | 'withdrawn' | 'refused';

/** Those that end without an agreement have been heard, like the agreed ones. */
export const howFar = (ending: Ending): number =>
  ORDER.indexOf(
    ending === 'rejected'
      ? 'registered'
      : ending === 'failed' || ending === 'withdrawn' || ending === 'refused'
        ? 'agreed'
        : ending,
  );

export const endings: readonly Ending[] = [
  'mediating',
  'followed_up',
  'accepted',
  'performing',
  'archived',
  'registered',
  'agreed',
  'failed',
  'investigating',
  'mediating',
  'archived',
  'performing',
  'rejected',
  'withdrawn',
  'archived',
  'refused',
  'followed_up',
];
