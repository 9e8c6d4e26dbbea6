/** Forms that were begun: sealed on disk with what their author had before their eyes, in memory for the screens. */
import type { Desk, Draft } from '../desk.ts';
import { correctedNow, instant, type Engine } from './engine.ts';

export type Drafts = Pick<Desk, 'saveDraft' | 'draft' | 'drafts' | 'dropDraft'>;

export function createDrafts(engine: Engine, loaded: readonly Draft[]): Drafts {
  const drafts = new Map(loaded.map((draft) => [draft.key, draft]));
  return {
    saveDraft: (given) => {
      const draft = { ...given, savedAt: instant(correctedNow(engine)) };
      drafts.set(draft.key, draft);
      engine.topics.tell(['drafts']);
      return engine.inOrder(() => engine.store.keepDraft(draft));
    },
    draft: (key) => drafts.get(key),
    drafts: () => [...drafts.values()].sort((one, other) => (one.savedAt < other.savedAt ? 1 : -1)),
    dropDraft: (key) => {
      if (drafts.delete(key)) engine.topics.tell(['drafts']);
      return engine.inOrder(() => engine.store.dropDraft(key));
    },
  };
}
