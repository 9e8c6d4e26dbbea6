/**
 * Carries everybody's operations to the district, in the order of the device's chain, whoever is signed in, locked or not (sync.md
 * S13), and listens for its pokes. A verdict is written to the journal before anybody hears of it; an operation without a verdict
 * stays pending whatever the answer was. Where the district misses a part of the chain, that part is sent first.
 *
 * A revoked computer delivers all that it holds; only then its keys are destroyed.
 */
import { afterBatch, batchOf, halved, trial, WIDEST } from './carrier-batch.ts';
import type { Carrier, CarrierOptions, CarrierState } from './carrier-port.ts';
import { HELD_ROUND, pauseOf, SHORT_PAUSE } from './carrier-pauses.ts';
import { sendEntries, type CarrierProblem, type Heard } from './carrier-sending.ts';
import type { DistrictContact } from './district.ts';
import { afterTime } from './native/after-time.ts';
import type { ChainGap } from './native/journal-chain.ts';
import type { PendingOperation } from './native/journal-index.ts';
import { isSignedBy } from './native/signing.ts';

/** Whatever fails sooner was never on its way. */
const AT_ONCE = 1_000;

/** What comes after a batch: the next one, smaller ones, a pause, or the part of the chain that the district misses. */
type Next = 'on' | 'smaller' | 'pause' | { readonly gap: ChainGap };

