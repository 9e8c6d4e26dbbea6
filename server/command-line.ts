/** The words after `node server/main.ts`, as commands. Wrong ones are answered with one sentence and the help. */
import { parseArgs } from 'node:util';
import { ok, refuse, type Result } from '../shared/core/result.ts';
import { adminCommand, type AdminCommand } from './people/administer.ts';

export const HELP = `邻里台账 区服务程序 / Linli district server

  node server/main.ts                        serve
  node server/main.ts person add --name 姓名 --grant role:area [--grant …]
  node server/main.ts person grants <person> --grant role:area [--grant …]
  node server/main.ts person disable <person>
  node server/main.ts person enable <person>
  node server/main.ts area add --code 310104 --name 徐汇区 --short 徐汇
  node server/main.ts people                 everybody with their rights
  node server/main.ts code <person>          a one-time code, valid for 15 minutes
  node server/main.ts device revoke <device>

First steps: person add (an administrator of the 6-digit district), area add, person add, code.

Environment: LINLI_PORT (8790; 0 takes a free one), LINLI_HOST (127.0.0.1), LINLI_DATA (folder, ./district-data), LINLI_NAME,
LINLI_DEMO=1 (fills an empty district with invented data), DATABASE_URL (postgres://…; without it PGlite in LINLI_DATA).`;

export function readCommand(words: readonly string[]): Result<'serve' | 'help' | AdminCommand, string> {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        name: { type: 'string' },
        grant: { type: 'string', multiple: true },
        code: { type: 'string' },
        short: { type: 'string' },
      },
    });
    if (values.help) return ok('help');
    if (positionals.length === 0) return ok('serve');
    const [first, second, third] = positionals;
    const grants = (values.grant ?? []).map((grant) => {
      const [role, area] = grant.split(':', 2);
      return { role, area };
    });
    const isPair = first === 'person' || first === 'area' || first === 'device';
    const parsed = adminCommand.safeParse({
      command: isPair ? `${first}-${second}` : first,
      person: isPair ? third : second,
      device: third,
      name: values.name,
      code: values.code,
      shortName: values.short ?? values.name,
      grants,
    });
    if (parsed.success) return ok(parsed.data);
    const [issue] = parsed.error.issues;
    return refuse(`命令不对 / not understood: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  } catch (failure) {
    return refuse((failure as Error).message);
  }
}
