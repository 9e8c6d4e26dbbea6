import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { errand } from '../testing/errand.ts';
import { meets } from '../testing/naive-search.ts';
import { createSearchIndex, type SearchWord } from './index.ts';
import { searchWordsOf } from './words.ts';

/** A few characters with the readings that a dictionary gives; the window uses a whole one. */
const SOUNDS: Readonly<Record<string, readonly string[]>> = {
  王: ['wang'],
  晓: ['xiao'],
  明: ['ming'],
  单: ['dan', 'shan', 'chan'],
  曾: ['ceng', 'zeng'],
  吕: ['lv'],
  张: ['zhang'],
  伟: ['wei'],
  安: ['an'],
  阿: ['a'],
  恩: ['n'],
  方: ['fang'],
  古: ['gu'],
  丽: ['li'],
  仙: ['xian'],
  西: ['xi'],
};
const readings = (character: string): readonly string[] =>
  Object.hasOwn(SOUNDS, character) ? (SOUNDS[character] ?? []) : [];

const name = (text: string): SearchWord => ({ field: 'name', kind: 'name', text });
const word = (kind: SearchWord['kind'], text: string): SearchWord => ({ field: kind, kind, text });
const indexOf = (people: Readonly<Record<string, readonly SearchWord[]>>) => {
  const index = createSearchIndex({ readings });
  for (const [id, words] of Object.entries(people)) index.set(id, words);
  return index;
};
const names = (...all: string[]) => indexOf(Object.fromEntries(all.map((text) => [text, [name(text)]])));
const idsOf = (index: ReturnType<typeof indexOf>, question: string) =>
  index.find(question, 50).map(({ id }) => id);

test('SEARCH-5 a character that stands twice in Unicode is met by either, and so is a letter of any width', () => {
  const index = names('\uf9e1明', 'Ａnna', 'LU:');
  const asked = ['李明', '\uf9e1', 'anna', 'ＡＮ', 'lv'];
  expect(asked.map((one) => idsOf(index, one))).toEqual([
    ['\uf9e1明'],
    ['\uf9e1明'],
    ['Ａnna'],
    ['Ａnna'],
    ['LU:'],
  ]);
});

describe('SEARCH-1 a name by its beginning, middle, sound, initials and mixtures', () => {
  const index = names('王晓明', '张伟', '方古');
  test.each([
    ...['王', '王晓', '晓明', '明', 'wangxiaoming', 'wang', 'xiaoming', 'wxm', 'xm'],
    ...['wangx', 'wangxm', 'wxiaom', '王x', '王xiaom', 'w晓', '王晓m', 'wangxia', 'WangXM', 'wang xiao'],
  ])('%s finds 王晓明', (question) => {
    expect(idsOf(index, question)).toEqual(['王晓明']);
  });
  test.each(['ang', 'iao', 'wangm', 'xw', '明王', 'wangxiaomingx', 'wgx'])('%s does not', (question) => {
    expect(idsOf(index, question)).toEqual([]);
  });
  test('zh, ch and sh are initials as well', () => {
    expect([idsOf(index, 'zhw'), idsOf(index, 'zw'), idsOf(index, 'zhaw')]).toEqual([['张伟'], ['张伟'], []]);
  });
  test('a whole reading goes before its initial: fanggu is 方古 only', () => {
    expect(idsOf(names('方古', '方安古'), 'fanggu')).toEqual(['方古']);
    expect(idsOf(names('西安', '仙'), 'xian')).toEqual(['仙', '西安']);
  });
});

test('SEARCH-2 every reading of a character, and v for ü', () => {
  const index = names('单晓', '曾明', '吕伟');
  expect(
    ['dan', 'shanx', 'cx', 'sx', 'zeng', 'cm', 'lv', 'lü', 'LÜ', 'lvw', 'lu'].map((one) => idsOf(index, one)),
  ).toEqual([
    ['单晓'],
    ['单晓'],
    ['单晓'],
    ['单晓'],
    ['曾明'],
    ['曾明'],
    ['吕伟'],
    ['吕伟'],
    ['吕伟'],
    ['吕伟'],
    [],
  ]);
});

