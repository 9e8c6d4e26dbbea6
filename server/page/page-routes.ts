/** The page for administrators, on the district's own machine: status, import of packages, and their answers. */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuse, type Result } from '../../shared/core/result.ts';
import { administration } from '../../shared/protocol/administer.ts';
import { MOST_FILE } from '../../shared/protocol/package.ts';
import type { District } from '../district.ts';
import { importedText, packageRefusalText } from '../packages/package-text.ts';
import type { ImportedPackage, PackageRefusal } from '../packages/imported.ts';
import { answer } from '../routes/answer.ts';
import { isBesideServer, isOwnPage } from '../routes/local.ts';
import { ANSWER_FILE, sendAnswer } from '../routes/packages.ts';
import type { Route } from '../routes/route.ts';
import { spooled } from '../routes/spooled.ts';
import { boundaryOf, uploadedFile } from '../routes/uploaded-file.ts';
import { answerName, PAGE_POLICY, statusPage, type StatusPage } from './status-page.ts';

interface Given {
  readonly district: District;
  readonly adminSecret: string | undefined;
}
type Handle = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

export function pageRoutes({ district, adminSecret }: Given): readonly Route[] {
  const guarded =
    (handle: Handle): Handle =>
    async (request, reply) => {
      if (!isBesideServer(request, adminSecret)) {
        reply.header('www-authenticate', 'Basic realm="linli", charset="UTF-8"');
        return answer(reply, refuse({ error: 'unauthorised' }));
      }
      return isOwnPage(request) ? handle(request, reply) : answer(reply, refuse({ error: 'forbidden' }));
    };
  const page = async (reply: FastifyReply, told?: StatusPage['told']): Promise<FastifyReply> => {
    const listed = await district.administerLocally({ name: 'devices.list', input: {} });
    const { devices } = listed.ok
      ? administration['devices.list'].output.parse(listed.value)
      : { devices: [] };
    const text = statusPage({
      head: await district.head(),
      devices,
      packages: await district.packages(),
      ...(told && { told }),
    });
    return reply.header('content-security-policy', PAGE_POLICY).type('text/html; charset=utf-8').send(text);
  };
  return [
    {
      method: 'GET',
      path: '/',
      who: 'local',
      says: 'The page for administrators: status, import, answers.',
      answer: PAGE,
      errors: ['forbidden'],
      handle: guarded((_request, reply) => page(reply)),
    },
    {
      method: 'POST',
      path: '/packages',
      who: 'local',
      says: 'Takes a package from the form of that page.',
      body: { type: 'multipart/form-data', says: 'One file, the package.' },
      answer: PAGE,
      errors: ['forbidden'],
      mostBytes: MOST_FILE,
      handle: guarded(async (request, reply) => {
        const boundary = boundaryOf(request.headers['content-type']);
        const { body } = request;
        if (boundary === undefined || !(body instanceof Readable))
          return answer(reply, refuse({ error: 'malformed' }));
        return page(reply, told(await spooled(uploadedFile(body, boundary), district.importPackage)));
      }),
    },
    {
      method: 'GET',
      path: '/packages/:device/answer',
      who: 'local',
      says: 'The answer to the last package of a device, to be saved.',
      answer: ANSWER_FILE,
      errors: ['forbidden', 'not-found'],
      handle: guarded((request, reply) => {
        const { device } = request.params as { readonly device: string };
        reply.header('content-disposition', `attachment; filename="${answerName(device)}"`);
        return sendAnswer(district, device, reply);
      }),
    },
  ];
}

const PAGE = { type: 'text/html', says: 'A page for people.' } as const;

const told = (imported: Result<ImportedPackage, PackageRefusal>): StatusPage['told'] =>
  imported.ok
    ? { lines: importedText(imported.value), device: imported.value.device }
    : { lines: [packageRefusalText(imported.error)] };
