/**
 * The district server's command. Without a word it serves; with one it administers, also while the server runs. What it prints
 * for programs is one line, `LINLI_READY {…}`; everything else is for people.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { buildApp } from './app.ts';
import { adminDoor, carryOut, whyNot } from './administrate.ts';
import { HELP, readCommand, type AdminCommand } from './command-line.ts';
import { addressOf, readConfig, type Config } from './config.ts';
import { openContext, type Context } from './context.ts';
import { writeDurably } from './durable-file.ts';

const log: Context['log'] = (line) =>
  console.error(JSON.stringify({ at: new Date().toISOString(), ...line }));

async function main(): Promise<number | undefined> {
  const command = readCommand(process.argv.slice(2));
  if (!command.ok) return fail(`${command.error}\n\n${HELP}`);
  const { value } = command;
  if (value.kind === 'help') {
    console.log(HELP);
    return 0;
  }
  const config = readConfig(process.env);
  if (!config.ok) return fail(config.error);
  return value.kind === 'serve' ? serve(config.value) : administrate(config.value, value);
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
    // A district's desks come back within seconds; beyond this the system drops their first packet, and they wait for its second.
    await app.listen({ host: config.host, port: config.port, backlog: 4096 });
  } catch (failure) {
    await context.close();
    if ((failure as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw failure;
    return fail(
      `端口 ${config.port} 已被占用，请用 LINLI_PORT 换一个 / port ${config.port} is taken: set LINLI_PORT`,
    );
  }
  const { port } = app.server.address() as AddressInfo;
  const url = addressOf(config.host, port);
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
  const done = await carryOut(command, { ...config, log });
  if (!done.ok) return fail(done.error);
  console.log(done.value);
  return 0;
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
