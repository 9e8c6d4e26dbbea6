import { expect, test } from 'vitest';
import { people } from '../../testing/town.ts';
import { attachments, MOST_AT_ONCE, type Attachment } from '../field/attachments.ts';
import { problemsIn, valuesSchema } from '../values-schema.ts';
import { showValue } from '../format.ts';
import { errand } from '../testing/errand.ts';
import { change, create, tellStory } from '../testing/story.ts';
import { searchWordsOf } from '../search/words.ts';
import { attachmentsAdded, attachmentsOf } from './attachments-in.ts';
import { tidyFileName } from './file-name.ts';
import { sniffFileType } from './file-type.ts';
import { sampleFiles } from './sample-files.ts';
import { paddedSize, PIECE, piecesOf, sealedSize, TAG } from './sealed-size.ts';

const { zhouMin, chenGuodong } = people;
const LABEL = { zh: '照片', en: 'Photographs' };
const ceiling: Attachment = sampleFiles.ceiling.attachment;
const signedPage: Attachment = sampleFiles.signedPage.attachment;
const receipt: Attachment = sampleFiles.receipt.attachment;
const bytesOf = (base64: string): Uint8Array => Buffer.from(base64, 'base64');
const textOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const { thumbnail: _ceilingSmall, ...bareCeiling } = ceiling;

const codes = (value: unknown, options: Parameters<typeof attachments>[1] = {}): readonly string[] =>
  problemsIn({ value }, valuesSchema({ value: attachments(LABEL, options) }, 'part')).map(
    ({ field, code }) => `${field} ${code}`,
  );

/** Different photographs, each with a picture of the largest size. */
const many = (count: number): readonly Attachment[] =>
  Array.from({ length: count }, (_, index) => ({
    ...ceiling,
    id: String(index).padStart(43, '0'),
    thumbnail: `/9j/${'A'.repeat(5460)}`,
  }));

test('ATTACH-1 a file is what its bytes say', () => {
  const { ceiling: photo, signedPage: scan, receipt: paper } = sampleFiles;
  expect([photo, scan, paper].map(({ content }) => sniffFileType(bytesOf(content)))).toEqual([
    'image/jpeg',
    'image/png',
    'application/pdf',
  ]);
  const pdf = Buffer.from(paper.content, 'base64').toString('latin1');
  const strange = [
    '',
    'MZ\x90\x00 photo.jpg',
    '<html>%PDF-1.4',
    pdf.replace('%PDF-1.4', '%PS-2.0'),
    pdf.slice(0, -40),
    'GIF89a%%EOF startxref',
    '\xff\xd8',
  ];
  expect(strange.map((text) => sniffFileType(Buffer.from(text, 'latin1')))).toEqual(
    strange.map(() => undefined),
  );
  expect(sniffFileType(textOf('photo.jpg'))).toBeUndefined();
});

test('ATTACH-2 names are one line, without a path, with the ending of what they are', () => {
  const names = [
    'C:\\用户\\照片.JPG',
    '../../etc/passwd',
    'a\u202egpj.exe',
    '  厨房\n天花板  .jpeg',
    '.png',
    `${'长'.repeat(100)}.png`,
    '照片😀.png',
  ];
  expect(names.map((name) => tidyFileName(name, 'image/png', '照片'))).toEqual([
    '照片.png',
    'passwd.png',
    'a gpj.exe.png',
    '厨房 天花板.png',
    '照片.png',
    `${'长'.repeat(76)}.png`,
    '照片😀.png',
  ]);
  expect(tidyFileName('收条.pdf.pdf', 'application/pdf', '扫描件')).toBe('收条.pdf.pdf');
  const untidy = ['a/b.png', ' a.png', 'a\u0000.png', 'a\u202e.png', '', '长'.repeat(81)];
  expect(untidy.map((name) => codes([{ ...ceiling, name }]))).toEqual(
    untidy.map(() => ['value.0.name malformed']),
  );
});

