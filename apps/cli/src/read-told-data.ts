import { renderReport, type SeriesSet } from '@nt/data';
import { readData } from './options/data-options.ts';
import { remediesAsFlags } from './options/remedies-as-flags.ts';
import type { Terminal } from './output/terminal.ts';
import type { TrainJob } from './train-job.ts';

/** Reads a job's data and tells what was done with the rows. */
export async function readToldData(
  { source, reading }: Pick<TrainJob, 'source' | 'reading'>,
  terminal: Terminal,
): Promise<SeriesSet> {
  const set = await readData(source, reading);
  for (const line of renderReport(set.report)) terminal.line(remediesAsFlags(line));
  return set;
}
