/** Who decides on what the district holds, and what a decision is. */
import { expect, test } from 'vitest';
import { areas, people } from '../testing/town.ts';
import type { Actor } from './access.ts';
import type { Command } from './command.ts';
import { readersIn, type AnyEntity } from './entity.ts';
import type { Values } from './field/base.ts';
import type { Operation } from './operation.ts';
import { play } from './play.ts';
import type { RecordState } from './record.ts';
import { mayReview, mayTakeOver, problemsOfDecision } from './review.ts';
import { roles } from './testing/errand.ts';
import { concern, diary, secret, secretEntry } from './testing/forms.ts';
import { advance, change, COMMITTEE, create, move, numbered, RECORD, tellStory } from './testing/story.ts';

const { zhouMin, chenGuodong, liXiulan, shenLijuan, wuGuifang, luZhenhua, guAdmin } = people;
const everybody = { zhouMin, chenGuodong, liXiulan, shenLijuan, wuGuifang, luZhenhua, guAdmin };
const reference = ({ id, name }: { readonly id: string; readonly name: string }) => ({ id, title: name });

/** Names of those who may review it. */
function reviewers(
  entity: AnyEntity,
  operation: Operation,
  record?: RecordState,
  isNamed: (person: string) => boolean = () => false,
): readonly string[] {
  return Object.values(everybody).flatMap((person) => {
    const actor: Actor = { ...person, isNamed: () => isNamed(person.id) };
    return mayReview({ operation, record }, { entity, roles, actor }) ? [person.name] : [];
  });
}
const created = (entity: string, values: Values): Command => ({
  kind: 'create',
  entity,
  record: numbered(entity, 1),
  area: COMMITTEE,
  values,
});

test('REVIEW-1 REVIEW-2 REVIEW-3 what was written in a case is for its supervisor and for its handlers, not for its author', () => {
  const story = tellStory();
  story.asks(zhouMin, create());
  const record = story.record();
  const written = story.writes(zhouMin, change({ note: '断网时写的' }));
  expect(reviewers(story.entity, written, record)).toEqual(['陈国栋', '吴桂芳']);
  // Where nothing was registered yet, it would be at home in the area that it names.
  const begun = tellStory().writes(zhouMin, create());
  expect(reviewers(story.entity, begun)).toEqual(['陈国栋', '吴桂芳']);
  // Nothing is known of a record that never came.
  expect(reviewers(story.entity, written)).toEqual([]);
});

test('REVIEW-1 given to another area, it is for the people there, whatever was written', () => {
  const story = tellStory();
  story.asks(zhouMin, create());
  story.asks(chenGuodong, move(areas.rihui.code));
  for (const command of [change({ note: '不知道已移交' }), advance('accepted'), move(areas.lingling.code)]) {
    expect(reviewers(story.entity, story.writes(zhouMin, command), story.record())).toEqual(['李秀兰']);
  }
});

test('REVIEW-1 a change of class is only for whoever reads both', () => {
  const story = tellStory(concern);
  story.asks(zhouMin, created('concern', { about: '好几天没见到老人', weight: 'plain' }));
  const grave = story.writes(zhouMin, {
    kind: 'change',
    entity: 'concern',
    record: numbered('concern', 1),
    values: { weight: 'grave' },
  });
  // 吴桂芳 does not read restricted care, 沈丽娟 no casework.
  expect(reviewers(concern, grave, story.record())).toEqual([]);
});

