/** Where records lie, who may say so, and what they keep when they go elsewhere. */
import { expect, test } from 'vitest';
import { areas, people } from '../testing/town.ts';
import { mayCreate } from './place-rules.ts';
import type { Command } from './command.ts';
import { decide } from './decide.ts';
import type { Values } from './field/base.ts';
import { references } from './field/reference.ts';
import { play } from './play.ts';
import type { RecordState } from './record.ts';
import type { Refusal } from './refusal.ts';
import type { Result } from './result.ts';
import { errand, roles } from './testing/errand.ts';
import { concern, diary, secret, secretEntry } from './testing/forms.ts';
import {
  advance,
  change,
  COMMITTEE,
  create,
  EPOCH,
  move,
  numbered,
  restore,
  share,
  tellStory,
  unshare,
  withdraw,
  type Story,
} from './testing/story.ts';

const { zhouMin, chenGuodong, liXiulan, qiuWeimin, shenLijuan } = people;
const HOME = `${COMMITTEE}/casework`;
const RIHUI = areas.rihui.code;
const said = (result: Result<RecordState, Refusal>): unknown => (result.ok ? 'accepted' : result.error);
const begun = (): Story => {
  const story = tellStory();
  expect(said(story.asks(zhouMin, create()))).toBe('accepted');
  return story;
};
const placed = ({ area, scope, shares }: RecordState) => ({ area, scope, ...(shares && { shares }) });
const person = ({ id }: { readonly id: string }) => ({ person: id });
const created = (entity: string, values: Values, area = COMMITTEE): Command => ({
  kind: 'create',
  entity,
  record: numbered(entity, 1),
  area,
  values,
});
const malformed = (field: string) => ({ code: 'schema', problems: [{ code: 'malformed', field }] });

test('SCOPE-1 the home follows from area and values, in every form', () => {
  const home = (story: Story, command: Command) => {
    const asked = story.asks(zhouMin, command);
    return asked.ok ? asked.value.scope : asked.error;
  };
  const me = { id: zhouMin.id, title: '周敏' };
  const readers = [me];
  expect([
    home(tellStory(), create()),
    home(tellStory(concern), created('concern', { about: '好几天没见到老人' })),
    home(tellStory(diary), created('diary', { owner: me, line: '周三再去' })),
    home(tellStory(secret), created('secret', { readers, subject: '反映一位楼组长' })),
  ]).toEqual([HOME, HOME, `person/${zhouMin.id}`, `readers/${numbered('secret', 1)}`]);
  // Without what decides it, it lies where nobody reads.
  expect(
    play(undefined, tellStory(diary).writes(zhouMin, created('diary', { line: '周三' })), {
      entity: diary,
      seq: 1,
      basis: 0,
    }).scope,
  ).toBe('');
  expect(home(tellStory(diary), created('diary', { line: '周三' }))).toEqual({
    code: 'schema',
    problems: [{ code: 'required', field: 'owner' }],
  });
});

test('SCOPE-2 sharing and taking back, once and again, with people and areas', () => {
  const story = begun();
  const asks = (command: Command) => story.asks(zhouMin, command);
  for (const target of [person(qiuWeimin), { area: RIHUI }, person(qiuWeimin), { area: COMMITTEE }])
    expect(said(asks(share(target)))).toBe('accepted');
  expect(placed(story.record())).toEqual({
    area: COMMITTEE,
    scope: HOME,
    shares: [`${RIHUI}/casework`, `person/${qiuWeimin.id}`],
  });
  // She reads and writes through it.
  expect(said(story.asks(qiuWeimin, change({ note: '一楼' })))).toBe('accepted');
  expect(said(asks(unshare(person(qiuWeimin))))).toBe('accepted');
  expect(said(asks(unshare(person(qiuWeimin))))).toBe('accepted');
  expect(said(story.asks(qiuWeimin, change({ note: '二楼' })))).toEqual({ code: 'access' });
  expect(said(asks(unshare({ area: RIHUI })))).toBe('accepted');
  expect(story.record()).not.toHaveProperty('shares');
});

