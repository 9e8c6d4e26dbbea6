/**
 * The sealed records and operations on this computer. Owns what lies on disk and how it is written: everything is sealed before a
 * transaction and opened after it, a page of records and its cursor are one transaction (sync.md S4), and an operation leaves the
 * journal's mirror only when the district's records contain it. Own operations are never folded into records (decision 2).
 */
import type { Draft } from '../desk.ts';
import type { Vault } from '../vault/vault.ts';
import { blockGroups, unpackBlock, type Base } from './block.ts';
import type { Database, Row, Writing } from './database.ts';
import { keptRow, type Kept } from './kept-operation.ts';
import type { StoreState } from './state.ts';
import { planFold } from './fold-plan.ts';
import { createSealedRows } from './sealed-rows.ts';
import { tallied } from './tally.ts';
import { BLOCK, type Loaded, type Store } from './store.ts';

/** Blocks written in one transaction while folding. */
const FOLD_STEP = 16;

interface Damaged {
  readonly table: 'blocks' | 'changes';
  readonly row: Row;
}

interface Opening {
  readonly database: Database;
  readonly vault: Vault;
}

export function createStore({ database: given, vault }: Opening): Store {
  const database = tallied(given);
  const rows = createSealedRows({ database, vault });
  const changes = new Set<string>();
  const blockOf = new Map<string, string>();
  const blocks = new Map<string, { version: number; readonly ids: Set<string> }>();
  let lastBlock = 0;

  function noteBlock({ key, version }: Row, ids: readonly string[]): void {
    blocks.set(key, { version, ids: new Set(ids) });
    for (const id of ids) blockOf.set(id, key);
  }

  const newBlockKey = (): string => `b${++lastBlock}`;

  async function loadBlocks(
    take: (bases: readonly Base[]) => void,
    onProgress?: (part: number) => void,
  ): Promise<readonly Damaged[]> {
    const damaged: Damaged[] = [];
    for await (const { row, text, part } of rows.each('blocks')) {
      lastBlock = Math.max(lastBlock, Number(row.key.slice(1)));
      if (text === undefined) {
        damaged.push({ table: 'blocks', row });
        continue;
      }
      const bases = unpackBlock(text);
      noteBlock(
        row,
        bases.map(({ id }) => id),
      );
      take(bases);
      if (blocks.size % 64 === 0) onProgress?.(part);
    }
    for await (const { row, text } of rows.each('changes')) {
      changes.add(row.key);
      if (text === undefined) damaged.push({ table: 'changes', row });
      else take(unpackBlock(text));
    }
    return damaged;
  }

  /** A row that cannot be read still lies in the journal file, so that is read from its beginning. */
  async function loadOperations(): Promise<Pick<Loaded, 'operations' | 'mirrored'>> {
    const operations: Kept[] = [];
    const lying = await database.all('journal');
    for (const row of lying) {
      const kept = await rows.keptIn(row);
      if (kept) operations.push(kept);
    }
    const mark = (await database.get('meta', 'mirror'))?.version ?? 0;
    return {
      operations: operations.sort((one, other) => one.number - other.number),
      mirrored: operations.length < lying.length ? 0 : mark,
    };
  }

  /** Rows that nobody can read go in the transaction that makes their scopes start again, or every opening would begin so. */
  async function letGo(damaged: readonly Damaged[], state: StoreState): Promise<void> {
    const keysIn = (table: Damaged['table']): readonly string[] =>
      damaged.flatMap((one) => (one.table === table ? [one.row.key] : []));
    await database.write([
      { table: 'blocks', drop: keysIn('blocks') },
      { table: 'changes', drop: keysIn('changes') },
      { table: 'meta', put: await rows.ofState(state) },
    ]);
    for (const key of keysIn('blocks')) blocks.delete(key);
    for (const key of keysIn('changes')) changes.delete(key);
  }

  return {
    load: async ({ begin, take, onProgress }) => {
      const state = await rows.loadState();
      begin?.(state);
      const damaged = await loadBlocks(take, onProgress);
      const { operations, mirrored } = await loadOperations();
      const isWhole = await database.isWhole();
      // What a broken seal hides is still at the district: its scope starts again. Rows that are missing may be of any scope.
      const again = new Set(damaged.map(({ row }) => rows.scopeOf(row)));
      const cursors = Object.fromEntries(
        Object.entries(state.cursors).filter(([scope]) => isWhole && !again.has(scope)),
      );
      // A full disk keeps them; they are met again.
      if (damaged.length > 0 || !isWhole) await letGo(damaged, { ...state, cursors }).catch(() => undefined);
      const drafts: Draft[] = [];
      for (const row of await database.all('drafts')) {
        const text = await rows.opened('drafts', row);
        if (text !== undefined) drafts.push(JSON.parse(text) as Draft);
      }
      return {
        state: { ...state, cursors },
        operations,
        mirrored: isWhole ? mirrored : 0,
        drafts,
        damaged: damaged.length,
      };
    },

    keepPage: async ({ bases, state, contained }) => {
      const blockRows: { row: Row; bases: readonly Base[] }[] = [];
      const changeRows: Row[] = [];
      for (const group of blockGroups(bases).values()) {
        const fresh = group.filter(({ id }) => !blockOf.has(id) && !changes.has(id));
        const whole = fresh.splice(0, fresh.length - (fresh.length % BLOCK));
        for (let start = 0; start < whole.length; start += BLOCK) {
          const part = whole.slice(start, start + BLOCK);
          blockRows.push({ row: await rows.ofBlock(newBlockKey(), 1, part), bases: part });
        }
        const inBlocks = new Set(whole.map(({ id }) => id));
        changeRows.push(
          ...(await Promise.all(group.filter(({ id }) => !inBlocks.has(id)).map(rows.ofChange))),
        );
      }
      await database.write([
        { table: 'blocks', put: blockRows.map(({ row }) => row) },
        { table: 'changes', put: changeRows },
        ...archiving(contained),
        { table: 'meta', put: await rows.ofState(state) },
      ]);
      for (const { row, bases: part } of blockRows)
        noteBlock(
          row,
          part.map(({ id }) => id),
        );
      for (const { key } of changeRows) changes.add(key);
    },

    keepState: async (state) => database.write([{ table: 'meta', put: await rows.ofState(state) }]),

    keepOperations: (operations, mirrored) =>
      database.write([
        { table: 'journal', put: operations.map(keptRow) },
        ...(mirrored === undefined
          ? []
          : [
              {
                table: 'meta' as const,
                put: [{ key: 'mirror', version: mirrored, scope: 0, bytes: new Uint8Array() }],
              },
            ]),
      ]),

    containedOf: async (record) => {
      const found: Kept[] = [];
      for (const row of await database.ofRecord('archive', record)) {
        const kept = await rows.keptIn(row);
        if (kept) found.push(kept);
      }
      return found;
    },

    keepHistory: async (record, text) =>
      database.write([
        {
          table: 'history',
          put: [await rows.sealed('history', { key: record, version: 1, scope: 0 }, text)],
        },
      ]),

    historyOf: async (record) => {
      const row = await database.get('history', record);
      return row && rows.opened('history', row);
    },

    keepDraft: async (draft) =>
      database.write([
        {
          table: 'drafts',
          put: [await rows.sealed('drafts', { key: draft.key, version: 1, scope: 0 }, JSON.stringify(draft))],
        },
      ]),
    dropDraft: (key) => database.write([{ table: 'drafts', drop: [key] }]),

    forget: async (records, state, baseOf) => {
      const gone = new Set(records);
      const touched = new Set(records.flatMap((id) => blockOf.get(id) ?? []));
      const put: Row[] = [];
      const drop: string[] = [];
      for (const key of touched) {
        const block = blocks.get(key);
        const stay = [...(block?.ids ?? [])].filter(
          (id) => !gone.has(id) && blockOf.get(id) === key && !changes.has(id),
        );
        const bases = stay.flatMap((id) => baseOf(id) ?? []);
        if (bases.length > 0) put.push(await rows.ofBlock(key, (block?.version ?? 0) + 1, bases));
        else drop.push(key);
      }
      await database.write([
        { table: 'blocks', put, drop },
        { table: 'changes', drop: records },
        { table: 'history', drop: records },
        { table: 'meta', put: await rows.ofState(state) },
      ]);
      for (const id of gone) {
        blockOf.delete(id);
        changes.delete(id);
      }
      for (const key of drop) blocks.delete(key);
      for (const row of put)
        blocks.set(row.key, {
          version: row.version,
          ids: new Set([...(blocks.get(row.key)?.ids ?? [])].filter((id) => !gone.has(id))),
        });
    },

    fold: async (baseOf) => {
      const waiting = planFold({ changes, blockOf, blocks, baseOf, newBlockKey });
      for (let start = 0; start < waiting.length; start += FOLD_STEP) {
        const step = waiting.slice(start, start + FOLD_STEP);
        const made = await Promise.all(
          step.map(({ key, version, bases: part }) => rows.ofBlock(key, version, part)),
        );
        const ids = step.flatMap(({ bases: part }) => part.map(({ id }) => id));
        const folded = ids.filter((id) => changes.has(id));
        await database.write([
          { table: 'blocks', put: made },
          { table: 'changes', drop: folded },
        ]);
        for (const [index, row] of made.entries())
          noteBlock(row, step[index]?.bases.map(({ id }) => id) ?? []);
        for (const id of folded) changes.delete(id);
      }
    },

    loose: () => changes.size,
    close: () => database.close(),
  };

  function archiving(contained: readonly Kept[]): readonly Writing[] {
    if (contained.length === 0) return [];
    return [
      { table: 'journal', drop: contained.map(({ operation }) => operation.id) },
      { table: 'archive', put: contained.map(keptRow) },
    ];
  }
}
