import { zoneOf } from './local-time.ts';

/** UTC offsets of rows as they were written: run k begins at row `rows[k]` and has `minutes[k]` minutes east. */
export interface OffsetRuns {
  readonly rows: readonly number[];
  readonly minutes: readonly number[];
}

/** Zones of many people first: of zones with the same clock changes the first is taken. */
const usualZones = [
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'Europe/Athens',
  'Europe/Lisbon',
  'Australia/Sydney',
  'Australia/Adelaide',
  'Pacific/Auckland',
  'America/Halifax',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Santiago',
];
const mostSamples = 400;

/** The zone whose offsets those of some instants are; undefined when none has them all. */
export function findZone(time: Float64Array, runs: OffsetRuns): string | undefined {
  const samples = sampleRuns(time, runs);
  const fits = (name: string) => {
    const { offsetAt } = zoneOf(name);
    return samples.every(([instant, minutes]) => offsetAt(instant) === minutes * 60_000);
  };
  return usualZones.find(fits) ?? Intl.supportedValuesOf('timeZone').find(fits);
}

/** First and last row of each run: between them the offset stays. */
function sampleRuns(time: Float64Array, { rows, minutes }: OffsetRuns): [instant: number, minutes: number][] {
  const stride = Math.max(1, Math.ceil((rows.length * 2) / mostSamples));
  const samples: [number, number][] = [];
  for (let run = 0; run < rows.length; run += stride) {
    samples.push([time[rows[run]!]!, minutes[run]!]);
    samples.push([time[(rows[run + 1] ?? time.length) - 1]!, minutes[run]!]);
  }
  return samples;
}

/** Takes note of the offsets of rows, one after another. */
export class OffsetLog {
  readonly rows: number[] = [];
  readonly minutes: number[] = [];
  private last = Number.NaN;

  add(row: number, minutes: number): void {
    if (minutes === this.last) return;
    this.last = minutes;
    // A row that is rejected behind its time is read again under the same number.
    if (this.rows.at(-1) === row) this.minutes[this.minutes.length - 1] = minutes;
    else {
      this.rows.push(row);
      this.minutes.push(minutes);
    }
  }
}
