/** Answers to the administrator's commands as lines for people; fields are parted by tabs, so that programs can read them, too. */
import type {
  AdministerRefusal,
  AdministrationName,
  AdministrationOutput,
} from '../shared/protocol/administer.ts';
import type { LocalRequest } from './people/administration/administer.ts';

const REFUSALS: Readonly<Record<AdministerRefusal, string>> = {
  'unknown-person': '没有这个人，或已停用 / unknown or disabled person',
  'unknown-device': '没有这台电脑，或已停用 / unknown or revoked computer',
  'outside-area': '不在您管理的范围内 / outside of your area',
  'unknown-role': '没有这个角色 / no such role',
  malformed: '填写不对，或已经有了 / malformed, or there already',
  'last-administrator': '这是最后一位管理员，不能停用或改掉 / the last administrator stays',
  'directory-refused':
    '通讯录没有接受；请先添加一位区管理员 / the directory refused: add an administrator of the district first',
};

export const refusalText = (refusal: AdministerRefusal): string => REFUSALS[refusal];

const DONE = '好了 / done';
const line = (...fields: readonly (string | null)[]): string =>
  fields.map((field) => field ?? '—').join('\t');

type Texts = { readonly [N in AdministrationName]?: (output: AdministrationOutput<N>) => string };

const TEXTS: Texts = {
  'people.list': ({ people }) =>
    people
      .map(({ id, name, grants, disabled }) =>
        line(
          id,
          name,
          ...grants.map(({ role, area }) => `${role}:${area}`),
          ...(disabled ? ['（已停用）'] : []),
        ),
      )
      .join('\n'),
  'person.add': ({ person }) => person,
  'code.issue': ({ code }) => code,
  'devices.list': ({ devices }) =>
    devices
      .map(({ id, label, people, seenAt, app, pending, revoked, quarantined }) =>
        line(
          id,
          label,
          people.map(({ name }) => name).join('、'),
          seenAt,
          app,
          pending === null ? null : `待送 ${pending}`,
          ...(revoked ? ['（已停用）'] : []),
          ...(quarantined ? ['（已隔离待查）'] : []),
        ),
      )
      .join('\n'),
  'held.list': ({ held }) =>
    held
      .map(({ operation, author, device, entity, code, rule, receivedAt }) =>
        line(operation, author.name, device, entity, rule === null ? code : `${code} (${rule})`, receivedAt),
      )
      .join('\n'),
  'recovered.list': ({ recovered }) =>
    recovered
      .map(({ record, entity, area, author, at, broughtBy, device, isWhole }) =>
        line(
          record,
          entity,
          area,
          author.name,
          at,
          `${broughtBy.name} ${device}`,
          isWhole ? '整条 / all of it' : '改动 / changes',
        ),
      )
      .join('\n'),
  'notices.list': ({ notices }) =>
    notices.map(({ at, code, device, person }) => line(at, code, device, person)).join('\n'),
  'trail.check': ({ operations, own, faults, anchored }) =>
    [
      `${faults.length === 0 ? '留痕完好 / the trail is sound' : '留痕有问题 / the trail is broken'}\t${operations} (${own})`,
      ...(anchored ? [line('锚定 / anchored', anchored.day, String(anchored.seq))] : []),
      ...faults.map(({ what, at }) => line(what, at)),
    ].join('\n'),
  'backup.state': ({ head, durable, at }) => line(`${durable}/${head}`, at),
};

/** @param value as the schema of this command's output describes it */
export function answerText(name: LocalRequest['name'], value: unknown): string {
  const text = Object.hasOwn(TEXTS, name) ? TEXTS[name as AdministrationName] : undefined;
  return text ? text(value as never) : DONE;
}
