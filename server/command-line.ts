/** The words after `node server/main.ts`, as commands. Wrong ones are answered with one sentence and the help. */
import { parseArgs } from 'node:util';
import { ok, refuse, type Result } from '../shared/core/result.ts';
import { localAdministration, type LocalRequest } from './people/administration/administer.ts';

export const HELP = `邻里台账 区服务程序 / Linli district server

  node server/main.ts                        serve
  node server/main.ts person add --name 姓名 --grant role:area [--grant …] [--id person_…]
  node server/main.ts person grants <person> --grant role:area [--grant …]
  node server/main.ts person disable <person>
  node server/main.ts person enable <person>
  node server/main.ts person clear-password <person>
  node server/main.ts area add --code 310104 --name 徐汇区 --short 徐汇
  node server/main.ts people                 everybody with their rights
  node server/main.ts code <person> [--device <device>]
                                             a one-time code, valid for 15 minutes; with a device for somebody who comes back there
  node server/main.ts enrol-file <request.json> --person <person> --out <answer.json> [--device <device>]
                                             the answer to an enrolment without a network
  node server/main.ts import <package.linli> [--answer <answer.linli>]
                                             takes a sync package from a stick; the answer goes back on it
  node server/main.ts export <device> --answer <answer.linli>
                                             makes the answer to that computer's last package again
  node server/main.ts page                   where the page for administrators is, and its password
  node server/main.ts devices                computers: last contact, what waits there
  node server/main.ts device revoke <device>
  node server/main.ts device release <device>
  node server/main.ts held                   operations that wait, and why
  node server/main.ts recovered              records of before a restoration that only a computer still has: who wrote them, where
  node server/main.ts recovered approve <record>
                                             makes them records of the district again
  node server/main.ts notices                what happened at the computers
  node server/main.ts check                  the whole trail: signatures, links, daily heads
  node server/main.ts backup                 how old the last backup is
  node server/main.ts backup --to <file> [--passphrase-file <file>]
                                             everything, keys included, sealed under a recovery passphrase; also while it serves
  node server/main.ts backup --mark <head> [--at <instant>]
                                             your own backup of the database holds everything up to there
  node server/main.ts restore --from <file> [--replace] [--passphrase-file <file>]
                                             begins from a backup; what stands here is set aside, and only with --replace

First steps: person add (an administrator of the 6-digit district), area add, person add, code.

Environment: LINLI_PORT (8790; 0 takes a free one), LINLI_HOST (127.0.0.1), LINLI_DATA (folder, ./district-data), LINLI_NAME,
LINLI_ADDRESS (https://…, where desks reach the district; for enrolments by file), LINLI_FILE_ROOM (GiB for
photographs and scans; without it as much as the disk has), LINLI_DEMO=1 (fills an empty district with
invented data), DATABASE_URL (postgres://…; without it PGlite in LINLI_DATA), LINLI_PASSPHRASE (of a backup; asked for where neither it
nor a file says it).`;

export interface EnrolFile {
  readonly kind: 'enrol-file';
  /** Paths of the two files. */
  readonly from: string;
  readonly to: string;
  readonly person: string;
  readonly device?: string;
}
export interface ImportFile {
  readonly kind: 'import';
  readonly from: string;
  /** Where the answer is written; beside the package without it. */
  readonly answer: string;
}
export interface ExportFile {
  readonly kind: 'export';
  readonly device: string;
  readonly answer: string;
}
export type AdminCommand =
  | { readonly kind: 'ask'; readonly request: LocalRequest }
  | { readonly kind: 'page' }
  | EnrolFile
  | ImportFile
  | ExportFile
  | MakeBackup
  | Restore;
export interface MakeBackup {
  readonly kind: 'backup';
  readonly to: string;
  readonly passphraseFile?: string;
}
export interface Restore {
  readonly kind: 'restore';
  readonly from: string;
  readonly replaces: boolean;
  readonly passphraseFile?: string;
}
export type Command = { readonly kind: 'serve' } | { readonly kind: 'help' } | AdminCommand;

