import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pullResponse } from '../../../shared/protocol/messages.ts';
import { recordTextsIn } from './record-texts.ts';

const writer = { by: 'person_1', at: '2026-11-23T01:00:00.000Z', seq: 1, operation: 'operation_1' };
const record = (values: object, more: object = {}) => ({
  ...{ id: 'matter_1', entity: 'matter', version: 1, area: '310104007001', scope: '310104007001/casework' },
  ...{ seq: 1, values, created: writer, writers: {}, ...more },
});
const around = (records: string, behind = ''): string =>
  `{"epoch":"epoch_1","records":[${records}],"removed":[{"scope":"310104007001/casework","id":"matter_9","seq":4}],"cursor":4,"more":false,"remaining":0${behind}}`;
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && new TextDecoder().decode(bytes);
const textsIn = (page: string) => recordTextsIn(bytesOf(page)).map(textOf);

test('every record comes out as it went in, and says what its validated state says', () => {
  const values = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue());
  fc.assert(
    fc.property(fc.array(values, { maxLength: 5 }), (all) => {
      const texts = all.map((one) => JSON.stringify(record(one, { entries: [one], remark: one })));
      const page = around(texts.join());
      const parsed = pullResponse.safeParse(JSON.parse(page));
      const found = textsIn(page);
      expect(found.length).toBe(all.length);
      for (const [index, text] of found.entries()) {
        if (text === undefined) continue;
        expect(text).toBe(texts[index]);
        if (parsed.success) expect(JSON.parse(text)).toEqual(parsed.data.records[index]);
      }
    }),
  );
});

test('what the schema would drop, what is written in escapes and what is more than one line is written out anew', () => {
  const plain = JSON.stringify(record({ subject: '楼上漏水 "说好" \\ {[}' }));
  const dropped = plain.replace('"subject"', '"__proto__":{"x":1},"subject"');
  const validated = pullResponse.parse(JSON.parse(around(dropped))).records[0];
  expect(JSON.stringify(validated)).not.toContain('__proto__');
  const others = [
    dropped,
    plain.replace('"subject"', '"\\u005f_proto__":{"x":1},"subject"'),
    plain.replace('"values"', '\n"values"'),
  ];
  expect(textsIn(around([plain, ...others, plain].join()))).toEqual([
    plain,
    ...others.map(() => undefined),
    plain,
  ]);
});

test('a page that says its records twice, under another spelling or as something else gives none', () => {
  const one = JSON.stringify(record({}));
  expect(textsIn(around(one))).toEqual([one]);
  expect(textsIn(around(''))).toEqual([]);
  for (const page of [
    around(one, `,"records":[${one}]`),
    around(one, `,"rec\\u006frds":[${one}]`),
    around(`${one},7`),
    around(one).replace('"records":[', '"records" : ['),
  ])
    expect(textsIn(page)).toEqual([]);
});
