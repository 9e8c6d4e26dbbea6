/**
 * The journal: every operation made on this computer, the district's verdicts on them, and the temporary numbers given out.
 * Owns sync.md S1 and S2: what `append` has returned is on disk, in the device's chain, and nothing takes it away before the district
 * has made it durable. One writer: work is done in turn. The content is sealed; the main process sees ids, authors and sizes only.
 */
import { dirname, join } from 'node:path';
import { inOrder } from '../../shared/core/in-order.ts';
import { CHAIN_START, settledText, type Settlement } from '../../shared/protocol/link.ts';
import type { PushEntry } from '../../shared/protocol/messages.ts';
import { createChainMirror, readChainMirror, type Mirroring } from './chain-mirror.ts';
import { growing, type Growing } from './journal-chain.ts';
import { createJournalLines } from './journal-lines.ts';
import { openJournalFile, type JournalFileOptions } from './journal-file.ts';
import { createJournalIndex, type Line, type WithoutNumber, type OperationEntry } from './journal-index.ts';
import {
  adriftOf,
  chainFrom,
  lostBeyond,
  droppable,
  heldOperations,
  settlementOf,
  isWaiting,
  namingOf,
  pendingGroups,
} from './journal-questions.ts';
import type { Author, Journal } from './journal-port.ts';

export interface OpenedJournal {
  readonly journal: Journal;
  /** Files that hold what could not be read: a torn tail or a damaged journal. */
  readonly setAside: readonly string[];
}

/** That its author has dealt with what has this place. */
const settlementOver = (hash: string, { signing }: Author): Settlement => ({
  key: signing.id,
  signature: signing.sign(settledText(hash)),
});

export const CONTENT_CHANGED = 'content-changed';

