import { DataError, type SeriesSet, type TableReading } from '@nt/data';
import { isPiped } from '@nt/data/node';
import { ForecastError, type Predictor } from '@nt/forecast';
import { loadModelFolder } from '@nt/forecast/node';
import type { Backend, BackendDescription, Tensor } from '@nt/tensor';
import { engineOf } from '../create-engine.ts';
import { hasFiniteFiles } from '../finite-weights.ts';
import { type DataOptions, readData } from '../options/data-options.ts';
import { type EngineFlags, engineAsked } from '../options/engine-flags.ts';
import { readerFlagsOf } from '../options/reader-flags.ts';
import { stderrTerminal } from '../output/terminal.ts';
import { trainedOn } from '../run-file.ts';
import { UsageError } from '../usage-error.ts';

/** Flags of the commands that use a model. */
export interface ModelFlags extends Partial<DataOptions>, EngineFlags {
  readonly model: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** Of the CPU engine; default its own choice. */
  readonly threads?: number | undefined;
}

/** A model and the file that it is used on. */
export interface ModelInUse {
  readonly forecaster: Predictor;
  readonly set: SeriesSet;
  /** The file that the set was read from. */
  readonly source: string;
  /** Reads another file as this one. */
  readonly read: (path: string, more?: TableReading) => Promise<SeriesSet>;
  readonly describeEngine: () => Promise<BackendDescription>;
}

/** A model, and what is known of the files that it is used on. */
export interface OpenModel {
  readonly forecaster: Predictor;
  readonly backend: Backend<Tensor>;
  /** The file to use it on, unless nobody has said which. */
  readonly source: string | undefined;
  /** How the file of its training was read. */
  readonly reading: TableReading;
}

/** Loads a model and hands it to `use`. Frees everything afterwards. */
export async function openModel<Result>(
  flags: ModelFlags,
  use: (model: OpenModel) => Promise<Result>,
): Promise<Result> {
  const asked = { backend: engineAsked(flags), threads: flags.threads };
  const backend = await engineOf(asked, {}, stderrTerminal(flags.quiet === true));
  let forecaster: Predictor | undefined;
  try {
    forecaster = await loadModelFolder(backend, flags.model);
    if (!(await hasFiniteFiles(flags.model))) throw explodedModel(flags.model);
    const trained = await trainedOn(flags.model);
    const reading = { ...forecaster.trainedOn?.reading, ...trained.reading };
    return await use({ forecaster, backend, source: flags.data ?? trained.source, reading });
  } finally {
    forecaster?.dispose();
    await backend.dispose();
  }
}

/**
 * Loads a model and the file it is to be used on (default: the one it was trained on), read as for its training unless
 * flags say otherwise, and hands both to `use`. Frees everything afterwards.
 */
export const useModel = (flags: ModelFlags, use: (model: ModelInUse) => Promise<void>): Promise<void> =>
  openModel(flags, async (model) => use(await readFor(model, flags)));

/** Reads the file that a model is to be used on. */
export async function readFor(
  { forecaster, backend, source, reading }: OpenModel,
  flags: ModelFlags,
): Promise<ModelInUse> {
  const read = (data: string, more: TableReading = {}): Promise<SeriesSet> =>
    readData(data, { ...readerFlagsOf(flags), ...more }, reading);
  const set = await readMain(flags, source, read);
  return { forecaster, set, source: source!, read, describeEngine: () => backend.describe() };
}

async function readMain(
  flags: ModelFlags,
  data: string | undefined,
  read: (path: string) => Promise<SeriesSet>,
): Promise<SeriesSet> {
  if (data === undefined) throw new UsageError('Which file? Give it with -d FILE.');
  if (flags.data === undefined && isPiped(data))
    throw new UsageError(
      'The model was trained on data that were piped in; name a file with -d FILE, or pipe them in again: -d -',
    );
  try {
    return await read(data);
  } catch (error) {
    const isGone = flags.data === undefined && DataError.isInstance(error) && error.code === 'data/missing-file';
    throw isGone
      ? new UsageError(`${error.message} The model was trained on this file; name the one to use with -d FILE.`)
      : error;
  }
}

/** For a model whose training failed. */
export function explodedModel(folder: string): ForecastError {
  return new ForecastError(
    'forecast/model-file',
    `The weights of the model in '${folder}' are NaN or infinite: its training failed. Train again, with a smaller --lr or with --clip.`,
    { folder },
  );
}
