/** Charts as SVG, drawn by ECharts without a browser; both axes are logarithmic, so that what grows with the data is a line of one slope. */
import type { Unit } from '../report.ts';
import type { Series } from './series.ts';

const WIDTH = 960;
const HEIGHT = 560;
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
    const some = series.filter(({ points }) => points.length > 1);
    if (some.length === 0) return;
    const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
    chart.setOption({
      animation: false,
      backgroundColor: '#fff',
      grid: { left: 72, right: 300, top: 48, bottom: 56 },
      legend: { orient: 'vertical', right: 8, top: 48, width: 280 },
      xAxis: { type: 'log', name: along, nameLocation: 'middle', nameGap: 32, ...rangeOf(some) },
      yAxis: { type: 'log', name: TITLES[unit] ?? unit },
      series: some.map(({ name: of, points }) => ({
        type: 'line',
        name: of,
        data: points.map((one) => [...one]),
      })),
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

function rangeOf(series: readonly Series[]): { readonly min: number; readonly max: number } {
  const all = series.flatMap(({ points }) => points.map(([size]) => size));
  return { min: Math.min(...all), max: Math.max(...all) };
}