test('SEARCH-3 numbers by their beginning and end', () => {
  const index = indexOf({
    周敏: [word('digits', '13812345678'), word('digits', '31010419900101002X')],
    陈国栋: [word('digits', '021-64181234')],
  });
  const asked = [
    '138',
    '5678',
    '138 1234 5678',
    '13812345678',
    '１３８',
    '002x',
    '0101002X',
    '0216418',
    '021-6418',
    '1234',
    '78',
    '2345',
    '3101041990',
  ];
  expect(Object.fromEntries(asked.map((question) => [question, idsOf(index, question)]))).toEqual({
    138: ['周敏'],
    5678: ['周敏'],
    '138 1234 5678': ['周敏'],
    13812345678: ['周敏'],
    '１３８': ['周敏'],
    '002x': ['周敏'],
    '0101002X': ['周敏'],
    '0216418': ['陈国栋'],
    '021-6418': ['陈国栋'],
    1234: ['陈国栋'],
    78: [],
    2345: [],
    3101041990: ['周敏'],
  });
});

test('SEARCH-4 addresses and texts by any part', () => {
  const index = indexOf({
    一: [word('address', '大木桥路600弄55号302室')],
    二: [word('text', '独居，每周走访')],
  });
  expect(
    ['600弄', '大木桥', '55号302', '6', '走访', '居，每', 'dmq'].map((one) => idsOf(index, one)),
  ).toEqual([['一'], ['一'], ['一'], ['一'], ['二'], ['二'], []]);
});

test('SEARCH-5 width, case, blanks, interpuncts and rare characters', () => {
  const index = names('阿卜杜·热合曼', 'Ａnna Maria', '王𠮷明', '𫚭安');
  expect(
    [
      '卜杜热合',
      '杜·热',
      '杜•热',
      'anna',
      'ANNAM',
      'ａｎｎａ',
      'maria',
      '𠮷',
      '王𠮷m',
      'w𠮷',
      '𫚭',
      '\ud842',
    ].map((one) => idsOf(index, one)),
  ).toEqual([
    ['阿卜杜·热合曼'],
    ['阿卜杜·热合曼'],
    ['阿卜杜·热合曼'],
    ['Ａnna Maria'],
    ['Ａnna Maria'],
    ['Ａnna Maria'],
    ['Ａnna Maria'],
    ['王𠮷明'],
    ['王𠮷明'],
    ['王𠮷明'],
    ['𫚭安'],
    [],
  ]);
  expect(['', '  ', '·', '\n'].map((one) => idsOf(index, one))).toEqual([[], [], [], []]);
});

test('SEARCH-6 all words of a question', () => {
  const index = indexOf({
    一: [name('王伟'), word('address', '大木桥路600弄')],
    二: [name('王伟'), word('address', '零陵路12号')],
  });
  expect([
    idsOf(index, '王伟 零陵'),
    idsOf(index, 'ww 600'),
    idsOf(index, '王伟 张'),
    idsOf(index, '王 伟'),
  ]).toEqual([['二'], ['一'], [], ['一', '二']]);
});

