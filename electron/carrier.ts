/**
 * Carries everybody's operations to the district, in the device's order, whoever is signed in, locked or not (sync.md S13), and
 * listens for its pokes. A verdict is written to the journal before anybody hears of it; an operation without a verdict stays
 * pending whatever the answer was. What the district refuses to read goes on its own after its neighbours, so it stops nobody.
 */
import type { JournalEntry } from '../shared/bridge.ts';
import { DISTRICT, pushRequest, pushResponse, type Verdict } from '../shared/protocol/messages.ts';
import { PROTOCOL } from '../shared/protocol/version.ts';
import { batchOf, halved, WIDEST, widened } from './carrier-batch.ts';
import {
  errorOf,
  jsonOf,
  strangerIn,
  type Ask,
  type ContactProblem,
  type DistrictContact,
} from './district.ts';
import type { Life } from './epoch-watch.ts';
import type { PendingOperation } from './native/journal-index.ts';
import type { Journal } from './native/journal.ts';
import type { ListenForPokes } from './pokes.ts';

export type CarrierProblem = ContactProblem | 'newer-protocol' | 'access' | 'server' | 'storage';

export interface CarrierState {
  readonly online: boolean;
  readonly since: string;
  readonly pending: number;
  readonly problem?: CarrierProblem;
}

export interface Carrier {
  readonly state: () => CarrierState;
  /** Push now, and try the line again now if it is down. */
  readonly push: () => void;
  /** Call after an append: the pending count has changed. */
  readonly appended: () => void;
  /** Call after enrolling: address or token may be others. */
  readonly contactChanged: () => void;
  readonly stop: () => void;
}

export interface CarrierOptions {
  readonly journal: Pick<Journal, 'pending' | 'pendingCount' | 'held' | 'envelopes' | 'judge'>;
  /** Undefined until the computer is enrolled. */
  readonly contact: () => DistrictContact | undefined;
  readonly ask: Ask;
  readonly listen: ListenForPokes;
  /** Which life of the district has answered; heard before its verdicts are written. */
  readonly onEpoch: (life: Life) => Promise<unknown>;
  readonly onVerdicts: (entries: readonly JournalEntry[]) => void;
  readonly onState: (state: CarrierState) => void;
  readonly onPoke: () => void;
  readonly now?: () => number;
  readonly random?: () => number;
}

const FIRST_PAUSE = 500;
/** A district that was restarted is found again within seconds; one that is away for long is asked twice a minute. */
const SHORT_PAUSE = 2_000;
const LONG_PAUSE = 30_000;
const PATIENCE = 10 * 60_000;
const ROUND = 60_000;
const HELD_ROUND = 10_000;

type Sent =
  | { readonly verdicts: readonly Verdict[]; readonly life: Life | undefined }
  | { readonly failed: CarrierProblem; readonly unreadable?: boolean };

