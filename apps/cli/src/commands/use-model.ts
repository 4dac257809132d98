import type { SeriesSet } from '@nt/data';
import type { Forecaster } from '@nt/forecast';
import { loadModelFolder } from '@nt/forecast/node';
import { type DataOptions, readData } from '../options/data-options.ts';
import { readerFlagsOf } from '../options/reader-flags.ts';
import { readRunFile } from '../run-file.ts';
import { UsageError } from '../usage-error.ts';

/** Flags of the commands that use a model. */
export interface ModelFlags extends Partial<DataOptions> {
  readonly model: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/**
 * Loads a model and the file it is to be used on (default: the one it was trained on), with the column roles of its
 * training unless flags say otherwise, and hands both to `use`. Frees everything afterwards.
 */
export async function useModel(
  flags: ModelFlags,
  use: (forecaster: Forecaster, set: SeriesSet) => Promise<void>,
): Promise<void> {
  const { createCpuBackend } = await import('@nt/backend-cpu');
  const backend = await createCpuBackend();
  let forecaster: Forecaster | undefined;
  try {
    const loaded = await loadModelFolder(backend, flags.model);
    forecaster = loaded as unknown as Forecaster;
    const trained = await readRunFile(flags.model);
    const roles = trained ? readerFlagsOf(trained) : { target: forecaster.state.data.target };
    const data = flags.data ?? trained?.data;
    if (data === undefined) throw new UsageError('Which file? Give it with -d FILE.');
    await use(forecaster, await readData({ ...roles, ...readerFlagsOf(flags), data }));
  } finally {
    forecaster?.dispose();
    await backend.dispose();
  }
}
