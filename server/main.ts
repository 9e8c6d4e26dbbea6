/**
 * The district server's command. Without a word it serves; with one it administers, also while the server runs. What it prints
 * for programs is one line, `LINLI_READY {…}`; everything else is for people.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { buildApp } from './app.ts';
import { HELP, readCommand } from './command-line.ts';
import { readConfig, type Config } from './config.ts';
import { openContext, type Context, type OtherKey } from './context.ts';
import type { InUse } from './database/open.ts';
import { writeDurably } from './keys.ts';
import { adminAnswer, administer, type AdminAnswer, type AdminCommand } from './people/administer.ts';

const log: Context['log'] = (line) =>
  console.error(JSON.stringify({ at: new Date().toISOString(), ...line }));

async function main(): Promise<number | undefined> {
  const command = readCommand(process.argv.slice(2));
  if (!command.ok) return fail(`${command.error}\n\n${HELP}`);
  if (command.value === 'help') {
    console.log(HELP);
    return 0;
  }
  const config = readConfig(process.env);
  if (!config.ok) return fail(config.error);
  return command.value === 'serve' ? serve(config.value) : administrate(config.value, command.value);
}

async function serve(config: Config): Promise<number | undefined> {
  const demo = config.isDemo ? await import('./demo.ts') : undefined;
  const name = config.name ?? demo?.DEMO_NAME;
  const opened = await openContext({ ...config, name, log, isServing: true });
  if (!opened.ok) return fail(whyNot(opened.error, config.folder));
  const context = opened.value;
  const { district } = context;
  const codes: Record<string, string> = {};
  if (demo) {
    if ((await district.head()).seq === 0) {
      const began = Date.now();
      const { operations, failed } = await demo.seedDemo(district, Date.now());
      const seconds = ((Date.now() - began) / 1000).toFixed(1);
      console.log(
        `演示数据已就绪：${operations} 步，${seconds} 秒 / demo district ready: ${operations} operations in ${seconds} s`,
      );
      if (failed.length > 0)
        log({
          level: 'error',
          what: 'demo operations were not confirmed',
          count: failed.length,
          first: failed[0],
        });
    }
    for (const person of demo.DEMO_CODES) codes[person] = (await district.issueCode(person)) ?? '';
  }
  const adminSecret = randomBytes(32).toString('base64url');
  const app = await buildApp({
    district,
    clock: context.clock,
    log,
    adminSecret,
    ...(context.kind === 'postgres' && { watchMs: 1000 }),
  });
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (failure) {
    await context.close();
    if ((failure as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw failure;
    return fail(
      `端口 ${config.port} 已被占用，请用 LINLI_PORT 换一个 / port ${config.port} is taken: set LINLI_PORT`,
    );
  }
  const { port } = app.server.address() as AddressInfo;
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  const door = adminDoor(config.folder);
  writeDurably(door, JSON.stringify({ url: `http://127.0.0.1:${port}`, secret: adminSecret }));
  console.log(`LINLI_READY ${JSON.stringify({ url, codes })}`);

  let isClosing = false;
  const drain = (): void => {
    if (isClosing) return;
    isClosing = true;
    rmSync(door, { force: true });
    // No new requests, those under way to their end, then the database.
    void app
      .close()
      .then(() => context.close())
      .then(
        () => process.exit(0),
        (failure: unknown) => {
          log({ level: 'error', what: 'closing failed', message: String(failure) });
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', drain);
  process.on('SIGINT', drain);
  return undefined;
}

async function administrate(config: Config, command: AdminCommand): Promise<number> {
  const running = await askRunning(config, command);
  if (running) return say(running);
  const opened = await openContext({ ...config, log, isServing: false });
  if (!opened.ok) return fail(whyNot(opened.error, config.folder));
  try {
    return say(await administer(opened.value.district, command, Date.now()));
  } finally {
    await opened.value.close();
  }
}

const whyNot = (problem: InUse | OtherKey, folder: string): string =>
  problem.code === 'in-use'
    ? `这个文件夹正由另一个区服务程序使用（进程 ${problem.pid}）/ in use by process ${problem.pid}: ${folder}`
    : `文件夹里的密钥不是这个区的，请从备份恢复 keys/ 再启动 / not this district's key, restore keys/ from the backup: ${folder}`;

const adminDoor = (folder: string): string => join(folder, 'admin.json');

/** @returns undefined where no server runs on this folder */
async function askRunning({ folder }: Config, command: AdminCommand): Promise<AdminAnswer | undefined> {
  try {
    const { url, secret } = JSON.parse(readFileSync(adminDoor(folder), 'utf8')) as {
      url: string;
      secret: string;
    };
    const response = await fetch(`${url}/api/admin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify(command),
    });
    const parsed = adminAnswer.safeParse(await response.json());
    return response.ok && parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function say({ ok, text }: AdminAnswer): number {
  (ok ? console.log : console.error)(text);
  return ok ? 0 : 1;
}

function fail(text: string): number {
  console.error(text);
  return 1;
}

try {
  const status = await main();
  if (status !== undefined) process.exit(status);
} catch (failure) {
  const { code, message } = failure as { code?: string; message?: string };
  const isUnreachable =
    code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === '28P01' || code === '3D000';
  console.error(
    isUnreachable
      ? `连不上数据库，请核对 DATABASE_URL / cannot reach the database: ${code}`
      : `区服务程序启动失败 / the district could not start: ${message ?? String(failure)}`,
  );
  process.exit(1);
}
