import { formatTime, type SeriesSet } from '@nt/data';
import type { Forecast } from '@nt/forecast';

/** The forecast as CSV: `unique_id,ds,<target>`, neuralforecast's long format; the id column only for several series. */
export function forecastCsv(forecast: Forecast, set: SeriesSet): string {
  const withId = set.ids.length > 1;
  const header = [...(withId ? ['unique_id'] : []), 'ds', quoted(set.target)].join(',');
  const rows = forecast.series.flatMap(({ id, times, values }) =>
    times.map((time, step) =>
      [...(withId ? [quoted(id)] : []), formatTime(time, set.frequency), digits(values[step]!)].join(','),
    ),
  );
  return `${[header, ...rows].join('\n')}\n`;
}

/** Nine significant digits: all that a float32 network knows, without noise. */
const digits = (value: number): string => String(Number(value.toPrecision(9)));

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
