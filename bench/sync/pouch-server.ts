/** PouchDB's own server: express-pouchdb over its memory adapter, filled with the same records before anything is measured. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PlainServer } from './plain-server.ts';

const AT_ONCE = 5_000;

export async function startPouchServer(lines: readonly string[]): Promise<PlainServer> {
  const [{ default: core }, { default: memory }, { default: find }] = await Promise.all([
    import('pouchdb-core'),
    import('pouchdb-adapter-memory'),
    import('pouchdb-find'),
  ]);
  const [{ default: replication }, { default: mapreduce }] = await Promise.all([
    import('pouchdb-replication'),
    import('pouchdb-mapreduce'),
  ]);
  const { default: express } = await import('express');
  const { default: expressPouch } = await import('express-pouchdb');
  const Pouch = core.plugin(memory).plugin(replication).plugin(mapreduce).plugin(find);
  const Memory = Pouch.defaults({ adapter: 'memory' });
  const records = new Memory('records');
  const docOf = (line: string) => {
    const record = JSON.parse(line) as { readonly id: string };
    return { _id: record.id, ...record };
  };
  for (let at = 0; at < lines.length; at += AT_ONCE)
    await records.bulkDocs(lines.slice(at, at + AT_ONCE).map(docOf));
  const app = express();
  app.use((request, response, next) => {
    response.header('access-control-allow-origin', request.headers.origin ?? '*');
    response.header('access-control-allow-credentials', 'true');
    response.header('access-control-allow-headers', 'content-type, accept, authorization, x-requested-with');
    response.header('access-control-allow-methods', 'GET, PUT, POST, HEAD, DELETE, OPTIONS');
    if (request.method === 'OPTIONS') response.status(204).end();
    else next();
  });
  app.use('/', expressPouch(Memory, { mode: 'minimumForPouchDB', inMemoryConfig: true }));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/records`,
    change: async (some) => {
      const docs = some.map(docOf);
      const { rows } = await records.allDocs({ keys: docs.map(({ _id }) => _id) });
      const revs = new Map(rows.map(({ id, value }) => [id, value.rev]));
      await records.bulkDocs(docs.map((doc) => ({ ...doc, _rev: revs.get(doc._id) })));
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
