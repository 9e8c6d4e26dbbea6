/** The floor of a push over HTTP: a route of Fastify that checks the device's signature over the request and does nothing else. */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { isSignedBy } from '../../electron/native/signing.ts';
import { bodyHashOf } from '../../server/routes/asking.ts';
import { DISTRICT } from '../../shared/protocol/messages.ts';
import { PROOF, requestText } from '../../shared/protocol/signing.ts';

const [, , known = '', district = ''] = process.argv;
/** Points of the devices' keys. */
const points = JSON.parse(readFileSync(known, 'utf8')) as Readonly<Record<string, string>>;

interface Push {
  readonly entries: readonly { readonly envelope: { readonly device: string } }[];
}

const app = fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
  done(null, body),
);
app.post('/api/push', async ({ headers, body }, reply) => {
  const bytes = body as Buffer;
  const { entries } = JSON.parse(bytes.toString('utf8')) as Push;
  const [nonce = '', signature = ''] = String(headers[PROOF]).split('.');
  const token = headers.authorization?.slice('Bearer '.length) ?? '';
  const text = requestText({ method: 'POST', path: '/api/push', token, nonce, bodyHash: bodyHashOf(bytes) });
  const point = points[entries[0]?.envelope.device ?? ''] ?? '';
  if (!isSignedBy(point, text, signature)) return reply.code(401).send({});
  return reply.header(DISTRICT, district).send({ verdicts: [] });
});
await app.listen({ host: '127.0.0.1', port: 0 });
console.log(`READY ${(app.server.address() as AddressInfo).port}`);
process.on('SIGTERM', () => process.exit(0));
