import { csvOptionKeys, DataError, type SeriesSet } from '@nt/data';
import { type FittedForecaster, ForecastError } from '@nt/forecast';
import { loadModelFolder } from '@nt/forecast/node';
import { hasFiniteWeights } from '../finite-weights.ts';
import { type DataOptions, readData } from '../options/data-options.ts';
import { type ReaderFlags, readerFlagsOf } from '../options/reader-flags.ts';
import { readRunFile } from '../run-file.ts';
import { UsageError } from '../usage-error.ts';

/** Flags of the commands that use a model. */
export interface ModelFlags extends Partial<DataOptions> {
  readonly model: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/**
 * Loads a model and the file it is to be used on (default: the one it was trained on), read as for its training unless
 * flags say otherwise, and hands both to `use`. Frees everything afterwards.
 */
export async function useModel(
  flags: ModelFlags,
  use: (forecaster: FittedForecaster, set: SeriesSet) => Promise<void>,
): Promise<void> {
  const { createCpuBackend } = await import('@nt/backend-cpu');
  const backend = await createCpuBackend();
  let forecaster: FittedForecaster | undefined;
  try {
    forecaster = await loadModelFolder(backend, flags.model);
    if (!(await hasFiniteWeights(forecaster))) throw explodedModel(flags.model);
    await use(forecaster, await readFor(forecaster, flags));
  } finally {
    forecaster?.dispose();
    await backend.dispose();
  }
}

async function readFor(forecaster: FittedForecaster, flags: ModelFlags): Promise<SeriesSet> {
  const trained = await readRunFile(flags.model);
  const remembered = trained ? readerFlagsOf(trained) : { target: forecaster.state.data.target };
  const data = flags.data ?? trained?.data;
  if (data === undefined) throw new UsageError('Which file? Give it with -d FILE.');
  try {
    return await readData({ ...(await fitting(remembered, data)), ...readerFlagsOf(flags), data });
  } catch (error) {
    const isGone = flags.data === undefined && DataError.isInstance(error) && error.code === 'data/missing-file';
    throw isGone
      ? new UsageError(`${error.message} The model was trained on this file; name the one to use with -d FILE.`)
      : error;
  }
}

/** What was told about a CSV file means nothing for another format. */
async function fitting(remembered: ReaderFlags, data: string): Promise<ReaderFlags> {
  const { tableFormat } = await import('@nt/data/node');
  const format = tableFormat(data);
  if (format === 'csv' || format === 'tsv') return remembered;
  return Object.fromEntries(Object.entries(remembered).filter(([option]) => !csvOptionKeys.includes(option)));
}

function explodedModel(folder: string): ForecastError {
  return new ForecastError(
    'forecast/model-file',
    `The weights of the model in '${folder}' are NaN or infinite: its training failed. Train again, with a smaller --lr or with --clip.`,
    { folder },
  );
}
