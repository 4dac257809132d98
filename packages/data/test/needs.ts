import { appendFileSync } from 'node:fs';

/** The folder of public series, which are not part of the repository. */
export const publicSeriesFolder: string | undefined = process.env['NT_SHARED_DATA'] || undefined;

const publicSeries = [
  'ETTh1.csv',
  'm4_hourly_dataset.tsf',
  'nordpool_np.csv',
  'AirPassengers.csv',
  'us_births_dataset.tsf',
  'wti-daily.csv',
  'brent-daily.csv',
  'henryhub-daily.csv',
  'vix-daily.csv',
];

/**
 * Whether `NT_SHARED_DATA` names a folder of public series. When not, the tests on them are left out openly: the reason
 * is appended to the file named by `NT_LEFT_OUT`. These are long checks, so `NT_REQUIRE_ALL` does not ask for them.
 */
export function needsPublicSeries(): boolean {
  if (publicSeriesFolder !== undefined) return true;
  const line = `data: public series — set NT_SHARED_DATA to a folder that holds ${publicSeries.join(', ')} (long check)`;
  if (process.env['NT_LEFT_OUT']) appendFileSync(process.env['NT_LEFT_OUT'], `${line}\n`);
  return false;
}