/** What stands behind the words. */
const WORDS: Readonly<Record<string, LocalRequest['name']>> = {
  people: 'people.list',
  devices: 'devices.list',
  held: 'held.list',
  recovered: 'recovered.list',
  notices: 'notices.list',
  check: 'trail.check',
  backup: 'backup.state',
  code: 'code.issue',
  'person add': 'person.add',
  'person grants': 'person.grants',
  'person disable': 'person.disable',
  'person enable': 'person.enable',
  'person clear-password': 'person.clearPassword',
  'area add': 'area.add',
  'device revoke': 'device.revoke',
  'device release': 'device.release',
  'recovered approve': 'recovered.approve',
};

export function readCommand(words: readonly string[]): Result<Command, string> {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        id: { type: 'string' },
        name: { type: 'string' },
        grant: { type: 'string', multiple: true },
        code: { type: 'string' },
        short: { type: 'string' },
        person: { type: 'string' },
        device: { type: 'string' },
        out: { type: 'string' },
        answer: { type: 'string' },
        to: { type: 'string' },
        from: { type: 'string' },
        replace: { type: 'boolean' },
        mark: { type: 'string' },
        at: { type: 'string' },
        'passphrase-file': { type: 'string' },
      },
    });
    if (values.help) return ok({ kind: 'help' });
    const [first, second, third] = positionals;
    if (first === undefined) return ok({ kind: 'serve' });
    const device = values.device === undefined ? {} : { device: values.device };
    if (first === 'enrol-file') {
      const { person, out } = values;
      if (second === undefined || person === undefined || out === undefined) return notUnderstood(first);
      return ok({ kind: 'enrol-file', from: second, to: out, person, ...device });
    }
    if (first === 'page') return ok({ kind: 'page' });
    if (first === 'import' || first === 'export') {
      if (second === undefined) return notUnderstood(first);
      if (first === 'import')
        return ok({ kind: 'import', from: second, answer: values.answer ?? answerBeside(second) });
      return values.answer === undefined
        ? notUnderstood('export --answer')
        : ok({ kind: 'export', device: second, answer: values.answer });
    }
    const sealed = values['passphrase-file'];
    const passphrase = sealed === undefined ? {} : { passphraseFile: sealed };
    if (first === 'backup' && values.to !== undefined) {
      return ok({ kind: 'backup', to: values.to, ...passphrase });
    }
    if (first === 'backup' && values.mark !== undefined) {
      const at = values.at === undefined ? {} : { at: values.at };
      return read('backup.mark', { seq: Number(values.mark), ...at });
    }
    if (first === 'restore') {
      const { from, replace: replaces = false } = values;
      if (from === undefined) return notUnderstood(first);
      return ok({ kind: 'restore', from, replaces, ...passphrase });
    }
    const pair = WORDS[`${first} ${second}`];
    const name = pair ?? WORDS[first];
    const subject = pair === undefined ? second : third;
    const input =
      name === 'device.revoke' || name === 'device.release'
        ? { device: subject }
        : name === 'recovered.approve'
          ? { record: subject }
          : {
              ...(values.id !== undefined && { id: values.id }),
              ...device,
              person: subject,
              name: values.name,
              code: values.code,
              shortName: values.short ?? values.name,
              grants: values.grant?.map(grantIn),
            };
    return name === undefined ? notUnderstood(words.join(' ')) : read(name, input);
  } catch (failure) {
    return refuse((failure as Error).message);
  }
}

const answerBeside = (path: string): string => `${path.replace(/[.]linli$/i, '')}.answer.linli`;

function grantIn(given: string): { readonly role: string | undefined; readonly area: string | undefined } {
  const [role, area] = given.split(':', 2);
  return { role, area };
}

function read(name: LocalRequest['name'], given: object): Result<Command, string> {
  const parsed = localAdministration[name].input.safeParse(given);
  if (parsed.success) return ok({ kind: 'ask', request: { name, input: parsed.data } });
  const [issue] = parsed.error.issues;
  return notUnderstood(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

const notUnderstood = (what: string): Result<never, string> => refuse(`命令不对 / not understood: ${what}`);
