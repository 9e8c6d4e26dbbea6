/**
 * The district's own daily head: once a day, what the ledger holds by then, chained to the day before and signed with a key that does
 * not lie in the database. Whoever takes an operation away or changes the order later breaks the day.
 *
 * hash = SHA-256(`linli/anchor/1|<district>|<day>|<seq>|<previous>|<content>`), base64url; content = SHA-256 over a line
 * `<seq> <id> <digest>\n` of each operation confirmed since the day before, in order. Signature: the district's signing key over the hash.
 */
import { createHash } from 'node:crypto';
import { shanghaiDay } from '../../shared/core/calendar/day.ts';
import { CHAIN_START } from '../../shared/protocol/link.ts';
import type { Anchor } from '../ledger/trail.ts';
import type { Reading, Writing } from '../ledger/transactor.ts';
import type { Parts } from '../parts.ts';

const PAGE = 5000;

type Keys = Pick<Parts['keys'], 'hash' | 'sign' | 'verify' | 'signingKey'>;

/** Once a day in Shanghai, and only where something has happened since. */
export const anchorToday = ({ transactor, keys, clock, instant }: Parts): Promise<void> =>
  transactor.transact(async (writing: Writing) => {
    const head = await writing.lockHead();
    const last = (await writing.anchors()).at(-1);
    const day = shanghaiDay(clock());
    if (head.seq === (last?.seq ?? 0) || (last !== undefined && last.day >= day)) return;
    const previous = last?.hash ?? CHAIN_START;
    const content = await contentOf(writing, last?.seq ?? 0, head.seq);
    const hash = keys.hash(anchorText({ district: head.district, day, seq: head.seq, previous, content }));
    await writing.saveAnchor({
      ...{ day, at: instant(), seq: head.seq, previous, hash },
      signature: keys.sign(hash),
    });
  });

/** @returns the days whose heads do not hold what is there now */
export async function brokenAnchors(reading: Reading, keys: Keys): Promise<readonly string[]> {
  const { district } = await reading.head();
  const broken: string[] = [];
  let before: Anchor | undefined;
  for (const anchor of await reading.anchors()) {
    const { day, seq, previous, hash, signature } = anchor;
    const content = await contentOf(reading, before?.seq ?? 0, seq);
    const isWhole =
      previous === (before?.hash ?? CHAIN_START) &&
      hash === keys.hash(anchorText({ district, day, seq, previous, content })) &&
      keys.verify(hash, signature, keys.signingKey);
    if (!isWhole) broken.push(day);
    before = anchor;
  }
  return broken;
}

const anchorText = (
  given: Readonly<Record<'district' | 'day' | 'previous' | 'content', string>> & { readonly seq: number },
) => ['linli/anchor/1', given.district, given.day, given.seq, given.previous, given.content].join('|');

async function contentOf(reading: Reading, from: number, to: number): Promise<string> {
  const hashing = createHash('sha256');
  for await (const page of confirmedIn(reading, from, to)) {
    for (const { seq, id, digest } of page) hashing.update(`${seq} ${id} ${digest}\n`);
  }
  return hashing.digest('base64url');
}

/** Confirmed operations behind `from` up to `to`, in the district's order, page by page. */
export async function* confirmedIn(reading: Reading, from: number, to: number) {
  let after = from;
  while (after < to) {
    const page = await reading.confirmed(after, to, PAGE);
    yield page;
    const last = page.at(-1)?.seq ?? to;
    // Rows that somebody has put in another order must not lead round in circles.
    if (last <= after) return;
    after = last;
  }
}