export function createCarrier(options: CarrierOptions): Carrier {
  const { journal, contact, ask, listen, revoked, repair, parted, onRevokedAndDelivered } = options;
  const {
    onEpoch,
    onVerdicts,
    onState,
    onPoke,
    verify = isSignedBy,
    now = Date.now,
    random = Math.random,
    later: after = afterTime,
  } = options;
  let state: CarrierState = {
    online: false,
    since: new Date(now()).toISOString(),
    pending: journal.pendingCount(),
  };
  let stopped = false;
  let turning = false;
  let again = false;
  let limit = WIDEST;
  let failures = 0;
  let failingSince: number | undefined;
  let cancel = (): void => undefined;
  let hangUp: (() => void) | undefined;
  let listening = false;
  let heldAskedAt = 0;
  let triedAt = 0;
  let lastEpoch: string | undefined;
  let busyUntil: string | undefined;
  let cancelBusy = (): void => undefined;
  /** The computer that was told to be empty. */
  let delivered: string | undefined;

  function tell(changed: { online?: boolean; problem?: CarrierProblem | undefined }): void {
    const online = changed.online ?? state.online;
    const problem = 'problem' in changed ? changed.problem : state.problem;
    const pending = journal.pendingCount();
    if (
      online === state.online &&
      problem === state.problem &&
      pending === state.pending &&
      busyUntil === state.busyUntil
    )
      return;
    const since = online === state.online ? state.since : new Date(now()).toISOString();
    state = { online, since, pending, ...(problem && { problem }), ...(busyUntil && { busyUntil }) };
    onState(state);
  }

  function reached(): void {
    failures = 0;
    failingSince = undefined;
    tell({ online: true, problem: revoked() ? 'revoked' : undefined });
  }

  function failed(problem: CarrierProblem): void {
    failures += 1;
    failingSince ??= now();
    tell({ online: false, problem });
  }

  /** Neither a failure nor a broken line: the district has said when this computer's turn is. */
  function rest(milliseconds: number): void {
    busyUntil = new Date(now() + milliseconds).toISOString();
    reached();
    cancelBusy = after(milliseconds, () => {
      woken();
      turn();
    });
  }

  function woken(): void {
    cancelBusy();
    busyUntil = undefined;
    tell({});
  }

  function later(): void {
    if (stopped) return;
    cancel();
    const to = contact();
    const failingFor = failingSince === undefined ? 0 : now() - failingSince;
    const isCalm = listening || revoked() || !to;
    const hasHeld = to !== undefined && journal.held(to.device).length > 0;
    cancel = after(pauseOf({ failures, failingFor, isCalm, hasHeld, random: random() }), turn);
  }

  /** One turn at a time; a wish during a turn makes another one follow. */
  function turn(): void {
    if (stopped) return;
    if (turning) {
      again = true;
      return;
    }
    turning = true;
    again = false;
    triedAt = now();
    void carry()
      .catch(() => failed('storage'))
      .finally(() => {
        turning = false;
        if (again && failures === 0) turn();
        else later();
      });
  }

  async function carry(): Promise<void> {
    const to = contact();
    if (!to) return;
    if (!revoked()) openLine(to);
    if (busyUntil !== undefined) return;
    if (!(await carryPending(to))) return;
    if (revoked()) return tellDelivered(to);
    const held = now() - heldAskedAt > HELD_ROUND ? batchOf([journal.held(to.device)], WIDEST) : [];
    if (held.length === 0) return;
    heldAskedAt = now();
    const next = await carryBatch(to, held);
    // A restored district may have lost what stood before them in the chain, and nothing of it is pending any more.
    if (typeof next === 'object') await carryPending(to, next.gap);
  }

  /** @param found where the district’s end of the chain is known to be @returns true when nothing is pending any more */
  async function carryPending(to: DistrictContact, found?: ChainGap): Promise<boolean> {
    const { device } = to;
    let expected: ChainGap = { number: 0 };
    let from: number | undefined;
    const goOnFrom = async (gap: ChainGap): Promise<void> => {
      expected = gap;
      from = (await parted(device, gap)) ? undefined : gap.number;
    };
    if (found) await goOnFrom(found);
    while (!stopped) {
      const groups = from === undefined ? journal.pending(device) : [await journal.entriesFrom(device, from)];
      const batch = batchOf(failures > 0 ? trial(groups) : groups, limit);
      if (batch.length === 0 && from === undefined) return true;
      if (batch.length === 0) {
        from = undefined;
        continue;
      }
      // What the district misses is not here: nothing behind it can be judged.
      const isLost = from !== undefined && from === expected.number && batch[0]?.link !== from;
      if (isLost && (await repair(device, expected))) {
        from = undefined;
        continue;
      }
      const next = isLost ? 'stuck' : await carryBatch(to, batch);
      if (next === 'pause') return false;
      if (next === 'on' && from !== undefined) from = (batch.at(-1)?.link ?? 0) + 1;
      if (typeof next === 'object' && next.gap.number > expected.number) await goOnFrom(next.gap);
      else if (typeof next === 'object' || next === 'stuck') {
        failed('server');
        return false;
      }
    }
    return false;
  }

  async function carryBatch(to: DistrictContact, batch: readonly PendingOperation[]): Promise<Next> {
    const entries = await journal.entries(batch);
    const asked = now();
    const sent = await sendEntries(ask, { ...to, verify }, entries, lastEpoch);
    const took = now() - asked;
    if (stopped) return 'pause';
    if ('comeAgain' in sent) {
      rest(sent.comeAgain);
      return 'pause';
    }
    if ('failed' in sent) {
      // A line that is down says nothing about sizes; and a group in pieces waits at the district for its rest.
      if (sent.tooLarge || took > AT_ONCE) limit = halved(batch);
      // Only what is too large is tried in halves at once; a poor line gets its pause first.
      if (sent.tooLarge && batch.length > 1) return 'smaller';
      failed(sent.failed);
      return 'pause';
    }
    const mine = new Set(batch.map(({ id }) => id));
    const verdicts = sent.verdicts.filter(({ id }) => mine.has(id));
    await hear({ life: sent.life, verdicts });
    limit = afterBatch(limit, took);
    if (sent.gap) return { gap: sent.gap };
    if (verdicts.length === 0) {
      failed('server');
      return 'pause';
    }
    reached();
    return 'on';
  }

  async function hear({ life, verdicts }: Pick<Heard, 'life' | 'verdicts'>): Promise<void> {
    if (life) await onEpoch(life);
    lastEpoch = life?.epoch ?? lastEpoch;
    const entries = await journal.judge(verdicts, new Date(now()).toISOString());
    if (entries.length > 0) onVerdicts(entries);
  }

  function tellDelivered({ device }: DistrictContact): void {
    if (delivered === device || journal.pending(device).length > 0) return;
    delivered = device;
    onRevokedAndDelivered();
  }

  /** Keeps one line open for pokes. When it ends, the next turn opens another. */
  function openLine(to: DistrictContact): void {
    if (listening) return;
    listening = true;
    hangUp = listen(to, {
      opened: () => {
        reached();
        turn();
      },
      poked: (news) => {
        onPoke(news);
        turn();
      },
      ended: (problem) => {
        listening = false;
        if (problem !== undefined && problem !== 'locked') failed(problem);
        if (!turning) later();
      },
    });
  }

  turn();
  return {
    state: () => ({ ...state, pending: journal.pendingCount() }),
    hear: async (said) => {
      await hear(said);
      tell({});
    },
    push: () => {
      heldAskedAt = 0;
      turn();
    },
    appended: () => {
      tell({});
      // Without a line, everything that waits would be made ready once more for each single saving.
      if (failures === 0 || Math.abs(now() - triedAt) > SHORT_PAUSE) turn();
    },
    contactChanged: () => {
      hangUp?.();
      listening = false;
      woken();
      turn();
    },
    stop: () => {
      stopped = true;
      cancel();
      cancelBusy();
      hangUp?.();
    },
  };
}
