/**
 * Keeps what is being written, at most 2 s after typing stops. The draft carries `opened`: what the person saw when the form was opened.
 * A pull in between changes the record but not the draft, so a conflict is seen as one. No React here: the hook beside it only holds one.
 */
import type { Values } from '../../../shared/core/field/base.ts';
import type { Desk, Draft, Opened } from '../../core/desk.ts';

const PAUSE = 1200;

export interface DraftGiven {
  readonly key: string;
  readonly entity: string;
  readonly record?: string | undefined;
  /** The id that the new record gets. */
  readonly creates?: string | undefined;
}

export interface DraftKeeper {
  readonly opened: Opened;
  /** What was being written when the form was left; undefined where nothing was. */
  readonly restored: Draft | undefined;
  readonly keep: (values: Values) => void;
  /** Saves at once what waits. */
  readonly write: () => void;
  /** Saved or given up: the draft goes away. */
  readonly drop: () => Promise<void>;
}

type DraftDesk = Pick<Desk, 'draft' | 'open' | 'saveDraft' | 'dropDraft'>;

/** @param told whether the latest words have become durable, whenever that is known */
export function openDraft(
  desk: DraftDesk,
  { key, entity, record, creates }: DraftGiven,
  told: (isKept: boolean) => void,
): DraftKeeper {
  const restored = desk.draft(key);
  const opened = restored?.opened ?? desk.open(record);
  let waiting: { readonly timer: ReturnType<typeof setTimeout>; readonly values: Values } | undefined;

  const forget = (): Values | undefined => {
    if (!waiting) return undefined;
    const { timer, values } = waiting;
    clearTimeout(timer);
    waiting = undefined;
    return values;
  };
  const write = (): void => {
    const values = forget();
    // A disk that takes no more: the words stay in the form, and nothing says that they are kept.
    if (values)
      desk.saveDraft({ key, entity, record, creates, values, opened }).then(
        () => told(true),
        () => told(false),
      );
  };
  return {
    opened,
    restored,
    keep: (values) => {
      forget();
      waiting = { values, timer: setTimeout(write, PAUSE) };
    },
    write,
    drop: () => {
      forget();
      return desk.dropDraft(key);
    },
  };
}