test('SCOPE-3 given to another area it stays shared with people; given another class, with nobody', () => {
  const story = begun();
  for (const target of [person(qiuWeimin), { area: areas.lingling.code }, { area: RIHUI }])
    story.asks(zhouMin, share(target));
  expect(said(story.asks(zhouMin, move(RIHUI)))).toBe('accepted');
  expect(placed(story.record())).toEqual({
    area: RIHUI,
    scope: `${RIHUI}/casework`,
    shares: [`person/${qiuWeimin.id}`],
  });
  expect(said(story.asks(zhouMin, change({ note: '一楼' })))).toEqual({ code: 'access' });
  expect(said(story.asks(liXiulan, change({ note: '一楼' })))).toBe('accepted');

  const told = tellStory(concern);
  const about = (command: Command): Command => ({
    ...command,
    entity: 'concern',
    record: numbered('concern', 1),
  });
  const both = { ...zhouMin, grants: [...zhouMin.grants, ...shenLijuan.grants] };
  told.asks(both, created('concern', { about: '好几天没见到老人' }));
  told.asks(both, about(share(person(qiuWeimin))));
  expect(said(told.asks(both, about(change({ weight: 'plain' }))))).toBe('accepted');
  expect(told.record().shares).toEqual([`person/${qiuWeimin.id}`]);
  expect(said(told.asks(both, about(change({ weight: 'grave' }))))).toBe('accepted');
  expect(placed(told.record())).toEqual({ area: COMMITTEE, scope: `${COMMITTEE}/careRestricted` });
});

test('SCOPE-4 a new place leaves the contents alone, and a withdrawn record withdrawn', () => {
  const story = begun();
  story.asks(zhouMin, change({ title: '修路灯' }), { seen: 1 });
  story.asks(chenGuodong, change({ title: '修门灯' }), { seen: 1 });
  const { values, writers, conflicts } = story.record();
  story.asks(zhouMin, share(person(qiuWeimin)));
  story.asks(zhouMin, move(RIHUI));
  expect(story.record()).toMatchObject({ values, writers, conflicts });
  const gone = begun();
  const late = gone.writes(zhouMin, share(person(qiuWeimin)), { seen: 1 });
  gone.asks(chenGuodong, withdraw);
  const shown = play(gone.record(), late, { entity: errand, seq: null, basis: 1 });
  expect([shown.withdrawn?.by, shown.conflicts, shown.shares]).toEqual([
    chenGuodong.id,
    undefined,
    [`person/${qiuWeimin.id}`],
  ]);
});

test('SCOPE-5 who only has a share may work on it, and neither pass it on nor move it', () => {
  const story = begun();
  story.asks(zhouMin, share({ area: RIHUI }));
  const asked = [change({ note: '一楼' }), share(person(qiuWeimin)), unshare({ area: RIHUI }), move(RIHUI)];
  expect(asked.map((command) => said(story.asks(liXiulan, command)))).toEqual([
    'accepted',
    { code: 'access' },
    { code: 'access' },
    { code: 'access' },
  ]);
});

test('SCOPE-6 another class asks for the right to create there; a creation for the role over its area', () => {
  const told = tellStory(concern);
  told.asks(zhouMin, created('concern', { about: '好几天没见到老人' }));
  const grave: Command = {
    kind: 'change',
    entity: 'concern',
    record: numbered('concern', 1),
    values: { weight: 'grave' },
  };
  expect(said(told.asks(zhouMin, grave))).toEqual({ code: 'access' });
  const both = { ...zhouMin, grants: [...zhouMin.grants, ...shenLijuan.grants] };
  expect(said(told.asks(both, grave))).toBe('accepted');
  const mine = { owner: { id: zhouMin.id, title: '周敏' }, line: '周三再去' };
  expect(said(tellStory(diary).asks(zhouMin, created('diary', mine, RIHUI)))).toEqual({ code: 'access' });
  expect(said(tellStory(diary).asks(liXiulan, created('diary', mine, RIHUI)))).toEqual({ code: 'access' });
  const asking = { entity: concern, roles, actor: zhouMin };
  const at = (area: string, name: string) => ({ id: numbered('concern', 2), area, scope: `${area}/${name}` });
  expect([
    mayCreate(at(COMMITTEE, 'casework'), asking),
    mayCreate(at(COMMITTEE, 'careRestricted'), asking),
    mayCreate(at(RIHUI, 'casework'), asking),
  ]).toEqual([true, false, false]);
});

