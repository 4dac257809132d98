import type { Plot } from '../plot/plot.ts';
import type { ReportSeries } from '../report.ts';

/** History and fan of a series; the forecast begins at the last known point, so that the eye follows. */
export function plotOfForecast(
  { history, ahead, intervals }: ReportSeries,
  { title, target, x, xTitle }: { readonly title: string; readonly target: string } & Pick<Plot, 'x' | 'xTitle'>,
): Plot {
  const [lastTime, lastValue] = [history.at.at(-1), history.values.at(-1)];
  const joined = lastTime !== undefined && lastValue !== undefined;
  const at = joined ? [lastTime, ...ahead.at] : ahead.at;
  const from = (values: readonly number[]): readonly number[] => (joined ? [lastValue, ...values] : values);
  return {
    title,
    description: `${history.at.length} known time steps of ${target}, then ${ahead.at.length} forecast ones${intervals.length === 0 ? '' : ` with ${intervals.map(({ level }) => `${level} %`).join(' and ')} intervals`}.`,
    x,
    xTitle,
    lines: [
      { name: target, at: history.at, values: history.values, role: 'known' },
      { name: 'forecast', at, values: from(ahead.values), role: 'forecast' },
    ],
    bands: intervals.map(({ level, lower, upper }) => ({
      name: `${level} % interval`,
      at,
      lower: from(lower),
      upper: from(upper),
    })),
  };
}