export function createCarrier(options: CarrierOptions): Carrier {
  const {
    journal,
    contact,
    ask,
    listen,
    onEpoch,
    onVerdicts,
    onState,
    onPoke,
    now = Date.now,
    random = Math.random,
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
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hangUp: (() => void) | undefined;
  let listening = false;
  let heldAskedAt = 0;
  /** Operations that the district could not even read; asked again after a restart or with a `push` by hand. */
  const unreadable = new Set<string>();

  function tell(changed: { online?: boolean; problem?: CarrierProblem | undefined }): void {
    const online = changed.online ?? state.online;
    const problem = 'problem' in changed ? changed.problem : state.problem;
    const pending = journal.pendingCount();
    if (online === state.online && problem === state.problem && pending === state.pending) return;
    const since = online === state.online ? state.since : new Date(now()).toISOString();
    state = { online, since, pending, ...(problem && { problem }) };
    onState(state);
  }

  function reached(): void {
    failures = 0;
    failingSince = undefined;
    tell({ online: true, problem: undefined });
  }

  function failed(problem: CarrierProblem): void {
    failures += 1;
    failingSince ??= now();
    tell({ online: false, problem });
  }

  function later(): void {
    if (stopped) return;
    clearTimeout(timer);
    const most = failingSince !== undefined && now() - failingSince > PATIENCE ? LONG_PAUSE : SHORT_PAUSE;
    const calm = journal.held().length > 0 ? HELD_ROUND : ROUND;
    const fine = failures === 0 && (listening || !contact());
    const pause = fine ? calm : Math.min(most, FIRST_PAUSE * 2 ** Math.min(Math.max(0, failures - 1), 8));
    timer = setTimeout(turn, pause * (0.75 + random() / 2));
    timer.unref();
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
    openLine(to);
    for (;;) {
      const groups = journal
        .pending()
        .map((group) => group.filter(({ id }) => !unreadable.has(id)))
        .filter((group) => group.length > 0);
      const batch = batchOf(groups, limit);
      if (batch.length === 0) break;
      if (!(await carryBatch(to, batch))) return;
    }
    const held = now() - heldAskedAt > HELD_ROUND ? batchOf([journal.held()], WIDEST) : [];
    if (held.length === 0) return;
    heldAskedAt = now();
    await carryBatch(to, held);
  }

  /** True when the next batch may follow at once. */
  async function carryBatch(to: DistrictContact, batch: readonly PendingOperation[]): Promise<boolean> {
    const sent = await send(to, batch);
    if (stopped) return false;
    if ('failed' in sent) {
      if (sent.unreadable && batch.length === 1) {
        for (const { id } of batch) unreadable.add(id);
        tell({ problem: 'server' });
        return true;
      }
      limit = halved(batch);
      // Only what cannot be read is tried in halves at once; a poor line gets its pause first.
      if (sent.unreadable) return true;
      failed(sent.failed);
      return false;
    }
    if (sent.life) await onEpoch(sent.life);
    const asked = new Set(batch.map(({ id }) => id));
    const verdicts = sent.verdicts.filter(({ id }) => asked.has(id));
    const entries = await journal.judge(verdicts, new Date(now()).toISOString());
    limit = widened(limit);
    if (verdicts.length === 0) {
      failed('server');
      return false;
    }
    if (entries.length > 0) onVerdicts(entries);
    reached();
    return true;
  }

  async function send(to: DistrictContact, batch: readonly PendingOperation[]): Promise<Sent> {
    const message = pushRequest.parse({ protocol: PROTOCOL, entries: await journal.envelopes(batch) });
    const result = await ask({
      method: 'POST',
      url: `${to.address}/api/push`,
      headers: {
        authorization: `Bearer ${to.deviceToken}`,
        [DISTRICT]: to.district,
        'content-type': 'application/json',
      },
      body: Buffer.from(JSON.stringify(message)),
    });
    if (!result.ok) return { failed: 'network' };
    const answer = result.value;
    // A proxy's own 413 does not carry the district's name, and still means: smaller.
    if (answer.status === 413) return { failed: 'server', unreadable: true };
    const stranger = strangerIn(answer, to.district);
    if (stranger) return { failed: stranger };
    if (answer.status === 200) {
      const parsed = pushResponse.safeParse(jsonOf(answer.body));
      if (!parsed.success) return { failed: 'server' };
      const { epoch, restoredHead, verdicts } = parsed.data;
      return { verdicts, life: restoredHead === undefined ? undefined : { epoch, restoredHead } };
    }
    switch (errorOf(answer)?.error) {
      case 'unauthorised':
      case 'forbidden':
        return { failed: 'access' };
      case 'wrong-district':
        return { failed: 'other-district' };
      case 'unsupported-protocol':
        return { failed: 'newer-protocol' };
      case 'malformed':
      case 'too-large':
        return { failed: 'server', unreadable: true };
      default:
        return { failed: 'server' };
    }
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
      poked: () => {
        onPoke();
        turn();
      },
      ended: (problem) => {
        listening = false;
        failed(problem);
        if (!turning) later();
      },
    });
  }

  turn();
  return {
    state: () => ({ ...state, pending: journal.pendingCount() }),
    push: () => {
      unreadable.clear();
      heldAskedAt = 0;
      turn();
    },
    appended: () => {
      tell({});
      turn();
    },
    contactChanged: () => {
      hangUp?.();
      listening = false;
      turn();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      hangUp?.();
    },
  };
}
