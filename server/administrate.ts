/**
 * The administrator's commands from beside the server: through its local door while it runs, straight on the database while it does
 * not. What comes of them is one text for people.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { newId } from '../shared/core/id.ts';
import { ok, refuse, type Result } from '../shared/core/result.ts';
import { administerResponse, administration, type AdministerRefusal } from '../shared/protocol/administer.ts';
import { fingerprintOf } from '../shared/protocol/fingerprint.ts';
import { enrolmentRequestFile } from '../shared/protocol/enrolment.ts';
import { doorOf, exportFile, importFile, runningDoor, type PackageDoor } from './administrate-packages.ts';
import { madeText, problemText, restoredText, restoreProblemText, STOP_FIRST } from './backup/backup-text.ts';
import { readPassphrase } from './backup/passphrase.ts';
import { newDerivation, recoveryKey } from './backup/recovery-key.ts';
import { restoreBackup } from './backup/restore.ts';
import { readOpening } from './backup/sealed-file.ts';
import type { AdminCommand, EnrolFile, MakeBackup, Restore } from './command-line.ts';
import { answerText, refusalText } from './command-line-text.ts';
import { openContext, type ContextOptions, type OtherKey } from './context.ts';
import type { InUse } from './database/open.ts';
import type { LocalRequest } from './people/administration/administer.ts';
import type { BackupOutcome } from './people/administration/backups.ts';

type Beside = Omit<ContextOptions, 'isServing'>;
type Text = Promise<Result<string, string>>;

/** Holds the running server's address and the secret that its local door asks for. */
export const adminDoor = (folder: string): string => join(folder, 'admin.json');

export const whyNot = (problem: InUse | OtherKey, folder: string): string =>
  problem.code === 'in-use'
    ? `这个文件夹正由另一个区服务程序使用（进程 ${problem.pid}）/ in use by process ${problem.pid}: ${folder}`
    : `文件夹里的密钥不是这个区的，请从备份恢复 keys/ 再启动 / not this district's key, restore keys/ from the backup: ${folder}`;

export async function carryOut(command: AdminCommand, beside: Beside): Text {
  if (command.kind === 'enrol-file') return enrolFile(command, beside);
  if (command.kind === 'page') return pageOf(beside);
  if (command.kind === 'import') return withDoor(beside, (door) => importFile(door, command));
  if (command.kind === 'export') return withDoor(beside, (door) => exportFile(door, command));
  if (command.kind === 'backup') return makeBackup(command, beside);
  if (command.kind === 'restore') return restore(command, beside);
  const asked = await ask(command.request, beside);
  return asked.ok ? ok(answerText(command.request.name, asked.value)) : asked;
}

async function enrolFile({ from, to, person, device }: EnrolFile, beside: Beside): Text {
  const request = enrolmentRequestFile.safeParse(jsonIn(from));
  if (!request.success) return refuse(`读不懂这个文件 / not a request file: ${from}`);
  const input = { person, request: request.data, ...(device !== undefined && { device }) };
  const asked = await ask({ name: 'enrolment.answer', input }, beside);
  if (!asked.ok) return asked;
  const { file } = administration['enrolment.answer'].output.parse(asked.value);
  writeFileSync(to, JSON.stringify(file));
  const print = fingerprintOf(createHash('sha256').update(Buffer.from(file.signingKey, 'base64')).digest());
  return ok(`${to}\n指纹 / fingerprint: ${print}`);
}

async function makeBackup({ to: path, passphraseFile }: MakeBackup, beside: Beside): Text {
  const passphrase = await readPassphrase({ file: passphraseFile, twice: true });
  if (!passphrase.ok) return passphrase;
  const [to, derivation] = [resolve(path), newDerivation(randomBytes)];
  const key = Buffer.from(await recoveryKey(passphrase.value, derivation)).toString('base64');
  const asked = await ask({ name: 'backup.make', input: { to, key, derivation } }, beside);
  if (!asked.ok) return asked;
  const outcome = asked.value as BackupOutcome;
  return 'made' in outcome ? ok(madeText(to, outcome.made)) : refuse(problemText(outcome.problem, to));
}

async function restore({ from, replaces, passphraseFile }: Restore, beside: Beside): Text {
  const opening = await readOpening(from).catch(() => undefined);
  if (!opening) return refuse(restoreProblemText({ code: 'unreadable' }));
  if (await askRunning({ name: 'backup.state', input: {} }, beside)) return refuse(STOP_FIRST);
  const passphrase = await readPassphrase({ file: passphraseFile });
  if (!passphrase.ok) return passphrase;
  const { folder, databaseUrl } = beside;
  const key = await recoveryKey(passphrase.value, opening.derivation);
  const newEpoch = (): string => newId('epoch', Date.now(), randomBytes);
  const order = { from, key, folder, databaseUrl, replaces, newEpoch, now: new Date() };
  const restored = await restoreBackup(order);
  if (restored.ok) return ok(restoredText(restored.value));
  const { error } = restored;
  return refuse(error.code === 'in-use' ? whyNot(error, folder) : restoreProblemText(error));
}

function jsonIn(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @returns the command's value, or in a sentence why there is none */
async function ask(request: LocalRequest, beside: Beside): Promise<Result<unknown, string>> {
  const carried = (await askRunning(request, beside)) ?? (await askStopped(request, beside));
  if (carried.ok) return carried;
  const { error } = carried;
  return refuse(typeof error === 'string' ? refusalText(error) : whyNot(error, beside.folder));
}

async function askStopped(
  request: LocalRequest,
  beside: Beside,
): Promise<Result<unknown, AdministerRefusal | InUse | OtherKey>> {
  const opened = await openContext({ ...beside, isServing: false });
  if (!opened.ok) return opened;
  try {
    return await opened.value.district.administerLocally(request);
  } finally {
    await opened.value.close();
  }
}

interface Running {
  readonly url: string;
  readonly secret: string;
}

/** What a running server has written down of itself; one that was killed has left it, too. */
async function runningOn({ folder }: Beside): Promise<Running | undefined> {
  try {
    const running = JSON.parse(readFileSync(adminDoor(folder), 'utf8')) as Running;
    return (await fetch(`${running.url}/health`)).ok ? running : undefined;
  } catch {
    return undefined;
  }
}

async function pageOf(beside: Beside): Text {
  const running = await runningOn(beside);
  return running
    ? ok(`${running.url}/\n用户名随意 / any user name\n密码 / password: ${running.secret}`)
    : refuse('区服务程序没有在运行 / the district is not running');
}

async function withDoor(beside: Beside, work: (door: PackageDoor) => Text): Text {
  const running = await runningOn(beside);
  if (running) return work(runningDoor(running));
  const opened = await openContext({ ...beside, isServing: false });
  if (!opened.ok) return refuse(whyNot(opened.error, beside.folder));
  try {
    return await work(doorOf(opened.value.district));
  } finally {
    await opened.value.close();
  }
}

/** @returns undefined where no server runs on this folder */
async function askRunning(
  request: LocalRequest,
  beside: Beside,
): Promise<Result<unknown, AdministerRefusal> | undefined> {
  try {
    const running = await runningOn(beside);
    if (!running) return undefined;
    const { url, secret } = running;
    const response = await fetch(`${url}/api/admin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify(request),
    });
    const parsed = administerResponse.safeParse(await response.json());
    return response.ok && parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