test('SCOPE-7 a confidential matter keeps a reader, names its author, and its entries are its readers’', () => {
  const mine = { id: zhouMin.id, title: '周敏' };
  const his = { id: chenGuodong.id, title: '陈国栋' };
  const story = tellStory(secret);
  const matter = (readers: readonly unknown[]) => created('secret', { readers, subject: '反映一位楼组长' });
  expect(said(story.asks(zhouMin, matter([his])))).toEqual({
    code: 'schema',
    problems: [{ code: 'notNamed', field: 'readers' }],
  });
  expect(said(story.asks(zhouMin, matter([])))).toEqual({
    code: 'schema',
    problems: [{ code: 'required', field: 'readers' }],
  });
  expect(said(story.asks(zhouMin, matter([mine])))).toBe('accepted');
  const readers = (who: typeof zhouMin | typeof chenGuodong, values: readonly unknown[]) =>
    said(
      story.asks(who, {
        kind: 'change',
        entity: 'secret',
        record: numbered('secret', 1),
        values: { readers: values },
      }),
    );
  expect(readers(chenGuodong, [mine, his])).toEqual({ code: 'access' });
  expect(readers(zhouMin, [])).toEqual({
    code: 'schema',
    problems: [{ code: 'required', field: 'readers' }],
  });
  expect(readers(zhouMin, [mine, his])).toBe('accepted');
  expect(readers(zhouMin, [his])).toBe('accepted');
  expect(readers(zhouMin, [mine, his])).toEqual({ code: 'access' });

  // Also where the declaration forgets to ask for one.
  const field = references(secret.fields.readers.label, 'person');
  const lax = tellStory({ ...secret, fields: { ...secret.fields, readers: field } });
  expect(said(lax.asks(zhouMin, matter([])))).toMatchObject({ problems: [{ code: 'required' }] });

  const entry = created('secretEntry', { matter: { id: numbered('secret', 1), title: '反映' } });
  const isNamed = (record: string) => record === numbered('secret', 1);
  expect(said(tellStory(secretEntry).asks({ ...chenGuodong, isNamed }, entry))).toBe('accepted');
  expect(said(tellStory(secretEntry).asks(chenGuodong, entry))).toEqual({ code: 'access' });
});

test('SCOPE-8 confidential records are not shared, and a person’s own not into areas', () => {
  const story = tellStory(secret);
  story.asks(zhouMin, created('secret', { readers: [{ id: zhouMin.id, title: '周敏' }], subject: '反映' }));
  const about = (entity: string, command: Command): Command => ({
    ...command,
    entity,
    record: numbered(entity, 1),
  });
  for (const command of [share(person(chenGuodong)), share({ area: RIHUI }), unshare({ area: RIHUI })])
    expect(said(story.asks(zhouMin, about('secret', command)))).toEqual({
      code: 'schema',
      problems: [{ code: 'confidential', field: '' }],
    });
  const forced = story.writes(zhouMin, about('secret', share(person(chenGuodong))));
  expect(play(story.record(), forced, { entity: secret, seq: 2, basis: 1 }).shares).toBeUndefined();
  const own = tellStory(diary);
  own.asks(zhouMin, created('diary', { owner: { id: zhouMin.id, title: '周敏' }, line: '周三再去' }));
  expect(said(own.asks(zhouMin, about('diary', share({ area: RIHUI }))))).toEqual(malformed('with'));
  expect(said(own.asks(zhouMin, about('diary', share(person(chenGuodong)))))).toBe('accepted');
});

