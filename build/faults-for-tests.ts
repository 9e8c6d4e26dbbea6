/**
 * Faults that the simulation cannot meet, or meets rarely: each names the test file that must turn red. The others, and what all of them are for, stand in
 * faults.ts.
 */
import type { Fault } from './fault.ts';

const JOURNAL = 'electron/native/journal.ts';
const JUDGE = 'server/judge/judge.ts';
const JUDGE_ONE = 'server/judge/judge-one.ts';

const HISTORIES = 'renderer/core/testing/simulation/run-history.test.ts';

export const faultsForTests: readonly Fault[] = [
  {
    name: 'what is found at opening may still be lost with the power',
    file: 'electron/native/journal-file.ts',
    from: '      await handle.datasync();\n      return bytes;',
    to: '      return bytes;',
    test: HISTORIES,
  },
  {
    name: 'a verdict of a former life counts where a colleague has read further',
    file: 'renderer/core/engine/mirror.ts',
    from: 'if (!kept || entry.number < kept.number) return undefined;',
    to: 'if (!kept) return undefined;',
    test: HISTORIES,
  },
  {
    name: 'who let it through is forgotten where an approval had brought it back',
    file: JUDGE_ONE,
    from: '{ ...stored, review: review ?? stored.review }, bench.head.epoch)',
    to: 'stored, bench.head.epoch)',
    test: HISTORIES,
  },
  {
    name: 'an approved state leaves behind what stood beside a text',
    file: 'shared/core/recovered.ts',
    from: 'if (beside) conflicts[name] = beside;',
    to: 'if (beside) continue;',
    test: 'shared/core/recovered.test.ts',
  },
  {
    name: 'what has a new place and comes late makes a clone of an honest computer',
    file: 'server/judge/chain.ts',
    from: 'follow(await unknownOf(writing, entries), { ...start',
    to: 'follow(entries.slice((await unknownOf(writing, entries)).length * 0), { ...start',
    test: HISTORIES,
  },
  {
    name: 'what is dealt with keeps its author’s old word in its new place',
    file: JOURNAL,
    from: 'settled: settlementOver(link.hash, author) });',
    to: 'settled: settlementOver(chain.next.name, author) });',
    test: HISTORIES,
  },
  {
    name: 'a cloned disk is told where to go on',
    file: 'server/judge/chain.ts',
    from: 'const isOfThisLife = start.epoch === epoch && ',
    to: 'const isOfThisLife = start.number < 0 && ',
    test: 'server/judge/chain.test.ts',
  },
  {
    name: 'a second restoration makes clones of honest computers',
    file: 'server/judge/chain.ts',
    from: 'const isOfThisLife = start.epoch === epoch && ',
    to: 'const isOfThisLife = start.number >= 0 || ',
    test: HISTORIES,
  },
  {
    name: 'the end of a chain whose entry is gone is not told',
    file: 'server/judge/chain.ts',
    from: '  previous: hash,\n});',
    to: "  previous: hash.replace(/./g, 'B'),\n});",
    test: HISTORIES,
  },
  {
    name: 'members of a group are written one after the other',
    file: JOURNAL,
    from: '        await write(lines);\n        return lines.map(({ number, link }) => ({ number, link }));',
    to: '        for (const one of lines) await write([one]);\n        return lines.map(({ number, link }) => ({ number, link }));',
    test: 'electron/native/journal.test.ts',
  },
  {
    name: 'author taken from the session: whoever is in signs what is given back',
    file: JOURNAL,
    from: 'if (envelope.author === author.person.id && !(link && chain.fits(envelope.device, link)))',
    to: 'if (!(link && chain.fits(envelope.device, link)))',
    test: 'electron/native/journal-chain.test.ts',
  },
  {
    name: 'the epoch is noted before the journal has offered again',
    file: 'electron/epoch-watch.ts',
    from: '        const offered = await journal.offerAgain(restoredHead, between);\n',
    to: '        await replaceFile(path, JSON.stringify({ epoch, since: 0, former: [] }), disk);\n        const offered = await journal.offerAgain(restoredHead, between);\n',
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
    name: 'a restored district is told nothing of what was refused or given up',
    file: 'electron/native/journal-questions.ts',
    from: "||\n        verdict?.verdict === 'refused',",
    to: '||\n        false,',
    test: 'electron/native/journal.test.ts',
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
    from: '  await wake(bench, [...woken, ...fresh.map(',
    to: '  await wake(bench, [...woken.slice(0, 0), ...fresh.map(',
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
    name: 'predecessors are not waited for',
    file: JUDGE_ONE,
    from: 'if (missing !== undefined) {\n    hold(layer, stored, { code:',
    to: 'if (missing !== undefined && false) {\n    hold(layer, stored, { code:',
    test: 'server/judge/judge.test.ts',
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
    name: 'once: a gap that only the question about what is held shows is not closed',
    file: 'electron/carrier.ts',
    from: "if (typeof next === 'object') await carryPending(to, next.gap);",
    to: 'void next;',
    test: 'electron/carrier.test.ts',
  },
  {
    name: 'once: the second of two restorations counts a basis of the life before both as seen',
    file: 'server/ledger/new-life.ts',
    from: 'head.wasRestored ? Math.min(head.restoredHead, head.seq) : head.seq;',
    to: 'head.wasRestored ? head.seq : head.seq;',
    test: 'server/ledger/epoch.test.ts',
  },
  {
    name: 'once: a restoration to nothing is none to the next one',
    file: 'server/ledger/new-life.ts',
    from: 'const restoredHead = head.wasRestored ?',
    to: 'const restoredHead = head.restoredHead > 0 ?',
    test: 'server/ledger/epoch.test.ts',
  },
  {
    name: 'late: a poke about what a turn that failed had reached before is left at that',
    file: 'renderer/core/engine/turn.ts',
    from: '  engine.reached = undefined;',
    to: '',
    test: 'renderer/core/engine/turns.test.ts',
  },
  {
    name: 'review: what is handed over is judged like anything else',
    file: JUDGE,
    from: "if (content.kind === 'operation' && content.operation.handed)",
    to: "if (content.kind === 'operation' && content.operation.handed && false)",
    test: HISTORIES,
  },
  {
    name: 'once: an end that a cut has left is taken for the chain’s own',
    file: 'electron/native/journal-index.ts',
    from: 'if (of === device && (all || Number(number) >= from)) marks.delete(place);',
    to: 'if (of === device && all) marks.delete(place);',
    test: HISTORIES,
  },
];
