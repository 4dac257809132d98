import { type SeriesSet, writeTime } from '@nt/data';
import type { Forecast, SeriesForecast } from '@nt/forecast';
import { plotOfForecast, reportSeries } from '@nt/report';
import { sketch, writePlot } from '../output/pictures.ts';
import type { Terminal } from '../output/terminal.ts';

/** Draws a forecast: a plot where it is asked for, a sketch where a person looks. */
export async function drawForecast(
  flags: { readonly plot?: string | undefined; readonly sketch?: boolean | undefined },
  set: SeriesSet,
  ahead: Forecast,
  drawn: SeriesForecast,
  terminal: Terminal,
): Promise<void> {
  const shown = reportSeries(set, drawn);
  const name = set.ids.length > 1 ? `${set.target} of ${drawn.id}` : set.target;
  const title = `${name}: the next ${ahead.horizon} time steps`;
  const x = set.frequency.unit === 'row' ? 'number' : 'time';
  const about = { title, target: set.target, x } as const;
  if (flags.plot !== undefined) await writePlot(flags.plot, plotOfForecast(shown, about), terminal);
  // A sketch has a column for each time step, or it is not to be read.
  const most = Math.max(terminal.width - 16 - ahead.horizon, 10);
  const history = { at: shown.history.at.slice(-most), values: shown.history.values.slice(-most) };
  const ends = [writeTime(set, history.at[0]!), writeTime(set, shown.ahead.at.at(-1)!)] as const;
  await sketch(terminal, flags, plotOfForecast({ ...shown, history }, about), ends);
}
