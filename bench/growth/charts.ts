/** Charts as SVG, drawn by ECharts without a browser; both axes are logarithmic, so that what grows with the data is a line of one slope. */
import type { Unit } from '../report.ts';
import type { Series } from './series.ts';

const WIDTH = 960;
const HEIGHT = 560;
/** Where the names of the lines begin. */
const NAMES = 680;
/** Lines are told apart without colour as well. */
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'] as const;
const DASHES = ['solid', 'dashed', 'dotted'] as const;
const COLOURS = [
  '#1f4e9c',
  '#b3541e',
  '#20734a',
  '#8a2d6b',
  '#5b5f66',
  '#a8860b',
  '#0f7c8c',
  '#b3261e',
] as const;
const TITLES: Readonly<Partial<Record<Unit, string>>> = {
  ms: 'milliseconds',
  MB: 'megabytes',
  perSecond: 'a second',
};

/** @returns by the file's name without its ending */
export async function growthCharts(
  bySize: readonly Series[],
  byConnections: readonly Series[],
): Promise<Readonly<Record<string, string>>> {
  const { init } = await import('echarts');
  const drawn: Record<string, string> = {};
  const draw = (name: string, along: string, unit: Unit, series: readonly Series[]): void => {
    const some = series.filter(({ name: of, points }) => points.length > 1 && !of.endsWith('.median'));
    if (some.length === 0) return;
    const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
    chart.setOption({
      animation: false,
      backgroundColor: '#fff',
      color: [...COLOURS],
      grid: { left: 72, right: WIDTH - NAMES + 24, top: 48, bottom: 56 },
      legend: { orient: 'vertical', left: NAMES, top: 48, align: 'left', itemWidth: 34 },
      xAxis: { type: 'log', name: along, nameLocation: 'middle', nameGap: 32, ...rangeOf(some) },
      yAxis: { type: 'log', name: TITLES[unit] ?? unit },
      series: [
        ...some.map(({ name: of, points }, at) => ({
          type: 'line' as const,
          name: of.replace(`${name}.`, ''),
          data: points.map((one) => [...one]),
          ...{ symbol: SYMBOLS[at % SYMBOLS.length] ?? 'circle', symbolSize: 8 },
          lineStyle: { type: DASHES[Math.floor(at / COLOURS.length) % DASHES.length] ?? 'solid' },
        })),
        {
          type: 'line' as const,
          name: `as fast as the ${along}`,
          ...slope(some),
          symbol: 'none',
          color: '#9aa0a6',
        },
      ],
    });
    drawn[name] = chart.renderToSVGString();
    chart.dispose();
  };
  const of = (part: string, unit: Unit): readonly Series[] =>
    bySize.filter((one) => one.name.startsWith(part) && one.unit === unit);
  for (const part of ['store', 'search', 'sync']) draw(part, 'records', 'ms', of(`${part}.`, 'ms'));
  draw(
    'memory',
    'records',
    'MB',
    bySize.filter(({ unit }) => unit === 'MB'),
  );
  draw('server', 'connections', 'perSecond', byConnections);
  return drawn;
}

/** It ends at the highest value: a line is judged by its slope beside this one, not by where it lies. */
function slope(series: readonly Series[]): {
  readonly data: readonly (readonly [number, number])[];
  readonly lineStyle: { readonly type: 'dashed' };
} {
  const { min, max } = rangeOf(series);
  const values = series
    .flatMap(({ points }) => points.map(([, value]) => value))
    .filter((value) => value > 0);
  const highest = Math.max(...values);
  return {
    data: [
      [min, (highest * min) / max],
      [max, highest],
    ],
    lineStyle: { type: 'dashed' },
  };
}

function rangeOf(series: readonly Series[]): { readonly min: number; readonly max: number } {
  const all = series.flatMap(({ points }) => points.map(([size]) => size));
  return { min: Math.min(...all), max: Math.max(...all) };
}
