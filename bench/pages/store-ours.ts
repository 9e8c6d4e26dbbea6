/** The product itself: its store, its desk, its journal in the main process. */
import type { BridgeClient, Session } from '../../shared/bridge.ts';
import type { RecordState } from '../../shared/core/record.ts';
import { registry } from '../../shared/modules/index.ts';
import type { Query } from '../../renderer/core/desk.ts';
import { WIDEST_PAGE } from '../../renderer/core/engine/page-size.ts';
import { openDesk } from '../../renderer/core/open-desk.ts';
import { windowPorts } from '../../renderer/core/ports.ts';
import { readings } from '../../renderer/core/search/readings.ts';
import { basesOf } from '../../renderer/core/memory/bases-of.ts';
import type { Base } from '../../renderer/core/store/base.ts';
import { openDexieDatabase } from '../../renderer/core/store/dexie-database.ts';
import { createStore } from '../../renderer/core/store/sealed-store.ts';
import { freshState, type StoreState } from '../../renderer/core/store/state.ts';
import { createWebVault } from '../../renderer/core/vault/web-vault.ts';
import { CASE } from '../data.ts';
import { ROWS, SAVINGS, STAGES, type StoreSide } from './side.ts';
import { each, now, parts, took, watched } from './timing.ts';

declare global {
  interface Window {
    readonly linli?: BridgeClient;
  }
}

/** The name under which `openDesk` looks for it. */
const DATABASE = 'linli-store';
const EPOCH = 'epoch_bench';

export function createOurs(unlock: { readonly person: string; readonly passphrase: string }): StoreSide {
  function bridge(): BridgeClient {
    if (!window.linli) throw new Error('no main process');
    return window.linli;
  }
  async function session(): Promise<Session> {
    const entered = await bridge().ask('door.unlock', unlock);
    if (!entered.ok) throw new Error(entered.error.code);
    return entered.value;
  }

  async function write(lines: readonly string[]) {
    const { person, device, district, ownKey, scopeKeys, grants } = await session();
    const vault = await createWebVault({
      ...{ person: person.id, ownKey, scopeKeys, device: device.id },
      ...{ store: district.id, districtKey: district.publicKey },
    });
    const { pause } = windowPorts().timers;
    const store = createStore({ database: await openDexieDatabase({ name: DATABASE }), vault, pause });
    await store.load({ take: () => undefined });
    const news = lines.map((text) => {
      const record = JSON.parse(text) as RecordState;
      return { via: record.scope, record };
    });
    const byId = new Map<string, Base>();
    // As a pull takes its pages.
    const written = await watched(async () => {
      for (const page of parts(news, WIDEST_PAGE)) {
        const bases = basesOf(page, EPOCH, registry);
        await store.keepPage({ bases, state: stateAfter(bases, grants), contained: [] });
        for (const base of bases) byId.set(base.id, base);
        await pause();
      }
    });
    const loose = store.loose();
    // As the desk does when it is idle.
    const fold = await took(() => store.fold((id) => byId.get(id)));
    await bridge().ask('store.counted', { writings: store.writings() });
    await store.close();
    return { ...written, loose, fold };
  }

  async function use() {
    const opened = await session();
    const begun = now();
    const desk = await openDesk({ session: opened, bridge: bridge(), registry, readings });
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

    const open = desk.places({ entity: CASE, filter: { stage: ['mediating'] } });
    const afterSaving: number[] = [];
    const [saveMs, saveP95] = await each(Math.min(SAVINGS, open.length), async (at) => {
      const record = open[(at * 7919) % open.length]?.id ?? '';
      const values = { subject: `双方已约定下周三再谈，第${at}次记录。` };
      const saved = await desk.run({ kind: 'change', entity: CASE, record, values });
      if (!saved.ok) throw new Error(JSON.stringify(saved.error));
      if (desk.get(record)?.record.values['subject'] !== values.subject) throw new Error('not shown');
    });
    for (let at = 0; at < 20; at++) {
      const record = open[at]?.id ?? '';
      await desk.run({
        kind: 'change',
        entity: CASE,
        record,
        values: { difficulty: at % 2 ? 'major' : 'complex' },
      });
      afterSaving.push(await took(() => [page(at), counts()]));
    }
    await desk.close();
    const pageAfterSaving = afterSaving.reduce((sum, one) => sum + one, 0) / afterSaving.length;
    return {
      ...{ firstList, everything, searchReady, pageMs, pageP95, countsMs, countsP95 },
      ...{ saveMs, saveP95, pageAfterSaving, records: all.length },
    };
  }

  return { write, use };
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
