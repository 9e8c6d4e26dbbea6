import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAddress, printAddress } from './address.ts';

const partsOf = (raw: string) => {
  const { raw: _raw, ...parts } = parseAddress(raw);
  return parts;
};

test('ADDRESS-1 the parts of a Shanghai address', () => {
  expect(partsOf('大木桥路600弄55号')).toEqual({ road: '大木桥路', lane: '600', no: '55' });
  expect(partsOf('上海市徐汇区斜土路街道江南新村居委会大木桥路６００弄3支弄55号302室')).toEqual({
    road: '大木桥路',
    lane: '600',
    branch: '3',
    no: '55',
    room: '302',
  });
  expect(partsOf('闵行区七宝镇七莘路3333弄万科城市花园2期12号601室')).toEqual({
    road: '七莘路',
    lane: '3333',
    estate: '万科城市花园2期',
    no: '12',
    room: '601',
  });
  expect(partsOf('永嘉路300弄12号三层阁')).toEqual({ road: '永嘉路', lane: '300', no: '12', room: '三层阁' });
  expect(partsOf('东安新村12号乙302室')).toEqual({ estate: '东安新村', no: '12', room: '乙302' });
  expect(partsOf('瑞金二路街道瑞金二路12-1号')).toEqual({ road: '瑞金二路', no: '12-1' });
  expect(partsOf('镇宁路12弄3幢4楼')).toEqual({ road: '镇宁路', lane: '12', no: '3幢', room: '4楼' });
  expect(partsOf('徐汇区大木桥路600弄55号')).toEqual({ road: '大木桥路', lane: '600', no: '55' });
  expect(partsOf('新街口路12号')).toEqual({ road: '新街口路', no: '12' });
});

test('ADDRESS-2 nothing is refused, the text stays as it was given', () => {
  expect(parseAddress('  桥洞下面 ')).toEqual({ raw: '桥洞下面' });
  expect(printAddress(parseAddress('镇宁路12弄3幢4楼'))).toBe('镇宁路12弄3幢4楼');
  expect(printAddress({ raw: '桥洞下面' })).toBe('桥洞下面');
  const long = `${'长'.repeat(80)}路1号`;
  expect(parseAddress(long)).toEqual({ raw: long });
  fc.assert(
    fc.property(fc.string(), (raw) => {
      expect(parseAddress(raw).raw).toBe(raw.trim());
    }),
  );
});

test('ADDRESS-3 what was printed reads the same', () => {
  const digits = fc.integer({ min: 1, max: 9999 }).map(String);
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const addresses = fc.record({
    raw: fc.constant('x'),
    road: fc.constantFrom('大木桥路', '淮海中路', '世纪大道', '中山南二路', '方斜街'),
    lane: maybe(digits),
    branch: maybe(digits),
    estate: maybe(fc.constantFrom('东安新村', '春申小区')),
    no: digits,
    room: maybe(fc.oneof(digits, fc.constantFrom('亭子间', '底楼', '前楼', '12A'))),
  });
  fc.assert(
    fc.property(addresses, (address) => {
      const printed = printAddress(address);
      const given = Object.fromEntries(Object.entries(address).filter(([, part]) => part !== undefined));
      expect({ ...parseAddress(printed), raw: 'x' }).toEqual(given);
      expect(printAddress(parseAddress(printed))).toBe(printed);
    }),
  );
});
