/**
 * What a person wrote to last, kept as records change: the first page asks after every change, and does not look through a hundred
 * thousand records again for it.
 */
import { touchedIn, type Line } from '../store/lines.ts';

export interface Touch {
  readonly id: string;
  readonly at: string;
}

export interface Touches {
  /** A record's line is another one; none while it is not in force. */
  readonly moved: (id: string, now: Line | undefined) => void;
  /** The latest first. */
  readonly latest: (person: string, few: number) => readonly Touch[];
}

interface Kept {
  readonly few: number;
  latest: readonly Touch[];
}

const isBefore = (one: Touch, other: Touch): boolean =>
  one.at > other.at || (one.at === other.at && one.id < other.id);

function inserted(latest: readonly Touch[], one: Touch, few: number): readonly Touch[] {
  const place = latest.findIndex((other) => isBefore(one, other));
  if (place < 0) return latest.length < few ? [...latest, one] : latest;
  return [...latest.slice(0, place), one, ...latest.slice(place)].slice(0, few);
}

/** @param inForce every record in force, looked through once for a person */
export function createTouches(inForce: () => Iterable<readonly [string, Line]>): Touches {
  const kept = new Map<string, Kept>();

  function look(person: string, few: number): Kept {
    let latest: readonly Touch[] = [];
    for (const [id, line] of inForce()) {
      const at = touchedIn(line, person);
      if (at !== undefined) latest = inserted(latest, { id, at }, few);
    }
    const made = { few, latest };
    kept.set(person, made);
    return made;
  }

  return {
    moved: (id, now) => {
      for (const [person, list] of kept) {
        const at = now && touchedIn(now, person);
        const former = list.latest.find((one) => one.id === id);
        // Whoever steps up in the place of one that goes is among all the others.
        if (former && (at === undefined || at < former.at)) kept.delete(person);
        else if (at !== undefined && at !== former?.at)
          list.latest = inserted(
            list.latest.filter((one) => one !== former),
            { id, at },
            list.few,
          );
      }
    },
    latest: (person, few) => {
      const known = kept.get(person);
      const { latest } = known && known.few >= few ? known : look(person, few);
      return latest.slice(0, few);
    },
  };
}
