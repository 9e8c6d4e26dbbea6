/** Forms that were begun: sealed on disk with what their author had before their eyes, in memory for the screens. */
import type { Desk, Draft } from '../desk.ts';
import { sameValue } from '../../../shared/core/same-value.ts';
import { correctedNow, instant, noteTrouble, type Engine } from './engine.ts';

export interface Drafts extends Pick<Desk, 'saveDraft' | 'draft' | 'drafts' | 'dropDraft'> {
  /** Of a record that the person may not read any more, a draft keeps only what they have written themselves. After a whole turn. */
  readonly letLostGo: () => Promise<void>;
}

export function createDrafts(engine: Engine, loaded: readonly Draft[]): Drafts {
  // A crash between the saving and the dropping of its draft: offered again, it would be registered twice.
  const isSaved = ({ creates }: Draft): boolean =>
    creates !== undefined && engine.records.shown(creates) !== undefined;
  const drafts = new Map(loaded.filter((draft) => !isSaved(draft)).map((draft) => [draft.key, draft]));
  /** Gone for the person, still on a disk that did not take it. */
  const undropped = new Set(loaded.filter(isSaved).map(({ key }) => key));
  const dropAll = async (): Promise<void> => {
    for (const key of undropped) {
      await engine.store.dropDraft(key);
      undropped.delete(key);
    }
  };
  const isLost = ({ record, opened: { seen } }: Draft): boolean =>
    record !== undefined &&
    seen !== undefined &&
    engine.records.shown(record) === undefined &&
    ![seen.scope, ...(seen.shares ?? [])].some((scope) => engine.leaseOver.has(scope));

  return {
    letLostGo: async () => {
      for (const draft of [...drafts.values()].filter(isLost)) {
        const own = ownWordsOf(draft);
        drafts.set(own.key, own);
        await engine.inOrder(() => engine.store.keepDraft(own));
        engine.topics.tell(['drafts']);
      }
    },
    saveDraft: (given) => {
      const draft = { ...given, savedAt: instant(correctedNow(engine)) };
      drafts.set(draft.key, draft);
      engine.topics.tell(['drafts']);
      return engine.inOrder(async () => {
        undropped.delete(draft.key);
        await engine.store.keepDraft(draft);
        await dropAll();
      });
    },
    draft: (key) => drafts.get(key),
    drafts: () => [...drafts.values()].sort((one, other) => (one.savedAt < other.savedAt ? 1 : -1)),
    // What it was for is saved or given up: a disk that fails now must not make that look undone.
    dropDraft: async (key) => {
      if (drafts.delete(key)) engine.topics.tell(['drafts']);
      undropped.add(key);
      await engine.inOrder(dropAll).catch(() => noteTrouble(engine, 'storage'));
    },
  };
}

function ownWordsOf({ opened: { seen, ...opened }, ...draft }: Draft): Draft {
  const written = Object.entries(draft.values).filter(
    ([name, value]) => !sameValue(value ?? null, seen?.values[name] ?? null),
  );
  return { ...draft, values: Object.fromEntries(written), opened: { ...opened, seen: undefined } };
}
