/**
 * Faults that are planted on purpose, one at a time, in a copy of the code (audit-faults.ts): what somebody could write by mistake, as the text that it
 * would be. `from` stands in its file exactly once, or the audit fails; so none of them rots unseen. Found by the simulation, or by the named test file.
 */
export interface Fault {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Of a test file that must turn red; without it the simulation must find it. */
  readonly test?: string;
  /** Found within seconds: part of the quick audit. */
  readonly isQuick?: true;
}

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
    name: 'members of a group are written one after the other',
    file: JOURNAL,
    from: '        await write(lines);\n        return lines.map(({ number, link }) => ({ number, link }));',
    to: '        for (const one of lines) await write([one]);\n        return lines.map(({ number, link }) => ({ number, link }));',
    test: 'electron/native/journal.test.ts',
  },
  {
    name: 'verdict forgotten: some never reach the journal',
    file: JOURNAL,
    from: 'verdicts.filter((verdict) => index.isNews(verdict))',
    to: "verdicts.filter((verdict) => index.isNews(verdict) && !(verdict.verdict === 'confirmed' && verdict.seq % 3 === 0))",
  },
  {
    name: 'author taken from the session: whoever is in signs what is given back',
    file: JOURNAL,
    from: 'if (envelope.author === author.person.id && !(link && chain.fits(envelope.device, link)))',
    to: 'if (!(link && chain.fits(envelope.device, link)))',
    test: 'electron/native/journal-chain.test.ts',
  },
  {
    name: 'epoch ignored: what a restored district has lost is not offered again',
    file: 'electron/epoch-watch.ts',
    from: 'await journal.offerAgain(restoredHead)',
    to: 'await Promise.resolve(0 * restoredHead)',
    isQuick: true,
  },
  {
    name: 'the epoch is noted before the journal has offered again',
    file: 'electron/epoch-watch.ts',
    from: '        const offered = await journal.offerAgain(restoredHead);\n',
    to: '        await replaceFile(path, JSON.stringify({ epoch, since: 0, former: [] }), disk);\n        const offered = await journal.offerAgain(restoredHead);\n',
    test: 'electron/epoch-watch.test.ts',
  },
  {
    name: 'the clock of the desk counts the thirty days of the journal',
    file: 'electron/durable-mark.ts',
    from: 'Date.parse(parsed.data.serverTime)',
    to: 'Date.now()',
    test: 'electron/durable-mark.test.ts',
  },
  {
    name: 'the carrier forgets to ask about what is held',
    file: 'electron/carrier.ts',
    from: 'now() - heldAskedAt > HELD_ROUND ?',
    to: 'now() - heldAskedAt < 0 ?',
  },
  {
    name: 'a restored district is told nothing of what was refused or given up',
    file: 'electron/native/journal-questions.ts',
    from: " || verdict?.verdict === 'refused',",
    to: ' || false,',
    test: 'electron/native/journal.test.ts',
  },
  {
    name: 'idempotency dropped: what was judged is judged again',
    file: JUDGE,
    from: '    if (known) {\n      const isSame',
    to: "    if (known?.verdict.verdict === 'held') {\n      const isSame",
    isQuick: true,
  },
  {
    name: 'half a group is confirmed',
    file: JUDGE,
    from: 'if (culprit && size > 1) {',
    to: 'if (culprit && size > 2) {',
    test: 'server/judge/judge.test.ts',
  },
  {
    name: 'nothing wakes what waits',
    file: JUDGE,
    from: '  await wake(bench, [...woken, ...fresh.filter(mayBeDecided)',
    to: '  await wake(bench, [...woken.slice(0, 0), ...fresh.filter(mayBeDecided)',
    test: 'server/judge/judge.test.ts',
  },
  {
    name: 'states of a former life are replaced before they were offered',
    file: 'renderer/core/engine/former.ts',
    from: 'inParts(formerStates(engine))',
    to: 'inParts(formerStates(engine).slice(0, 0))',
    test: 'renderer/core/engine/recovered.test.ts',
  },
  {
    name: 'a scope that the restoration forgot is destroyed',
    file: 'renderer/core/engine/scopes.ts',
    from: ' && !isForgotten(engine, scope),',
    to: ' && (!isForgotten(engine, scope) || true),',
    test: 'renderer/core/engine/recovered.test.ts',
  },
  {
    name: 'what returns late is played last, whatever came behind it in its life',
    file: 'server/judge/former-order.ts',
    from: '  if (!others.some(isLater)) return undefined;',
    to: '  if (others.length >= 0) return undefined;',
    test: 'server/judge/receipts.test.ts',
  },
  {
    name: 'the number of what a reviewer lets through is not looked up',
    file: 'server/judge/bench.ts',
    from: 'for (const stored of [...operations, ...reviewed.flatMap(',
    to: 'for (const stored of [...operations, ...reviewed.slice(0, 0).flatMap(',
    test: 'server/judge/receipts.test.ts',
  },
  {
    name: 'former rights forgotten: what was written before they were lost is refused',
    file: JUDGE_ONE,
    from: '  else if (mayOnce(deciding)) {',
    to: '  else if (mayOnce(deciding) && false) {',
  },
  {
    name: 'predecessors are not waited for',
    file: JUDGE_ONE,
    from: 'if (missing !== undefined) {\n    hold(layer, stored, { code:',
    to: 'if (missing !== undefined && false) {\n    hold(layer, stored, { code:',
    test: 'server/judge/judge.test.ts',
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
    from: "{ table: 'journal', put: operations.map(keptRow) },",
    to: "{ table: 'journal', put: operations.slice(1).map(keptRow) },",
  },
  {
    name: 'a new scope is pulled from the present on, not from zero',
    file: PULL,
    from: 'cursor: cursorOf(engine.state, scope) })),',
    to: 'cursor: cursorOf(engine.state, scope) || Math.max(0, ...Object.keys(engine.state.cursors).map((one) => cursorOf(engine.state, one))) })),',
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
    from: 'asked.has(via) && (known?.epoch !== epoch || known.seq < seq)',
    to: 'asked.has(via) && (known === undefined || known.seq < seq)',
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
    name: 'handed to the supervisor, it goes out as anything else does',
    file: 'renderer/core/engine/hand-over.ts',
    from: 'write: () => ({ handed: true })',
    to: 'write: () => ({})',
    test: 'renderer/core/engine/review.test.ts',
  },
  {
    name: 'handed over and declined, it is handed over again by every correction',
    file: 'renderer/core/engine/send-again.ts',
    from: 'const { handed: _, ...old } = operation;',
    to: 'const old = operation;',
    test: 'renderer/core/engine/review.test.ts',
  },
  {
    name: 'what a reviewer makes of it takes the author’s own out of the tray',
    file: 'renderer/core/memory/local-operations.ts',
    from: 'author === undefined || by === author',
    to: 'author === undefined || by !== undefined',
    test: 'renderer/core/memory/local-operations.test.ts',
  },
  {
    name: 'whoever knows the address of a file has it',
    file: 'server/attachments/download.ts',
    from: 'if (!scopes.some((scope) => mayRead(actor, scope, registry.roles)))',
    to: 'if (!scopes.some((scope) => mayRead(actor, scope, registry.roles) || true))',
    test: 'server/attachments/attachments.test.ts',
  },
  // Faults that this code has had, and that were found late.
  {
    name: 'once: the second of two restorations counts a basis of the life before both as seen',
    file: 'server/ledger/new-life.ts',
    from: 'restoredHead: wasRestored ? Math.min(head.restoredHead, head.seq) : head.seq };',
    to: 'restoredHead: wasRestored ? head.seq : head.seq };',
    test: 'server/ledger/epoch.test.ts',
  },
  {
    name: 'once: a matter whose reader took themselves out stays on their desk for ever',
    file: 'renderer/core/engine/turn.ts',
    from: '    if (open.length === scopes.length) await letUnreadableGo(engine, scopes);',
    to: '    void letUnreadableGo;',
  },
];
