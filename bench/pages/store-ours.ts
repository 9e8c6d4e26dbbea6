/** The product itself: its store, its desk, its journal in the main process. */
import type { BridgeClient, Session } from '../../shared/bridge.ts';
import type { RecordState } from '../../shared/core/record.ts';
import { registry } from '../../shared/modules/index.ts';
import type { Values } from '../../shared/core/field/base.ts';
import type { Desk, Query } from '../../renderer/core/desk.ts';
import { WIDEST_PAGE } from '../../renderer/core/engine/page-size.ts';
import { openDesk } from '../../renderer/core/open-desk.ts';
import { windowPorts } from '../../renderer/core/ports.ts';
import { readings } from '../../renderer/core/search/readings.ts';
import { basesOf } from '../../renderer/core/memory/bases-of.ts';
import type { Base } from '../../renderer/core/store/base.ts';
import { openDexieDatabase } from '../../renderer/core/store/dexie-database.ts';
import { createStore } from '../../renderer/core/store/sealed-store.ts';
import { freshState, type StoreState } from '../../renderer/core/store/state.ts';
import { openWindowVault } from '../../renderer/core/vault/window-vault.ts';
import { CASE } from '../data.ts';
import { ROWS, SAVINGS, STAGES, type StoreSide } from './side.ts';
import { percentile } from '../report.ts';
import type { Measures } from '../rounds.ts';
import { each, now, parts, took, watched } from './timing.ts';
import { inventedSession, noMain } from './without-main.ts';

declare global {
  interface Window {
    readonly linli?: BridgeClient;
  }
}

/** The name under which `openDesk` looks for it. */
const DATABASE = 'linli-store';
const EPOCH = 'epoch_bench';

export function createOurs(unlock: { readonly person: string; readonly passphrase: string }): StoreSide {
  const bridge = window.linli ?? noMain;
  async function session(): Promise<Session> {
    if (!window.linli) return inventedSession();
    const entered = await bridge.ask('door.unlock', unlock);
    if (!entered.ok) throw new Error(entered.error.code);
    return entered.value;
  }

  async function write(lines: readonly string[]) {
    const opened = await session();
    const { timers } = windowPorts();
    const { pause } = timers;
    const vault = await openWindowVault(opened, timers);
    const store = createStore({ database: await openDexieDatabase({ name: DATABASE }), vault, pause });
    await store.load({ take: () => undefined });
    // A line brings bytes.
    const encoder = new TextEncoder();
    const arrived = (text: string) => {
      const record = JSON.parse(text) as RecordState;
      return { via: record.scope, record, text: encoder.encode(text) };
    };
    const byId = new Map<string, Base>();
    let arriving = 0;
    // As a pull takes its pages: none of them lies there parsed before its turn, and parsing is the download's, not counted here.
    const { ms, longest } = await watched(async () => {
      for (const page of parts(lines, WIDEST_PAGE)) {
        const begun = now();
        const news = page.map(arrived);
        arriving += now() - begun;
        await pause();
        const bases = basesOf(news, EPOCH, registry);
        await store.keepPage({ bases, state: stateAfter(bases, opened.grants), contained: [] });
        for (const base of bases) byId.set(base.id, base);
      }
    });
    const loose = store.loose();
    // As the desk does when it is idle.
    const fold = await took(() => store.fold((id) => byId.get(id)));
    await bridge.ask('store.counted', { writings: store.writings() }).catch(() => undefined);
    await store.close();
    vault.close();
    return { ms: ms - arriving, longest, loose, fold };
  }

  async function use() {
    const opened = await session();
    const begun = now();
    const desk = await openDesk({ session: opened, bridge, registry, readings });
    const rows = (query: Query): readonly unknown[] =>
      desk
        .places(query)
        .slice(0, ROWS)
        .map(({ id }) => desk.get(id));
    const first = [rows({ entity: CASE }), desk.counts(CASE, 'stage')];
    const firstList = now() - begun;
    const all = desk.places({ entity: CASE });
    // Each is parsed when somebody looks at it; until then it lies here open.
    const everything = now() - begun;
    if (first.length === 0 || all.length === 0) throw new Error('nothing was opened');
    await desk.inside.engine.search.settled();
    const searchReady = now() - begun;

    const page = (at: number): unknown => rows(pageQuery(at));
    const counts = (): unknown => desk.counts(CASE, 'stage');
    page(0);
    const [pageMs, pageP95] = await each(300, page);
    const [countsMs, countsP95] = await each(300, counts);

    const asked = { firstList, everything, searchReady, pageMs, pageP95, countsMs, countsP95 };
    const saved = window.linli ? await savings(desk, () => [page(0), counts()]) : {};
    await desk.close();
    return { ...asked, ...saved };
  }

  return { write, use };
}

/** From the command to durable twice and shown; and what the next look at the list costs then. */
async function savings(desk: Desk, look: () => unknown): Promise<Measures> {
  const open = desk.places({ entity: CASE, filter: { stage: ['mediating'] } });
  const save = async (at: number, values: Values): Promise<void> => {
    const record = open[(at * 7919) % open.length]?.id ?? '';
    const saved = await desk.run({ kind: 'change', entity: CASE, record, values });
    if (!saved.ok) throw new Error(JSON.stringify(saved.error));
    const { values: now = {} } = desk.get(record)?.record ?? {};
    if (Object.keys(values).some((field) => now[field] !== values[field])) throw new Error('not shown');
  };
  const [saveMs, saveP95] = await each(Math.min(SAVINGS, open.length), (at) =>
    save(at, { subject: `双方已约定下周三再谈，第${at}次记录。` }),
  );
  const looks: number[] = [];
  for (let at = 0; at < 20; at++) {
    await save(at, { difficulty: at % 2 === 0 ? 'major' : 'complex' });
    looks.push(await took(look));
  }
  return { saveMs, saveP95, pageAfterSaving: percentile(looks, 0.5) };
}

const pageQuery = (at: number): Query => ({
  entity: CASE,
  filter: { stage: [STAGES[at % STAGES.length]] },
  sort: { field: 'acceptedOn', descending: true },
});

function stateAfter(page: readonly Base[], grants: StoreState['grants']): StoreState {
  const { via = '', seq = 0 } = page.at(-1) ?? {};
  return { ...freshState, epoch: EPOCH, grants, cursors: { [via]: { epoch: EPOCH, cursor: seq } } };
}
