/**
 * Faults that are planted on purpose, one at a time, in a copy of the code (audit-faults.ts): what somebody could write by mistake, as the text that it
 * would be. `from` stands in its file exactly once, or the audit fails; so none of them rots unseen. Found by the simulation, or by the named test file.
 */
import type { Fault } from './fault.ts';
import { faultsForTests } from './faults-for-tests.ts';

const JOURNAL = 'electron/native/journal.ts';
const JUDGE = 'server/judge/judge.ts';
const JUDGE_ONE = 'server/judge/judge-one.ts';
const PULL = 'renderer/core/engine/pull.ts';
const SCOPES = 'renderer/core/engine/scopes.ts';
const OPENED = 'renderer/core/engine/opened.ts';
const PAGE = 'renderer/core/store/page-keeping.ts';
const PLAY = 'shared/core/play.ts';

export const faults: readonly Fault[] = [
  {
    name: 'the journal answers without having written',
    file: JOURNAL,
    from: '        await write(lines);\n        return lines.map(({ number, link }) => ({ number, link }));',
    to: '        return lines.map(({ number, link }) => ({ number, link }));',
    isQuick: true,
  },
  {
    name: 'the journal answers before the disk has it (no fdatasync)',
    file: 'electron/native/journal-file.ts',
    from: '      await handle.datasync();\n      dirty = false;',
    to: '      dirty = false;',
  },
  {
    name: 'verdict forgotten: some never reach the journal',
    file: JOURNAL,
    from: 'verdicts.filter((verdict) => index.isNews(verdict))',
    to: "verdicts.filter((verdict) => index.isNews(verdict) && !(verdict.verdict === 'confirmed' && verdict.seq % 3 === 0))",
  },
  {
    name: 'epoch ignored: what a restored district has lost is not offered again',
    file: 'electron/epoch-watch.ts',
    from: 'await journal.offerAgain(restoredHead, between)',
    to: 'await Promise.resolve(0 * restoredHead)',
    isQuick: true,
  },
  {
    name: 'the carrier forgets to ask about what is held',
    file: 'electron/carrier.ts',
    from: 'now() - heldAskedAt > HELD_ROUND ?',
    to: 'now() - heldAskedAt < 0 ?',
  },
  {
    name: 'idempotency dropped: what was judged is judged again',
    file: JUDGE,
    from: '    if (known) {\n      const isSame',
    to: "    if (known?.verdict.verdict === 'held') {\n      const isSame",
    isQuick: true,
  },
  {
    name: 'former rights forgotten: what was written before they were lost is refused',
    file: JUDGE_ONE,
    from: '  else if (mayOnce(deciding)) {',
    to: '  else if (mayOnce(deciding) && false) {',
  },
  {
    name: 'a share is not projected',
    file: 'server/projector/stored-record.ts',
    from: 'scopes: [record.scope, ...(record.shares ?? [])],',
    to: 'scopes: [record.scope],',
    isQuick: true,
  },
  {
    name: 'a former reader goes on reading a confidential matter',
    file: 'server/people/actor.ts',
    from: 'await reading.naming(id);',
    to: "await reading.naming(id, 'once');",
  },
  {
    name: 'cursor moved before its rows',
    file: PAGE,
    from: '  await write(parts, writings, await states.of(state));',
    to: '  await write(parts, [], await states.of(state));\n  await write(parts, writings);',
  },
  {
    name: 'a page moves its cursor without its rows',
    file: PAGE,
    from: "{ table: 'changes', put: changes.map(({ row }) => row) },",
    to: "{ table: 'changes', put: [] },",
    isQuick: true,
  },
  {
    name: 'operations are not written to IndexedDB, and the mark moves on',
    file: 'renderer/core/store/sealed-store.ts',
    from: "{ table: 'journal', put: await keptRows(parts, operations) },",
    to: "{ table: 'journal', put: await keptRows(parts, operations.slice(1)) },",
  },
  {
    name: 'a new scope is pulled from the present on, not from zero',
    file: PULL,
    from: 'cursors: [...scopes].sort().map((scope) => ({ scope, cursor: cursorOf(state, scope) })),',
    to: 'cursors: [...scopes].sort().map((scope) => ({ scope, cursor: cursorOf(state, scope) || Math.max(0, ...Object.keys(state.cursors).map((one) => cursorOf(state, one))) })),',
    isQuick: true,
  },
  {
    name: 'what has left a scope is not let go',
    file: PULL,
    from: 'page.removed.filter((removal) => hasLeft(engine, removal, epoch));',
    to: 'page.removed.filter((removal) => hasLeft(engine, removal, epoch) && false);',
    isQuick: true,
  },
  {
    name: 'states of a former life are kept',
    file: PULL,
    from: 'asked.has(via) && (known?.epoch !== epoch || known.seq < record.seq)',
    to: 'asked.has(via) && (known === undefined || known.seq < record.seq)',
  },
  {
    name: 'keys of a lost scope stay',
    file: SCOPES,
    from: '  if (lost.length === 0) return;',
    to: '  if (lost.length >= 0) return;',
    isQuick: true,
  },
  {
    name: 'rows of a lost scope stay',
    file: 'renderer/core/store/scope-forgetting.ts',
    from: '  if (gone.length === 0) return;',
    to: '  if (gone.length >= 0) return;',
    isQuick: true,
  },
  {
    name: 'basis taken from the cursor: a form saw everything that was pulled before it was saved',
    file: 'renderer/core/engine/write.ts',
    from: '    basis: saw.basis,',
    to: '    basis: { epoch: engine.state.epoch, seq: Math.max(0, ...Object.values(engine.state.cursors).map(({ cursor }) => cursor)) },',
  },
  {
    name: 'after left empty: an operation does not name what it was built on',
    file: OPENED,
    from: '    after: playedOn(engine, id),',
    to: '    after: [],',
    isQuick: true,
  },
  {
    name: 'the basis is what is shown at saving, not what the form showed',
    file: 'renderer/core/engine/write.ts',
    from: 'const now = opened && isItsForm ? opened : openRecord(engine, command.record);',
    to: 'const now = opened && isItsForm && false ? opened : openRecord(engine, command.record);',
  },
  {
    name: 'device compared instead of `after`: what a person wrote before counts as seen',
    file: PLAY,
    from: '    !operation.after.includes(other.operation) &&\n',
    to: '    other.by !== operation.author &&\n',
  },
  {
    name: 'a basis of another life counts as it stands',
    file: PLAY,
    from: 'Math.min(basis.seq, restoredHead);',
    to: 'Math.max(basis.seq, restoredHead);',
  },
  {
    name: 'a rival is lost',
    file: PLAY,
    from: 'rivals: [...(known?.rivals ?? []), { value: before ?? null, writer: last }],',
    to: 'rivals: known?.rivals ?? [],',
    isQuick: true,
  },
  {
    name: 'clock believed: operations carry this computer’s own time',
    file: 'renderer/core/engine/engine.ts',
    from: 'ports.clock.now() + state.offset;',
    to: 'ports.clock.now() + 0 * state.offset;',
    isQuick: true,
  },
  {
    name: 'somebody else’s refusal stands in the tray',
    file: 'renderer/core/engine/tray.ts',
    from: '  isMine(engine, kept) &&\n  (kept.verdict?.verdict',
    to: '  (kept.verdict?.verdict',
  },
  {
    name: 'a refusal is shown nowhere',
    file: 'renderer/core/engine/tray.ts',
    from: "(kept.verdict?.verdict === 'refused' || kept.verdict?.verdict === 'held') &&",
    to: "kept.verdict?.verdict === 'held' &&",
  },
  {
    name: 'once: a matter whose reader took themselves out stays on their desk for ever',
    file: 'renderer/core/engine/turn.ts',
    from: '    if (open.length === scopes.length) await letUnreadableGo(engine, scopes);',
    to: '    void letUnreadableGo;',
  },
  {
    name: 'an older desk is told in words that it does not have',
    file: 'server/turn/told-before.ts',
    from: "if (protocol > 2 || verdict.verdict === 'confirmed') return verdict;",
    to: "if (protocol > 1 || verdict.verdict === 'confirmed') return verdict;",
  },
  {
    name: 'an older desk is answered in the newest protocol alone',
    file: 'server/district.ts',
    from: 'protocol >= OLDEST_PROTOCOL',
    to: 'protocol > OLDEST_PROTOCOL',
    isQuick: true,
  },
  {
    name: 'the journal lets go at once, without the thirty days',
    file: 'electron/durable-mark.ts',
    from: 'clock.used - at >= THIRTY_DAYS',
    to: 'clock.used - at >= 0 * THIRTY_DAYS',
  },
  {
    name: 'the journal lets go of what no backup holds',
    file: 'electron/native/journal-questions.ts',
    from: "verdict?.verdict === 'confirmed' && verdict.seq <= durable",
    to: "verdict?.verdict === 'confirmed' && verdict.seq <= durable * 1000",
  },
  {
    name: 'review: a supervisor is not asked',
    file: 'shared/core/review.ts',
    from: "if (home.form === 'area' && supervises(",
    to: "if (home.form === 'area' && false && supervises(",
  },
  {
    name: 'review: an author lets their own held operation through',
    file: 'shared/core/review.ts',
    from: "if (!home || (operation.author === actor.id && home.form === 'area')) return false;",
    to: 'if (!home) return false;',
  },
  {
    name: 'review: the decision that sent it back is not kept with it',
    file: 'server/judge/judge-decision.ts',
    from: "refuse(layer, { ...root, review: decision }, { code: 'declined', operation: decision });",
    to: "refuse(layer, root, { code: 'declined', operation: decision });",
  },
  {
    name: 'review: the decision that let it through is not kept with it',
    file: JUDGE_ONE,
    from: 'review: review ?? stored.review, said });',
    to: 'review: stored.review, said });',
  },
  ...faultsForTests,
];
