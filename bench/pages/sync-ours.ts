/** The product itself: its desk pulls and its main process pushes, against its own district. */
import type { BridgeClient } from '../../shared/bridge.ts';
import { registry } from '../../shared/modules/index.ts';
import { openDesk, type OpenedDesk } from '../../renderer/core/open-desk.ts';
import { readings } from '../../renderer/core/search/readings.ts';
import { CASE } from '../data.ts';
import { CHANGED } from './changed.ts';
import type { SyncSide } from './sync-side.ts';
import { now } from './timing.ts';

/** Milliseconds in which a collector is done. */
const CLEARED = 2_000;

const MOST_FOR_A_PAGE = 60_000;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

export function syncOurs(unlock: { readonly person: string; readonly passphrase: string }): SyncSide {
  let desk: OpenedDesk | undefined;
  /** How far it was when everything was here. */
  let reached = '';
  const bridge = (): BridgeClient => {
    if (!window.linli) throw new Error('no main process');
    return window.linli;
  };
  const opened = (): OpenedDesk => {
    if (!desk) throw new Error('nothing was downloaded');
    return desk;
  };

  return {
    download: async (count) => {
      const entered = await bridge().ask('door.unlock', unlock);
      if (!entered.ok) throw new Error(entered.error.code);
      // Nobody touches it for as long as this takes.
      await bridge().ask('settings.change', { lockAfter: 15 });
      const begun = now();
      desk = await openDesk({ session: entered.value, bridge: bridge(), registry, readings });
      let firstPage: number | undefined;
      while (firstPage === undefined) {
        if (desk.list({ entity: CASE }).length > 0) firstPage = now() - begun;
        else if (now() - begun > MOST_FOR_A_PAGE) throw new Error(`no page: ${JSON.stringify(desk.sync())}`);
        else await pause(5);
      }
      await desk.inside.turns.settled();
      const ms = now() - begun;
      const records = desk.list({ entity: CASE }).length;
      if (records !== count)
        throw new Error(`${records} of ${count} arrived: ${JSON.stringify(desk.sync())}`);
      await desk.inside.engine.search.settled();
      const searchReady = now() - begun;
      reached = JSON.stringify(desk.reached());
      // Counting them has parsed them all, which no desk does at once: what that left is cleared away before anything else is measured.
      await pause(CLEARED);
      return { ms, firstPage, searchReady };
    },

    changes: async (count) => {
      const { inside, list, syncNow } = opened();
      const isNew = (): number =>
        list({ entity: CASE }).filter(({ values }) => values['subject'] === CHANGED).length;
      await inside.turns.settled();
      if (JSON.stringify(opened().reached()) !== reached) throw new Error('they were here before');
      const begun = now();
      syncNow();
      await inside.turns.settled();
      const ms = now() - begun;
      if (isNew() !== count) throw new Error(`${isNew()} of ${count} changes arrived`);
      return { changes: ms };
    },

    write: async (count) => {
      const { list, run } = opened();
      const open = list({ entity: CASE }).filter(({ values }) => values['stage'] === 'mediating');
      // What says nothing new is not written at all, and another round has said the same of these.
      const round = crypto.randomUUID();
      const begun = now();
      for (let at = 0; at < count; at++) {
        const record = open[at % open.length]?.id ?? '';
        const values = { subject: `双方已约定下周三再谈，第${at}次记录，${round}。` };
        const saved = await run({ kind: 'change', entity: CASE, record, values });
        if (!saved.ok) throw new Error(JSON.stringify(saved.error));
      }
      const written = now() - begun;
      const { pending } = await bridge().ask('carrier.state');
      if (pending !== count) throw new Error(`${pending} of ${count} wait to be sent`);
      return { written };
    },

    push: async () => {
      const begun = now();
      await bridge().ask('carrier.push');
      for (;;) {
        const { pending } = await bridge().ask('carrier.state');
        if (pending === 0) break;
        await pause(5);
      }
      const push = now() - begun;
      await opened().inside.turns.settled();
      return { push };
    },
  };
}
