/** The district as the pages of administration meet it in the preview: one small list of each kind, kept while the page stands. */
import { administerRequest, type AdministrationOutput } from '../../shared/protocol/administer.ts';
import { town } from '../../shared/testing/town.ts';

type People = AdministrationOutput<'people.list'>['people'];

export function previewDistrict(now: number): (path: string, body: string) => Response {
  const ago = (hours: number): string => new Date(now - hours * 3_600_000).toISOString();
  let people: People = Object.values(town.people).map(({ id, name, grants }, index) => ({
    id,
    name,
    grants: [...grants],
    disabled: index === 7,
    hasPassword: index % 3 === 0,
  }));
  const { zhouMin, chenGuodong, liXiulan } = town.people;
  const devices: AdministrationOutput<'devices.list'>['devices'] = [
    ['临-1', [zhouMin, chenGuodong], 0.1, 3, false, false] as const,
    ['临-2', [liXiulan], 190, 41, false, true] as const,
    ['临-3', [liXiulan], 1200, 0, true, false] as const,
  ].map(([label, users, hours, pending, revoked, quarantined], index) => ({
    id: `device_0000000000000000000000000${index + 1}`,
    label,
    people: users.map(({ id, name }) => ({ id, name })),
    seenAt: ago(hours),
    app: '0.1.0',
    pending,
    revoked,
    quarantined,
  }));
  const answers: Readonly<Record<string, (input: never) => unknown>> = {
    'people.list': () => ({ people }),
    'person.add': ({ name, grants }: { name: string; grants: People[number]['grants'] }) => {
      const id = `person_${String(people.length + 50).padStart(26, '0')}`;
      people = [...people, { id, name, grants, disabled: false, hasPassword: false }];
      return { person: id };
    },
    'code.issue': () => ({ code: 'ABCDE23456', expiresAt: new Date(now + 15 * 60_000).toISOString() }),
    'devices.list': () => ({ devices }),
    'held.list': () => ({
      held: [['access', 'mediation', null, 5] as const, ['revoked', 'homeVisit', null, 60] as const].map(
        ([code, entity, rule, hours], index) => ({
          operation: `operation_${index}`,
          author: { id: liXiulan.id, name: liXiulan.name },
          device: devices[1]?.id ?? '',
          entity,
          code,
          rule,
          receivedAt: ago(hours),
        }),
      ),
    }),
    'recovered.list': () => ({
      recovered: [
        {
          record: 'mediation_1',
          entity: 'mediation',
          area: town.areas.rihui.code,
          author: { id: liXiulan.id, name: liXiulan.name },
          at: ago(26),
          broughtBy: { id: zhouMin.id, name: zhouMin.name },
          device: devices[0]?.id ?? '',
          isWhole: true,
        },
      ],
    }),
    'notices.list': () => ({
      notices: [
        { at: ago(3), code: 'chainForked', device: devices[1]?.id ?? null, person: null },
        { at: ago(30), code: 'recovery-sheet-used', device: devices[0]?.id ?? null, person: zhouMin.id },
      ],
    }),
    'backup.state': () => ({ head: 4210, durable: 4102, at: ago(80) }),
  };
  return (path, body) => {
    if (path !== '/api/administer') return Response.json({ changed: true });
    const { name, input } = administerRequest.parse(JSON.parse(body));
    const value = answers[name]?.(input as never) ?? { done: true };
    return Response.json({ ok: true, value });
  };
}
