/** The crowd in small, on a real PostgreSQL, and that it finds what it is for: `npm run crowd` is the same with 200 writers. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Head, Transactor } from '../../ledger/transactor.ts';
import { startPostgres, type Postgres } from '../postgres.ts';
import { openNodes } from './nodes.ts';
import { prove } from './prove.ts';
import { work, type Size, type Worked } from './work.ts';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

/** A machine that is busy with something else takes its time. */
const PATIENCE = 180_000;
const SMALL: Size = { writers: 6, operations: 4, readers: 2 };

async function crowded(size: Size, changed?: (transactor: Transactor) => Transactor): Promise<Worked> {
  const nodes = await openNodes(await postgres.createDatabase(), 2, changed);
  try {
    return await work(nodes.casts, size);
  } finally {
    await nodes.close();
  }
}

it(
  'S6-1 20 writers at two nodes leave no gap and no double, and four readers who follow their cursors miss nothing',
  { timeout: PATIENCE },
  async () => {
    const worked = await crowded({ writers: 20, operations: 10, readers: 4 });
    expect(prove(worked)).toEqual([]);
    expect(worked.written).toHaveLength(200);
    expect(worked.kept).toHaveLength(200);
  },
);

describe('a planted fault is found:', { timeout: PATIENCE }, () => {
  it('S6-1 sequences given without the head’s lock', async () => {
    const worked = await crowded(SMALL, (transactor) => ({
      ...transactor,
      transact: (work) => transactor.transact((writing) => work({ ...writing, lockHead: writing.head })),
    }));
    expect(prove(worked)).toContainEqual(expect.stringMatching(/not confirmed|a gap or a double/));
  });

  it('S6-1 a head that is seen before its operations', async () => {
    // One at a time all the same, so that nothing but the readers can notice.
    let before: Promise<unknown> = Promise.resolve();
    const alone = <T>(work: () => Promise<T>): Promise<T> => {
      const after = before.then(work);
      before = after.catch(() => undefined);
      return after;
    };
    // Between head and operations somebody reads, however busy the machine is.
    let asked = 0;
    const somebodyReads = async (): Promise<void> => {
      const until = asked + 2 * SMALL.readers;
      for (let tries = 0; asked < until && tries < 200; tries++) await wait(10);
    };
    const worked = await crowded(SMALL, (transactor) => ({
      ...transactor,
      standingAs: (person, scopes) => {
        asked += 1;
        return transactor.standingAs(person, scopes);
      },
      transact: (work) =>
        alone(() =>
          transactor.transact((writing) =>
            work({
              ...writing,
              lockHead: writing.head,
              saveHead: async (head: Head) => {
                await transactor.transact((other) => other.saveHead(head));
                await somebodyReads();
              },
            }),
          ),
        ),
    }));
    const broken = prove(worked);
    expect(broken).not.toEqual([]);
    for (const one of broken) expect(one).toMatch(/^reader \d+: sequence \d+ was missed at cursor/);
  });

  it('S6-1 a page that tells a later head than its rows', async () => {
    const worked = await crowded(SMALL, (transactor) => ({
      ...transactor,
      readFromStandingAs: (person, scopes, work) =>
        transactor.readFromStandingAs(person, scopes, (reading, standing) =>
          work(
            {
              ...reading,
              page: async (asked, limit) => ({
                ...(await reading.page(asked, limit)),
                head: await transactor.read((later) => later.head()),
              }),
            },
            standing,
          ),
        ),
    }));
    expect(prove(worked)).toContainEqual(
      expect.stringMatching(/^reader \d+: sequence \d+ (was missed at cursor|came out of its order)/),
    );
  });
});
