import { createCpuBackend } from '@nt/backend-cpu';
import type { SeriesSet } from '@nt/data';
import type { FittedForecaster } from '@nt/forecast';
import { loadModelFolder } from '@nt/forecast/node';
import { type DataOptions, readData, rolesOf } from '../options/data-options.ts';
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
  use: (forecaster: FittedForecaster, set: SeriesSet) => Promise<void>,
): Promise<void> {
  const backend = await createCpuBackend();
  let forecaster: FittedForecaster | undefined;
  try {
    forecaster = await loadModelFolder(backend, flags.model);
    const trained = await readRunFile(flags.model);
    const roles = trained ? rolesOf(trained) : { target: forecaster.state.data.target };
    const data = flags.data ?? trained?.data;
    if (data === undefined) throw new UsageError('Which file? Give it with -d FILE.');
    await use(forecaster, await readData({ ...roles, ...rolesOf({ data, ...flags } as DataOptions), data }));
  } finally {
    forecaster?.dispose();
    await backend.dispose();
  }
}
