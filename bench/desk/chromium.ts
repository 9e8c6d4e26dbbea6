/** Our page in the system's Chromium, served from this machine; what the desk's main process does is missing there. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { pageFolder } from './app.ts';
import { launch, type Launched } from './launch.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

const FLAGS = [
  '--headless=new',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let served: Promise<string> | undefined;

/** The same address for the whole run: what a page stores belongs to it. */
function serve(): Promise<string> {
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '');
    readFile(join(pageFolder, path)).then(
      (body) => response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? '' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  server.unref();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`);
    });
  });
}

export const servePage = (): Promise<string> => (served ??= serve());

export async function launchChromium(profile: string): Promise<Launched> {
  const address = await servePage();
  const args = [...FLAGS, `--user-data-dir=${profile}`, address];
  return launch({ executable: 'chromium', args, env: {}, profile, address });
}