test('ATTACH-3 hashes, key, type and size are checked', () => {
  expect(codes([ceiling, signedPage, receipt])).toEqual([]);
  expect(codes([ceiling], { accept: ['application/pdf'] })).toEqual(['value.0.type fileType']);
  expect(codes([{ ...ceiling, type: 'image/svg+xml' }])).toEqual(['value.0.type fileType']);
  expect(codes([{ ...ceiling, size: 21 * 1024 * 1024 }])).toEqual(['value.0.size fileTooLarge']);
  expect(codes([{ ...ceiling, size: 0, id: 'short', file: '../x', key: '' }])).toEqual([
    'value.0.id malformed',
    'value.0.size malformed',
    'value.0.file malformed',
    'value.0.key malformed',
  ]);
});

test('ATTACH-4 small pictures stay small, and so does an operation', () => {
  expect(codes([{ ...ceiling, thumbnail: 'PHN2Zz48c2NyaXB0Pg==' }])).toEqual(['value.0.thumbnail malformed']);
  expect(codes([{ ...ceiling, thumbnail: `/9j/${'A'.repeat(5464)}` }])).toEqual([
    'value.0.thumbnail malformed',
  ]);
  const story = tellStory();
  story.asks(zhouMin, create());
  const full = story.writes(zhouMin, change({ photos: many(MOST_AT_ONCE) }));
  expect(JSON.stringify(full).length).toBeLessThan(128 * 1024);
  const [first, ...others] = many(MOST_AT_ONCE + 1);
  const crowded = story.writes(zhouMin, change({ photos: [first], papers: others }));
  expect(story.judges({ ...crowded, add: { photos: [first], papers: others.slice(1) } }).ok).toBe(true);
  expect(story.judges(crowded)).toEqual({
    ok: false,
    error: { code: 'schema', problems: [{ code: 'tooMany', field: 'papers', details: { max: 20 } }] },
  });
});

test('ATTACH-5 a set by content', () => {
  expect(codes([ceiling, { ...ceiling, name: '又一张.jpg' }])).toEqual(['value sameTwice']);
  const story = tellStory();
  story.asks(zhouMin, create());
  const mine = story.writes(zhouMin, change({ photos: [ceiling] }));
  const hers = story.writes(chenGuodong, change({ photos: [signedPage] }));
  const again = story.writes(chenGuodong, change({ photos: [{ ...ceiling, name: '同一张.jpg' }] }));
  for (const operation of [mine, hers, again]) story.judges(operation);
  expect(story.record().values['photos']).toEqual([signedPage, { ...ceiling, name: '同一张.jpg' }]);
});

test('ATTACH-6 what leaves goes without its picture', () => {
  const story = tellStory();
  story.asks(zhouMin, create({ papers: [ceiling, receipt] }));
  const { remove, add } = story.writes(zhouMin, change({ papers: [receipt] }));
  expect({ remove, add }).toEqual({ remove: { papers: [bareCeiling] }, add: undefined });
  expect(showValue(attachments(LABEL), remove?.['papers'], 'zh')).toBe('天花板水渍.jpg');
});

test('ATTACH-7 lengths in steps, a tag for each piece', () => {
  const sizes = [1, 16 * 1024, 16 * 1024 + 1, PIECE, PIECE + 1];
  expect(sizes.map((size) => [paddedSize(size), piecesOf(size), sealedSize(size)])).toEqual([
    [16_384, 1, 16_384 + TAG],
    [16_384, 1, 16_384 + TAG],
    [32_768, 1, 32_768 + TAG],
    [PIECE, 1, PIECE + TAG],
    [PIECE + 16_384, 2, PIECE + 16_384 + 2 * TAG],
  ]);
});

test('ATTACH-8 found in any entity', () => {
  const story = tellStory();
  const operation = story.writes(zhouMin, create({ photos: [ceiling], papers: [receipt] }));
  story.judges(operation);
  expect(attachmentsAdded(errand, operation)).toEqual([ceiling, receipt]);
  expect(attachmentsOf(errand, story.record().values)).toEqual([ceiling, receipt]);
  expect(attachmentsAdded(errand, { add: { photos: [null, {}, 'x'], helpers: [ceiling] } })).toEqual([]);
  const named = searchWordsOf(errand, { papers: [receipt], photos: [ceiling] });
  expect(named).toEqual([{ kind: 'text', text: '收条.pdf', field: 'papers' }]);
});
