/** docs/growth.md: the tables, the charts, and what grows faster than the data. */
import { FASTER, growthOf, type Series } from './series.ts';

const UNITS = { ms: 'ms', MB: 'MB', perSecond: '/s', percent: '%' } as const;

export function page(
  bySize: readonly Series[],
  byConnections: readonly Series[],
  district: number,
  charts: readonly string[],
): string {
  const faster = bySize.flatMap((one) => {
    const power = growthOf(one);
    return power !== undefined && power > FASTER ? [`${one.name} (${power.toFixed(2)})`] : [];
  });
  return [
    '# What grows with the data',
    '',
    'Written by `npm run bench:growth`, the product’s own figures without peers. The last column is the power of the number of records with which a',
    'figure grows over the last factor of ten: 1 is as fast as the data, 0 not at all.',
    '',
    `**Faster than the data: ${faster.length > 0 ? faster.join(', ') : 'nothing'}.**`,
    '',
    tableOf('', bySize, growthOf),
    ...pictures(charts.filter((name) => name !== 'server')),
    '## The server',
    '',
    `Operations a second through the ledger on PostgreSQL, one operation a push, by connections; a district stands for ${district} records that lie there.`,
    '',
    tableOf('connections', byConnections),
    ...pictures(charts.filter((name) => name === 'server')),
  ].join('\n');
}

const pictures = (names: readonly string[]): readonly string[] =>
  names.map((name) => `![${name}](growth/${name}.svg)\n`);

function tableOf(
  what: string,
  series: readonly Series[],
  last?: (one: Series) => number | undefined,
): string {
  const sizes = [...new Set(series.flatMap(({ points }) => points.map(([size]) => size)))].sort(
    (one, other) => one - other,
  );
  const rows = series.map((one) => [
    `${one.name}, ${UNITS[one.unit]}`,
    ...sizes.map((size) => shown(one.points.find(([at]) => at === size)?.[1])),
    ...(last ? [shown(last(one))] : []),
  ]);
  const head = [
    what,
    ...sizes.map((size) => size.toLocaleString('en').replaceAll(',', ' ')),
    ...(last ? ['power'] : []),
  ];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n') + '\n';
}

const shown = (value: number | undefined): string =>
  value === undefined ? '' : String(Number(value.toPrecision(3)));
