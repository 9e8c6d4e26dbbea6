/**
 * What the administrator does from the command line, as data: the same commands run straight on the district and over the local
 * admin route. Areas and people also get their record in the directory, judged like everybody's, in the name of an administrator.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { mayDo } from '../../shared/core/access.ts';
import { classOf } from '../../shared/core/entity.ts';
import { newId } from '../../shared/core/id.ts';
import type { Operation } from '../../shared/core/operation.ts';
import { refusalSentence } from '../../shared/core/refusal.ts';
import { registry } from '../../shared/modules/index.ts';
import type { District } from '../district.ts';

const areaCode = z
  .string()
  .regex(/^\d{6}(\d{3}(\d{3})?)?$/, '区划代码是 6、9 或 12 位数字 / 6, 9 or 12 digits');
const grant = z.object({
  role: z.string().refine((role) => Object.hasOwn(registry.roles, role), '没有这个角色 / no such role'),
  area: areaCode,
});
const id = z.string().min(1).max(64);
const name = z.string().trim().min(1).max(60);

export const adminCommand = z.discriminatedUnion('command', [
  z.object({ command: z.literal('code'), person: id }),
  z.object({ command: z.literal('people') }),
  z.object({ command: z.literal('person-add'), name, grants: z.array(grant).min(1).max(50) }),
  z.object({ command: z.literal('person-grants'), person: id, grants: z.array(grant).max(50) }),
  z.object({ command: z.literal('person-disable'), person: id }),
  z.object({ command: z.literal('person-enable'), person: id }),
  z.object({ command: z.literal('area-add'), code: areaCode, name, shortName: name }),
  z.object({ command: z.literal('device-revoke'), device: id }),
]);
export type AdminCommand = z.infer<typeof adminCommand>;

export const adminAnswer = z.object({ ok: z.boolean(), text: z.string() });
export type AdminAnswer = z.infer<typeof adminAnswer>;

const done = (text: string): AdminAnswer => ({ ok: true, text });
const failed = (text: string): AdminAnswer => ({ ok: false, text });
const unknown = failed('没有这个人或这台电脑 / unknown');

export async function administer(district: District, given: AdminCommand, now: number): Promise<AdminAnswer> {
  switch (given.command) {
    case 'code': {
      const code = await district.issueCode(given.person);
      return code === undefined ? unknown : done(code);
    }
    case 'people': {
      const lines = (await district.people()).map(({ id: person, name: called, grants, disabled }) =>
        [
          person,
          called,
          ...grants.map(({ role, area }) => `${role}:${area}`),
          ...(disabled ? ['（已停用）'] : []),
        ].join('\t'),
      );
      return done(lines.join('\n'));
    }
    case 'person-add': {
      const person = newId('person', now, randomBytes);
      await district.addPerson({ id: person, name: given.name, grants: given.grants });
      const problem = await register(
        district,
        { entity: 'person', record: person, values: { name: given.name, active: true } },
        now,
        given.grants[0]?.area ?? '',
      );
      return problem === undefined ? done(person) : done(`${person}\n（通讯录里还没有登记：${problem}）`);
    }
    case 'person-grants':
      return (await district.changePerson(given.person, { grants: given.grants }))
        ? done('好了 / done')
        : unknown;
    case 'person-disable':
    case 'person-enable': {
      const disabled = given.command === 'person-disable';
      return (await district.changePerson(given.person, { disabled })) ? done('好了 / done') : unknown;
    }
    case 'area-add': {
      const { code, name: called, shortName } = given;
      const level = code.length === 6 ? 'district' : code.length === 9 ? 'subdistrict' : 'committee';
      const values = { code, name: called, shortName, level };
      const problem = await register(
        district,
        { entity: 'area', record: newId('area', now, randomBytes), values },
        now,
        code,
      );
      return problem === undefined ? done('好了 / done') : failed(problem);
    }
    case 'device-revoke':
      return (await district.revokeDevice(given.device)) ? done('好了 / done') : unknown;
  }
}

interface Registering {
  readonly entity: string;
  readonly record: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** @returns why the directory did not take it, in a sentence */
async function register(
  district: District,
  { entity: kind, record, values }: Registering,
  now: number,
  within: string,
): Promise<string | undefined> {
  const entity = registry.entities.get(kind);
  const area = within.slice(0, 6);
  if (!entity) return `no entity ${kind}`;
  const home = { area, class: classOf(entity, values) };
  const author = (await district.people()).find(
    (person) => !person.disabled && mayDo(person, 'create', entity.access, home, registry.roles),
  );
  if (!author) return '请先添加一位区管理员 / add an administrator of the district first';
  const { epoch, seq } = await district.head();
  const operation: Operation = {
    v: 1,
    id: newId('operation', now, randomBytes),
    kind: 'create',
    entity: kind,
    version: entity.version,
    record,
    author: author.id,
    device: 'device_district',
    at: new Date(now).toISOString(),
    basis: { epoch, seq },
    after: [],
    area,
    set: { ...values },
  };
  const [verdict] = await district.submit([operation]);
  return verdict && verdict.verdict !== 'confirmed' ? refusalSentence(verdict.reason, 'zh') : undefined;
}