test('SCOPE-9 only people and areas of the own district, on the declared level', () => {
  const story = begun();
  const { with: _, ...bare } = story.writes(zhouMin, share({ area: RIHUI }));
  const { area: _area, ...unmoved } = story.writes(zhouMin, move(RIHUI));
  const shares = [
    { area: '310112001001' },
    { area: '31010400' },
    { person: 'zhou' },
    { person: story.record().id },
  ];
  expect(shares.map((target) => said(story.asks(zhouMin, share(target))))).toEqual(
    shares.map(() => malformed('with')),
  );
  const moves = ['310112001001', areas.xietu.code, '310104'];
  expect(moves.map((area) => said(story.asks(zhouMin, move(area))))).toEqual(
    moves.map(() => malformed('area')),
  );
  expect([said(story.judges(bare)), said(story.judges(unmoved))]).toEqual([
    malformed('with'),
    malformed('area'),
  ]);
  expect([areas.xietu.code, '310104'].map((area) => said(story.asks(zhouMin, share({ area }))))).toEqual([
    'accepted',
    'accepted',
  ]);
});

test('SCOPE-10 withdrawn: neither shared nor moved; closed: shared, not moved; taken back always', () => {
  const story = begun();
  story.asks(zhouMin, share(person(liXiulan)));
  const late = [share(person(qiuWeimin)), move(RIHUI)].map((command) =>
    story.writes(zhouMin, command, { seen: 1 }),
  );
  story.asks(chenGuodong, withdraw);
  for (const operation of late) expect(said(story.judges(operation))).toEqual({ code: 'withdrawn' });
  expect(said(story.asks(zhouMin, unshare(person(liXiulan))))).toBe('accepted');
  expect([story.record().withdrawn?.by, story.record().shares]).toEqual([chenGuodong.id, undefined]);
  story.asks(chenGuodong, restore);
  story.asks(zhouMin, advance('accepted'));
  story.asks(zhouMin, advance('done', { result: '修好了' }));
  expect(said(story.asks(zhouMin, share(person(qiuWeimin))))).toBe('accepted');
  expect(said(story.asks(zhouMin, move(RIHUI)))).toMatchObject({ code: 'rule', rule: 'archived' });
  expect(said(story.asks(zhouMin, unshare(person(qiuWeimin))))).toBe('accepted');
  // Nor does a rule that came later stand in the way.
  const strict = {
    ...errand,
    rules: [{ id: 'never', check: () => ({ code: 'notYet', field: '' }) as const }],
  };
  const asked = [share, unshare].map((command) => story.writes(zhouMin, command(person(qiuWeimin))));
  const deciding = { entity: strict, roles, actor: zhouMin, epoch: EPOCH, seq: 99 };
  expect(asked.map((operation) => said(decide(story.record(), operation, deciding)))).toEqual([
    { code: 'rule', rule: 'never', problems: [{ code: 'notYet', field: '' }] },
    'accepted',
  ]);
});

test('DECIDE-16 the right to share or to withdraw is no right to write', () => {
  const story = begun();
  const commands = [share(person(qiuWeimin)), unshare(person(qiuWeimin)), move(RIHUI), withdraw, restore];
  for (const command of commands) {
    const operation = story.writes(zhouMin, command);
    const actor = { ...zhouMin, grants: [{ role: 'mediator', area: COMMITTEE }] };
    const judged = (more: object) =>
      said(
        decide(
          story.record(),
          { ...operation, ...more },
          { entity: errand, roles, actor, epoch: EPOCH, seq: 9 },
        ),
      );
    expect([
      judged({ set: { note: '一楼' } }),
      judged({ add: { tags: ['urgent'] }, settles: ['tags'] }),
      judged({ append: { visits: [] } }),
    ]).toEqual([malformed('note'), malformed('tags'), malformed('visits')]);
    expect(judged({})).toBe('accepted');
  }
});
