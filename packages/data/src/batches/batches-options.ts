import type { Augmentation } from '../augment/augmentation.ts';
import { badOption, checkChoice, checkFlag, checkKeys, checkWhole } from '../check-options.ts';
import type { SeriesSet } from '../series/series-set.ts';
import type { BlockShuffle, SamplingOptions } from './window-order.ts';

/** How windows become batches. */
export interface BatchesOptions {
  /** Windows in a batch. */
  readonly batchSize: number;
  /**
   * A new order in every epoch, which belongs to (seed, epoch); default false. In two levels when blocks are given: the
   * order that data on disk can follow.
   */
  readonly shuffle?: boolean | BlockShuffle;
  /** Draw random windows in place of an epoch of all. */
  readonly sampling?: SamplingOptions;
  /** Whole number; needed with `shuffle`, `sampling` and `augment`. */
  readonly seed?: number;
  /** Leave out a last batch that is not full; default false. */
  readonly dropLast?: boolean;
  /**
   * 0 (default): every batch has new arrays and may be kept. n: n sets of arrays take turns, so that a batch is valid
   * until n more have been asked for; its masks are not to be written to.
   */
  readonly buffers?: number;
  /** Changes to training windows, applied in this order; default none. */
  readonly augment?: readonly Augmentation[];
}

export const batchesOptionKeys: readonly string[] = [
  'batchSize',
  'shuffle',
  'sampling',
  'seed',
  'dropLast',
  'buffers',
  'augment',
];

/** Throws `data/bad-option` for options that do not fit each other or the windows. */
export function checkBatchesOptions(owner: string, options: BatchesOptions, set: SeriesSet, count: number): void {
  checkKeys(owner, options, batchesOptionKeys);
  checkWhole(owner, 'batchSize', options.batchSize, 1);
  checkWhole(owner, 'buffers', options.buffers ?? 0, 0);
  if (options.seed !== undefined) checkWhole(owner, 'seed', options.seed, 0);
  const { shuffle, sampling, augment = [] } = options;
  if (typeof shuffle !== 'object') checkFlag(owner, 'shuffle', shuffle);
  checkFlag(owner, 'dropLast', options.dropLast);
  if (!Array.isArray(augment) || !augment.every((one) => typeof one?.apply === 'function'))
    throw badOption(owner, 'augment', 'a list of augmentations, such as jitter({ sigma: 0.1 })', augment);
  if (typeof shuffle === 'object') checkBlocks(owner, shuffle);
  if (sampling) checkSampling(owner, options, sampling, count);
  const needsSeed = shuffle ? 'shuffle' : sampling ? 'sampling' : augment.length > 0 ? 'augment' : undefined;
  if (needsSeed && options.seed === undefined)
    throw badOption(owner, 'seed', `a whole number with ${needsSeed}`, undefined);
  const windows = sampling?.windowsPerEpoch ?? count;
  if (options.dropLast && windows < options.batchSize) {
    throw badOption(
      owner,
      'dropLast',
      `false, since ${windows} windows do not fill one batch of ${options.batchSize}`,
      true,
    );
  }
  const moving = augment.find((one) => one.movesTime);
  if (moving && (set.historic || set.future)) {
    throw badOption(
      owner,
      'augment',
      `without ${moving.name} when there are covariates, which would not move along`,
      moving.name,
    );
  }
}

function checkBlocks(owner: string, blocks: BlockShuffle): void {
  checkKeys(`${owner} shuffle`, blocks, ['blockSeries', 'poolBlocks']);
  checkWhole(owner, 'shuffle.blockSeries', blocks.blockSeries, 1);
  checkWhole(owner, 'shuffle.poolBlocks', blocks.poolBlocks, 1);
}

function checkSampling(owner: string, options: BatchesOptions, sampling: SamplingOptions, count: number): void {
  checkKeys(`${owner} sampling`, sampling, ['windowsPerEpoch', 'replacement', 'balance']);
  checkWhole(owner, 'sampling.windowsPerEpoch', sampling.windowsPerEpoch, 1);
  checkFlag(owner, 'sampling.replacement', sampling.replacement);
  checkChoice(owner, 'sampling.balance', sampling.balance, ['windows', 'series']);
  if (options.shuffle)
    throw badOption(owner, 'shuffle', 'left out with sampling, which is random already', options.shuffle);
  if (sampling.replacement) return;
  if (sampling.balance === 'series')
    throw badOption(owner, 'sampling.replacement', "true when balance is 'series'", false);
  if (sampling.windowsPerEpoch > count)
    throw badOption(
      owner,
      'sampling.windowsPerEpoch',
      `at most the ${count} windows there are, or replacement true`,
      sampling.windowsPerEpoch,
    );
}
