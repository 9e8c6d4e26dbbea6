/** L and R of performance.md: pushes of one operation and of five hundred, and pages of a thousand, beside what PostgreSQL does without us. */
import { openPostgres } from '../../server/database/open.ts';
import { createSqlLedger } from '../../server/ledger/sql-ledger.ts';
import { startPostgres } from '../../server/testing/postgres.ts';
import { caseStates } from '../data.ts';
import { enrolAt, writeWork } from '../load/enrolled.ts';
import { loadDesk, type LoadDesk } from '../load/desk.ts';
import { startServers } from '../load/servers.ts';
import { createTally } from '../load/tally.ts';
import { wants } from '../options.ts';
import type { Part } from '../part.ts';
import { inTurn, sideIn, type Measures } from '../rounds.ts';
import { placeAll } from '../sync/district.ts';
import { author, AREA } from '../data.ts';
import { copied, pgbench } from './floors.ts';
import { openLedger, pushed } from './ledger.ts';
import { overHttp } from './over-http.ts';
import { AT_A_TIME, pagesOf, pagesOfDistrict } from './pull-pages.ts';

const USUAL = 64;
const BATCH = 500;
const SECONDS = 5;

const say = (line: string): void => console.error(`bench: server: ${line}`);

export const server: Part = async (options, emit) => {
  const { n, rounds } = options;
  if (wants(options, 'l')) {
    const total = Math.min(n, 20_000);
    const postgres = await startPostgres({ isDurable: true });
    try {
      const url = await postgres.createDatabase();
      const here = await openLedger(USUAL, url);
      const small = await openLedger(USUAL);
      const measured = await inTurn(
        {
          ours: async () => ({
            single: await pushed(here, { connections: USUAL, total, batch: 1 }),
            batches: await pushed(here, { connections: 4, total, batch: BATCH }),
          }),
          pglite: async () => ({
            single: await pushed(small, { connections: USUAL, total: Math.min(total, 5_000), batch: 1 }),
          }),
          floor: async () => ({ single: await pgbench(url, USUAL, SECONDS), batches: await copied(url) }),
        },
        rounds,
        say,
      );
      await small.close();
      const of = (side: string, measure: string) => sideIn(measured, side, measure);
      const notes = { durability: 'PostgreSQL with fsync and synchronous_commit; real modules judged' };
      emit({
        ...{ bench: 'server.push-single', n: total, unit: 'perSecond', notes },
        ...{ ours: of('ours', 'single'), floor: of('floor', 'single') },
      });
      emit({
        ...{ bench: 'server.push-batches', n: total, unit: 'perSecond', notes },
        ...{ ours: of('ours', 'batches'), floor: of('floor', 'batches') },
      });
      emit({
        ...{ bench: 'server.pglite', n: Math.min(total, 5_000), unit: 'perSecond' },
        ...{ ours: of('pglite', 'single'), floor: of('ours', 'single') },
      });
      await here.close();
    } finally {
      await postgres.stop();
    }
    const servers = await startServers(1);
    try {
      const { ours, floor, memory } = await overHttp(
        servers,
        USUAL,
        Math.ceil(Math.min(total, 6_400) / USUAL),
      );
      emit({
        ...{ bench: 'server.push-http', n: Math.min(total, 6_400), unit: 'perSecond' },
        ...{ ours: [ours.perSecond], floor: [floor.perSecond] },
        notes: { floor: 'a Fastify route that only verifies the signature' },
      });
      emit({ bench: 'server.push-http.p95', n: USUAL, unit: 'ms', ours: [ours.p95], floor: [floor.p95] });
      emit({ bench: 'memory.server.64', n: USUAL, unit: 'MB', ours: [memory] });
    } finally {
      await servers.stop();
    }
  }
  if (wants(options, 'r')) await pages(options, emit);
};

const pages: Part = async ({ n, rounds }, emit) => {
  const servers = await startServers(1);
  const { db, close } = await openPostgres(servers.databaseUrl);
  const ledger = createSqlLedger(db, close);
  try {
    const { district } = servers.beside;
    await district.addPerson(author);
    await placeAll(ledger, caseStates(n));
    const colleague = { ...author, committee: { code: AREA, name: '' } };
    const [address = ''] = servers.addresses;
    const desks: LoadDesk[] = [];
    for (let at = 0; at < AT_A_TIME; at++) {
      const enrolled = await enrolAt(district, colleague);
      const nothing = { epoch: '', today: '', seed: 0 };
      const written = await writeWork(`${servers.folder}/nothing-${at}`, 0, enrolled, nothing);
      const tally = createTally();
      desks.push(loadDesk({ enrolled, written, address, tally, onVerdicts: () => undefined }));
    }
    const measured = await inTurn(
      {
        ours: (): Promise<Measures> => pagesOfDistrict(desks, address, SECONDS),
        text: async () => ({ pages: await pagesOf(ledger, SECONDS, 'text') }),
        again: async () => ({ pages: await pagesOf(ledger, SECONDS, 'printed again') }),
        floor: async () => ({ pages: await pagesOf(ledger, SECONDS, 'buffer') }),
      },
      rounds,
      say,
    );
    const of = (side: string, measure = 'pages') => sideIn(measured, side, measure);
    emit({
      ...{ bench: 'server.pull-pages-cached', n, unit: 'perSecond' },
      ...{ ours: of('ours', 'packed'), floor: of('floor') },
      peers: { 'text passed through': of('text'), 'parsed and printed again': of('again') },
      notes: {
        ours: 'authorised, under row-level security, gzipped, over HTTP; the others neither ask nor pack',
      },
    });
    emit({
      ...{ bench: 'server.pull-pages', n, unit: 'perSecond' },
      ...{ ours: of('ours', 'text'), floor: of('text') },
      notes: { floor: 'the same rows as text, from a server that does nothing else' },
    });
    emit({
      ...{ bench: 'server.pull-pages-unpacked', n, unit: 'perSecond' },
      ...{ ours: of('ours', 'unpacked'), floor: of('floor') },
      notes: { ours: 'the same, unpacked as the desk does it, on the same two cores' },
    });
  } finally {
    await ledger.close();
    await servers.stop();
  }
};
