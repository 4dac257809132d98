import { plotOfForecast } from '../gather/plot-of-forecast.ts';
import { figure } from '../markup/figure.ts';
import { html, type Markup } from '../markup/html.ts';
import type { Report, ReportSeries } from '../report.ts';
import { short, whole } from '../words/numbers.ts';
import { type Section, timeAxis, timeText } from './section.ts';

/** History and fan of each series that is drawn. */
export function forecastSection(report: Report): Section | null {
  const { forecast } = report;
  if (forecast === undefined || forecast.series.length === 0) return null;
  const { series, seriesForecast, horizon } = forecast;
  const rest = seriesForecast - series.length;
  return {
    id: 'forecast',
    title: 'Forecast',
    body: html`<p>The next ${whole(horizon)} time steps${report.target !== undefined && html` of <b>${report.target}</b>`}, ${seriesForecast === 1 ? 'one series' : `${whole(seriesForecast)} series`}.</p>
${series.map((one, i) => fan(report, one, i, seriesForecast > 1))}
${rest > 0 && html`<p class="rest">${whole(rest)} more series are forecast and not drawn here.</p>`}`,
  };
}

function fan(report: Report, one: ReportSeries, index: number, isNamed: boolean): Markup {
  const target = report.target ?? 'value';
  const title = isNamed ? `${target} of ${one.id}` : target;
  const { ahead, history, intervals } = one;
  const past = history.at.length;
  const rows = ahead.at.map((time, step) => [
    timeText(report, time),
    short(ahead.values[step]),
    ...intervals.flatMap(({ lower, upper }) => [short(lower[step]), short(upper[step])]),
  ]);
  const known = history.at
    .map((time, step) => [timeText(report, time), short(history.values[step]), ...intervals.flatMap(() => ['', ''])])
    .slice(-listed);
  return figure({
    id: `forecast-${index}`,
    plot: plotOfForecast(one, { title, target, ...timeAxis(report) }),
    numbers: {
      caption: `${title}: the last known values, then the forecast`,
      columns: ['time', target, ...intervals.flatMap(({ level }) => [`${level} % from`, `${level} % to`])],
      rows: [...known, ...rows],
      most: listed + rows.length,
      isMarked: (row) => row >= known.length,
      leftOut: { count: past - known.length, what: 'earlier time steps of the picture are not listed' },
    },
  });
}

/** Known values that are listed. */
const listed = 30;