describe('SEARCH-7 exactly what a look at every word finds', () => {
  const characters = fc.constantFrom(...Object.keys(SOUNDS), '𠮷', '·', 'a', 'n', '1');
  const chinese = fc.array(characters, { minLength: 1, maxLength: 5 }).map((all) => all.join(''));
  const digits = fc
    .array(fc.constantFrom('1', '2', '3', '-'), { minLength: 1, maxLength: 8 })
    .map((all) => all.join(''));
  const words = fc.array(
    fc.oneof(
      chinese.map(name),
      digits.map((text) => word('digits', text)),
      fc.oneof(chinese, digits).map((text) => word('address', text)),
      chinese.map((text) => word('text', text)),
    ),
    { maxLength: 4 },
  );
  const letters = fc.constantFrom(
    ...'wangxiaozhenglvcshd',
    ...Object.keys(SOUNDS),
    ...Object.values(SOUNDS).flat(),
    '1',
    '2',
    '-',
    ' ',
    '𠮷',
  );
  const anything = fc.array(letters, { minLength: 1, maxLength: 4 }).map((all) => all.join(''));
  const few = fc.array(letters, { minLength: 1, maxLength: 2 }).map((all) => all.join(''));
  const question = fc.oneof(anything, few, digits, chinese);
  const step = fc.record({
    id: fc.nat(7).map((count) => `resident_${count}`),
    words: fc.option(words, { nil: undefined }),
  });

  test('after any additions, changes and removals', { timeout: 60_000 }, () => {
    let found = 0;
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 14 }),
        fc.array(question, { minLength: 8, maxLength: 8 }),
        (steps, questions) => {
          const index = createSearchIndex({ readings });
          const known = new Map<string, readonly SearchWord[]>();
          for (const given of steps) {
            if (given.words) {
              index.set(given.id, given.words);
              known.set(given.id, given.words);
            } else {
              index.remove(given.id);
              known.delete(given.id);
            }
          }
          expect(index.size()).toBe(known.size);
          for (const asked of questions) {
            const wanted = [...known].filter(([, all]) => meets(all, asked, readings)).map(([id]) => id);
            found += wanted.length;
            expect([asked, [...index.matching(asked)].sort()]).toEqual([asked, wanted.sort()]);
            expect(idsOf(index, asked).sort()).toEqual(wanted);
          }
        },
      ),
      { numRuns: 600, seed: 20261123 },
    );
    expect(found).toBeGreaterThan(500);
  });

  test('also when thousands were changed and the columns were written anew', { timeout: 60_000 }, () => {
    const index = createSearchIndex({ readings });
    const all = Object.keys(SOUNDS);
    const textOf = (count: number, round: number): string =>
      [7, 31, 101].map((factor) => all[(Math.imul(count + 1, factor) + round * 5) % all.length]).join('');
    for (let round = 0; round < 4; round++) {
      for (let count = 0; count < 900; count++) index.set(`resident_${count}`, [name(textOf(count, round))]);
    }
    for (let count = 0; count < 900; count += 3) index.remove(`resident_${count}`);
    for (const asked of ['王', '明', 'wan', 'shan', 'xian']) {
      const wanted = Array.from({ length: 900 }, (_, count) => count)
        .filter((count) => count % 3 !== 0 && meets([name(textOf(count, 3))], asked, readings))
        .map((count) => `resident_${count}`);
      expect([...index.matching(asked)].sort()).toEqual(wanted.sort());
      expect(wanted.length).toBeGreaterThan(0);
    }
  });
});

test('while the columns are written anew everything is found as before, and what changes meanwhile as it is now', () => {
  const index = createSearchIndex({ readings });
  const all = Object.keys(SOUNDS);
  const known = new Map<string, string>();
  for (let step = 0; step < 9_000; step++) {
    const id = `resident_${Math.imul(step, 7919) % 1_500}`;
    if (step % 5 === 4) {
      index.remove(id);
      known.delete(id);
    } else {
      const said = [31, 101, 17].map((factor) => all[Math.imul(step + 1, factor) % all.length]).join('');
      index.set(id, [name(said), word('text', `${said}${step}`)]);
      known.set(id, said);
    }
    if (step % 37 !== 0) continue;
    const asked = all[step % all.length] ?? '';
    const wanted = [...known].filter(([, said]) => said.includes(asked)).map(([one]) => one);
    expect([step, ...[...index.matching(asked)].sort()]).toEqual([step, ...wanted.sort()]);
  }
});

