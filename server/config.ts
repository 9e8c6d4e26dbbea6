/** What the environment may set, parsed once. Anything wrong is said in one sentence and nothing starts. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { ok, refuse, type Result } from '../shared/core/result.ts';

const GIBIBYTE = 1024 ** 3;

const schema = z.object({
  LINLI_HOST: z.string().min(1).default('127.0.0.1'),
  LINLI_PORT: z.coerce.number().int().min(0).max(65_535).default(8790),
  LINLI_DATA: z.string().min(1).default('district-data'),
  LINLI_NAME: z.string().max(60).optional(),
  LINLI_ADDRESS: z.string().max(300).optional(),
  LINLI_FILE_ROOM: z.coerce.number().positive().optional(),
  LINLI_DEMO: z.enum(['0', '1', '']).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional(),
});

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Folder of keys, identity and, without DATABASE_URL, the database itself. */
  readonly folder: string;
  readonly name: string | undefined;
  /** Where desks reach the district, for enrolments that travel as files; empty where nobody can say it. */
  readonly address: string;
  /** Bytes of photographs and scans that the district takes altogether; what is more waits at the desks. */
  readonly roomForFiles: number;
  readonly isDemo: boolean;
  readonly databaseUrl: string | undefined;
}

export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
): Result<Config, string> {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    const names = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    return refuse(`环境变量不对 / wrong settings: ${names.join('; ')}`);
  }
  const {
    LINLI_HOST: host,
    LINLI_PORT: port,
    LINLI_DATA,
    LINLI_NAME: name,
    LINLI_ADDRESS: address = addressOf(host, port),
    LINLI_FILE_ROOM,
    LINLI_DEMO,
    DATABASE_URL,
  } = parsed.data;
  return ok({
    host,
    port,
    folder: resolve(LINLI_DATA),
    name,
    address,
    roomForFiles: LINLI_FILE_ROOM === undefined ? Infinity : LINLI_FILE_ROOM * GIBIBYTE,
    isDemo: LINLI_DEMO === '1',
    databaseUrl: DATABASE_URL,
  });
}

/** Nobody has said how desks reach it from outside: at least whoever sits beside it does. */
export const addressOf = (host: string, port: number): string =>
  port === 0 ? '' : `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
