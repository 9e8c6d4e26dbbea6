/**
 * `npm run load`: many desks come back to a district at once after an outage, each with what it has written meanwhile, against real server
 * processes on PostgreSQL (DATABASE_URL, or a throwaway one). `-- --desks 1500 --minutes 5 --operations 200 --servers 2`;
 * these are the defaults but for one server. It says what was drained in these minutes; with `--until-drained 60` it goes on until all is, for at most so
 * many minutes. `-- --soak 30 --desks 50` goes on steadily instead and tells how memory grows. Ends with 1 where anything is left, refused or lost.
 */
import { parseArgs } from 'node:util';
import { endTogether } from './end-together.ts';
import { comeBackAll } from './load/outage.ts';
import { soak } from './load/soak.ts';

const { values: given } = parseArgs({
  options: {
    desks: { type: 'string', default: '1500' },
    minutes: { type: 'string', default: '5' },
    operations: { type: 'string', default: '200' },
    servers: { type: 'string', default: '1' },
    'until-drained': { type: 'string' },
    soak: { type: 'string' },
  },
});
endTogether();
const desks = Number(given.desks);
const servers = Number(given.servers);
const isWell =
  given.soak === undefined
    ? await comeBackAll({
        desks,
        servers,
        minutes: Number(given.minutes),
        operations: Number(given.operations),
        mostMinutes: Number(given['until-drained'] ?? given.minutes),
      })
    : await soak({ desks, servers, minutes: Number(given.soak) });
process.exitCode = isWell ? 0 : 1;