test('REVIEW-3 REVIEW-4 in a confidential matter those whom it names decide, its author among them, and nobody else', () => {
  const story = tellStory(secret);
  const readers = [zhouMin, chenGuodong].map(reference);
  const begun = story.writes(zhouMin, created('secret', { readers, subject: '反映一位楼组长' }));
  expect(reviewers(secret, begun)).toEqual(['周敏', '陈国栋']);
  expect(story.judges(begun).ok).toBe(true);
  const record = story.record();
  const named = (person: string): boolean => readersIn(secret, record.values).includes(person);
  const written = story.writes(zhouMin, {
    kind: 'change',
    entity: 'secret',
    record: record.id,
    values: { subject: '补充' },
  });
  expect(reviewers(secret, written, record, named)).toEqual(['周敏', '陈国栋']);
  const matter = reference({ id: record.id, name: '' });
  const entry = tellStory(secretEntry).writes(zhouMin, created('secretEntry', { matter, on: '2026-11-20' }));
  expect(reviewers(secretEntry, entry, undefined, named)).toEqual(['周敏', '陈国栋']);
});

test('REVIEW-3 what is one’s own is for oneself', () => {
  const line = tellStory(diary).writes(
    zhouMin,
    created('diary', { owner: reference(zhouMin), line: '周三再去' }),
  );
  expect(reviewers(diary, line)).toEqual(['周敏']);
});

test('REVIEW-5 a decision carries its names and, where it declines, its words', () => {
  const story = tellStory();
  const decision = (kind: 'accept' | 'decline', parts: Partial<Operation> = {}): Operation => ({
    ...story.writes(wuGuifang, {
      kind,
      entity: 'errand',
      record: RECORD,
      reviews: [numbered('operation', 9)],
    }),
    ...parts,
  });
  const problems = (operation: Operation) =>
    problemsOfDecision(operation).map(({ code, field }) => `${code} ${field}`);
  expect(problems(decision('accept'))).toEqual([]);
  expect(problems(decision('decline', { words: '电话里说定了' }))).toEqual([]);
  expect(problems(decision('decline'))).toEqual(['required words']);
  expect(problems(decision('decline', { words: ' \n' }))).toEqual(['required words']);
  expect(problems(decision('accept', { reviews: undefined }))).toEqual(['required reviews']);
  expect(problems(decision('accept', { set: { note: '夹带' }, settles: ['title'] }))).toEqual([
    'malformed note',
    'malformed title',
  ]);
});

test('REVIEW-7 who reviews as a supervisor takes nothing over that only handlers write, and nobody what no form writes', () => {
  const story = tellStory();
  story.asks(zhouMin, create());
  const takeOver = (command: Command) =>
    Object.values(everybody).flatMap((person) => {
      const asking = { entity: story.entity, roles, actor: { ...person, isNamed: () => false } };
      const operation = story.writes(zhouMin, command);
      return mayTakeOver({ operation, record: story.record() }, asking) ? [person.name] : [];
    });
  expect(takeOver(change({ note: '断网时写的' }))).toEqual(['周敏', '陈国栋']);
  expect(takeOver(advance('accepted'))).toEqual(['周敏', '陈国栋']);
  expect(takeOver(move(areas.lingling.code))).toEqual([]);
  // A record that never came cannot be written in.
  const operation = story.writes(zhouMin, change({ note: '断网时写的' }));
  const asking = { entity: story.entity, roles, actor: { ...chenGuodong, isNamed: () => false } };
  expect(mayTakeOver({ operation, record: undefined }, asking)).toBe(false);
});

test('REVIEW-6 a decision changes nothing of the record but its sequence, and no rule takes it for anything else', () => {
  const story = tellStory();
  story.asks(zhouMin, create());
  const record = story.record();
  const command: Command = {
    kind: 'decline',
    entity: 'errand',
    record: RECORD,
    reviews: [numbered('operation', 9)],
    words: ' 电话里说定了 ',
  };
  const decision = story.writes(wuGuifang, command);
  expect({ reviews: decision.reviews, words: decision.words }).toEqual({
    reviews: [numbered('operation', 9)],
    words: '电话里说定了',
  });
  expect(play(record, decision, { entity: story.entity, seq: 7, basis: 1 })).toEqual({ ...record, seq: 7 });
  expect(story.judges(decision)).toEqual({
    ok: false,
    error: { code: 'schema', problems: [{ code: 'malformed', field: 'kind' }] },
  });
});