export async function openJournal(
  options: JournalFileOptions & Pick<Mirroring, 'later'>,
): Promise<OpenedJournal> {
  const { file, frames: lying, setAside } = await openJournalFile(options);
  const index = createJournalIndex();
  const turn = inOrder();
  const mirrorPath = join(dirname(options.path), 'chain.json');
  const mirror = createChainMirror(mirrorPath, index.ends, options);
  const { remember, write, fetch, receiptsOf, writeAgain, rewrite } = createJournalLines(
    file,
    index,
    mirror.follow,
  );
  remember(lying);
  for (const end of await readChainMirror(mirrorPath, options.disk)) index.mark(end);
  mirror.follow();

  async function relinked(operations: readonly Readonly<OperationEntry>[], chain: Growing, author: Author) {
    const lines: Line[] = [];
    const add = (line: WithoutNumber): void =>
      void lines.push({ ...line, number: index.lastNumber() + 1 + lines.length } as Line);
    for (const line of await fetch(operations)) {
      if (line.kind !== 'operation') continue;
      const link = chain.next(line.envelope, author.signing);
      add({ kind: 'operation', envelope: line.envelope, link });
      // What its author has dealt with is so in its new place, too.
      const { resolved } = index.operation(line.envelope.id) ?? {};
      if (resolved) add({ ...resolved, settled: settlementOver(link.hash, author) });
    }
    return lines;
  }

  const journal: Journal = {
    append: (entries, author) =>
      turn(async () => {
        if (new Set(entries.map(({ envelope }) => envelope.id)).size < entries.length)
          throw new Error(CONTENT_CHANGED);
        const known = entries.flatMap(({ envelope }) => index.operation(envelope.id) ?? []);
        if (known.length > 0) {
          // The window asks again after a lost answer: the same operations, all of them.
          const same = entries.every(
            ({ envelope }, at) =>
              known[at]?.id === envelope.id && known[at]?.commitment === envelope.commitment,
          );
          if (!same) throw new Error(CONTENT_CHANGED);
          return (await fetch(known)).flatMap((line) =>
            line.kind === 'operation' ? [{ number: line.number, link: line.link }] : [],
          );
        }
        const chain = growing(index);
        const first = index.lastNumber() + 1;
        const lines = entries.map(({ envelope, link }, at) => {
          const line = { kind: 'operation' as const, number: first + at, envelope };
          if (envelope.author === author.person.id && !(link && chain.fits(envelope.device, link)))
            return { ...line, link: chain.next(envelope, author.signing) };
          if (!link) throw new Error('Nobody is here to sign it');
          if (!chain.fits(envelope.device, link)) return { ...line, link, adrift: true as const };
          chain.take(envelope.device, link);
          return { ...line, link };
        });
        await write(lines);
        return lines.map(({ number, link }) => ({ number, link }));
      }),

    judge: (verdicts, at) =>
      turn(async () => {
        const news = verdicts.filter((verdict) => index.isNews(verdict));
        if (news.length === 0) return [];
        const first = index.lastNumber() + 1;
        const lines = news.map((verdict, at_) => ({
          kind: 'verdict' as const,
          number: first + at_,
          verdict,
          at,
        }));
        await write(lines);
        return lines;
      }),

    resolve: ({ operation, by, into, at }) =>
      turn(async () => {
        const number = index.lastNumber() + 1;
        const link = index.operation(operation)?.link;
        const settled = link && settlementOver(link.hash, by);
        await write([
          {
            ...{ kind: 'resolved', number, operation, by: by.person.id, into: [...into], at },
            ...(settled && { settled }),
          },
        ]);
        return number;
      }),

    temporaryNumber: () =>
      turn(async () => {
        const ordinal = index.lastOrdinal() + 1;
        await write([{ kind: 'temporary', ordinal }]);
        return ordinal;
      }),

    read: ({ after, limit = 1000 }) =>
      turn(async () => {
        const { wanted, more, last } = index.linesAfter(after, limit);
        return { entries: await fetch(wanted), more, last: more ? (wanted.at(-1)?.number ?? after) : last };
      }),

    pending: (device) => pendingGroups(index, device),
    held: (device) => heldOperations(index, device),
    pendingCount: () => index.pendingCount(),
    entries: (operations) =>
      turn(async () => {
        const known = operations.flatMap(({ id }) => index.operation(id) ?? []);
        const receipts = await receiptsOf(known);
        return (await fetch(known)).flatMap((line): PushEntry[] => {
          if (line.kind !== 'operation') return [];
          const entry = index.operation(line.envelope.id);
          const { envelope, link } = line;
          const settled = entry && settlementOf(entry);
          const earlier = receipts.get(envelope.id);
          return [{ envelope, link, ...(settled && { settled }), ...(earlier !== undefined && { earlier }) }];
        });
      }),

    entriesFrom: (device, number) =>
      turn(async () => {
        const refused = chainFrom(index, device, number).filter(
          ({ verdict, settled }) => verdict?.verdict === 'refused' && !settled,
        );
        await writeAgain(refused);
        return chainFrom(index, device, number).map(({ id, number: line, link, size }) => ({
          id,
          number: line,
          link: link.number,
          size,
        }));
      }),

    offerAgain: (beyond, between) =>
      turn(async () => {
        const lost = lostBeyond(index, beyond, between);
        await writeAgain(lost);
        return lost.length;
      }),

    cutChain: (device, { number: from, previous: known }, author) =>
      turn(async () => {
        const own = from === 1 ? CHAIN_START : index.hashAt(device, from - 1);
        const previous = own ?? known;
        // Where nobody here knows that link, what lies before it may be of a branch that the district does not have.
        const all = own === undefined;
        const mine = chainFrom(index, device, all ? 1 : from).filter((entry) =>
          isWaiting(entry, author.person.id),
        );
        if (previous === undefined || index.linkAt(device, from) || mine.length === 0) return false;
        const end = { number: from - 1, hash: previous };
        const chain = growing({ end: () => end, linkAt: () => undefined });
        await write([
          { kind: 'cut', device, from, previous, ...(all && { all }) },
          ...(await relinked(mine, chain, author)),
        ]);
        return true;
      }),

    relink: (author) =>
      turn(async () => {
        const adrift = adriftOf(index, author.person.id);
        if (adrift.length > 0) await write(await relinked(adrift, growing(index), author));
        return adrift.length;
      }),

    filesNamed: () => index.filesNamed(),
    naming: (file) => namingOf(index, file),
    authorOf: (operation) => index.operation(operation)?.author,

    isOtherEnd: (device, { number, hash }) =>
      number > index.end(device).number ||
      (index.hashAt(device, number) ?? hash) !== hash ||
      (index.linkAt(device, number + 1)?.previous ?? hash) !== hash,

    chainReached: (device, { number, hash }) =>
      turn(async () => {
        if (number === 0 || index.hashAt(device, number) === hash) return;
        await write([{ kind: 'cut', device, from: number + 1, previous: hash, all: true }]);
      }),

    lastNumber: index.lastNumber,

    compact: (mark) =>
      turn(async () => {
        const gone = droppable(index, mark);
        if (gone.size > 0) await rewrite(gone);
      }),

    close: () =>
      turn(async () => {
        await mirror.settled();
        await file.close();
      }),
  };
  return { journal, setAside };
}