test('SEARCH-7 what was removed is nobody’s when the columns are written anew', () => {
  const index = createSearchIndex({ readings });
  for (let count = 0; count < 3000; count++) {
    index.set(`resident_${count}`, [
      name(count % 10 === 0 ? '王明' : '张伟'),
      word('digits', String(count + 1000)),
    ]);
  }
  for (let count = 0; count < 3000; count++) if (count % 10 !== 0) index.remove(`resident_${count}`);
  expect([index.size(), index.matching('王明').size, index.matching('张伟').size]).toEqual([300, 300, 0]);
  expect([idsOf(index, '3990'), idsOf(index, '3991')]).toEqual([['resident_2990'], []]);
});

test('SEARCH-8 the best first, equals by their titles', () => {
  const index = indexOf({
    text: [name('周敏'), word('text', '王伟的邻居')],
    address: [name('周敏'), word('address', '王伟大厦')],
    inside: [name('小王伟')],
    start: [name('王伟明')],
    whole: [name('王伟'), word('text', '王伟自己说的')],
  });
  expect(index.find('王伟', 50)).toEqual([
    { id: 'whole', field: 'name' },
    { id: 'start', field: 'name' },
    { id: 'inside', field: 'name' },
    { id: 'address', field: 'address' },
    { id: 'text', field: 'text' },
  ]);
  expect(index.find('王伟', 2).map(({ id }) => id)).toEqual(['whole', 'start']);
  expect(index.find('王伟', 0)).toEqual([]);

  const sounds = indexOf({
    initials: [name('张伟')],
    sound: [name('zw安')],
    digits: [word('digits', '1234567'), name('周')],
    rather: [name('单1234567')],
  });
  expect([idsOf(sounds, 'zw'), idsOf(sounds, '1234567')]).toEqual([
    ['sound', 'initials'],
    ['rather', 'digits'],
  ]);
  // By their titles alone it would be the other way round.
  expect(idsOf(names('晓王', '王晓'), 'wang')).toEqual(['王晓', '晓王']);
  expect(idsOf(names('晓王晓', '王晓'), 'wx')).toEqual(['王晓', '晓王晓']);
  // 安 as a whole sound goes before a·n as initials, whatever the titles say.
  const sound = createSearchIndex({ readings });
  sound.set('initials', [name('阿恩')], '乙');
  sound.set('whole sound', [name('安恩')], '甲');
  expect(idsOf(sound, 'an')).toEqual(['whole sound', 'initials']);
  const equals = createSearchIndex({ readings });
  for (const [id, title] of [
    ['c', '丙'],
    ['a', '甲'],
    ['b', '乙'],
    ['d', '丙'],
  ] as const)
    equals.set(id, [name('王')], title);
  expect(idsOf(equals, '王')).toEqual(['c', 'd', 'b', 'a']);
  expect(equals.find('王', 2).map(({ id }) => id)).toEqual(['c', 'd']);
});

test('SEARCH-9 the words of a record', () => {
  const values = {
    title: '修楼道灯',
    note: '二楼',
    asker: { type: '111', number: '11010519491231002X' },
    phones: [{ number: '13812345678' }, { number: '64181234', since: '2020-01-01' }, null],
    visits: [{ id: 'entry_1', by: 'p', at: '', values: { on: '2026-11-20', what: '换灯泡' } }],
    number: { temporary: '临-D1-1', official: '代办2026-3' },
    tags: ['urgent'],
    unknown: 'x',
  };
  expect(searchWordsOf(errand, values)).toEqual([
    { field: 'title', kind: 'name', text: '修楼道灯' },
    { field: 'note', kind: 'text', text: '二楼' },
    { field: 'asker', kind: 'digits', text: '11010519491231002X' },
    { field: 'phones', kind: 'digits', text: '13812345678' },
    { field: 'phones', kind: 'digits', text: '64181234' },
    { field: 'visits', kind: 'text', text: '换灯泡' },
    { field: 'number', kind: 'text', text: '代办2026-3' },
    { field: 'number', kind: 'text', text: '临-D1-1' },
  ]);
  expect(searchWordsOf(errand, {})).toEqual([]);
});
