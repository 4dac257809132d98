import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { Batch } from '../batches/batch.ts';
import { badOption, checkKeys, checkWhole } from '../check-options.ts';
import { gaussian } from '../random/gaussian.ts';
import { type Augmentation, readWindow, type WindowShape, writeWindow } from './augmentation.ts';
import { resample } from './resample.ts';
import { smoothCurve } from './smooth-curve.ts';

/** Strength as the standard deviation of a random factor or noise; `probability` per window, default 1. */
export interface AugmentationOptions {
  readonly sigma: number;
  readonly probability?: number;
}

/** Adds normal noise of standard deviation `sigma` (in scaled units) to available inputs; targets stay. Um et al. 2017. */
export function jitter(options: AugmentationOptions): Augmentation {
  const probability = checkSigma('jitter', options, []);
  return perWindow('jitter', false, probability, (batch, { inputSize }, slot, random) => {
    for (let k = slot * inputSize; k < (slot + 1) * inputSize; k++) {
      batch.input[k] = batch.input[k]! + options.sigma * gaussian(random) * batch.inputMask[k]!;
    }
  });
}

/** Multiplies a window, inputs and targets alike, by one factor of N(1, `sigma`). Um et al. 2017. */
export function scaling(options: AugmentationOptions): Augmentation {
  const probability = checkSigma('scaling', options, []);
  return perWindow('scaling', false, probability, (batch, shape, slot, random) => {
    const factor = 1 + options.sigma * gaussian(random);
    const { values, mask } = readWindow(batch, shape, slot);
    writeWindow(
      batch,
      shape,
      slot,
      values.map((value) => value * factor),
      mask,
    );
  });
}

/** Multiplies a window by a smooth curve through `knots` (default 4) factors of N(1, `sigma`). Um et al. 2017. */
export function magnitudeWarp(options: AugmentationOptions & { readonly knots?: number }): Augmentation {
  const probability = checkSigma('magnitudeWarp', options, ['knots']);
  const { knots = 4 } = options;
  checkWhole('magnitudeWarp', 'knots', knots, 1);
  return perWindow('magnitudeWarp', false, probability, (batch, shape, slot, random) => {
    const curve = smoothCurve(shape.inputSize + shape.horizon, knots, options.sigma, random);
    const { values, mask } = readWindow(batch, shape, slot);
    writeWindow(
      batch,
      shape,
      slot,
      values.map((value, step) => value * curve[step]!),
      mask,
    );
  });
}

/** Lets time run faster and slower along a window by a smooth random speed; its ends stay. Um et al. 2017. */
export function timeWarp(options: AugmentationOptions & { readonly knots?: number }): Augmentation {
  const probability = checkSigma('timeWarp', options, ['knots']);
  const { knots = 4 } = options;
  checkWhole('timeWarp', 'knots', knots, 1);
  return perWindow('timeWarp', true, probability, (batch, shape, slot, random) => {
    const length = shape.inputSize + shape.horizon;
    // A speed near or below zero would let time stand still or run back.
    const speeds = smoothCurve(length - 1, knots, options.sigma, random).map((speed) => Math.max(speed, 0.1));
    const total = speeds.reduce((sum, speed) => sum + speed, 0);
    const places = new Float64Array(length);
    for (let step = 1; step < length; step++)
      places[step] = places[step - 1]! + (speeds[step - 1]! * (length - 1)) / total;
    const { values, mask } = readWindow(batch, shape, slot);
    const moved = resample(values, mask, places);
    writeWindow(batch, shape, slot, moved.values, moved.mask);
  });
}

/** Stretches a random slice of `share` (default 0.9) of a window to its full length. Le Guennec et al. 2016. */
export function windowSlice(options: { readonly share?: number; readonly probability?: number } = {}): Augmentation {
  checkKeys('windowSlice', options, ['share', 'probability']);
  const { share = 0.9, probability = 1 } = options;
  if (typeof share !== 'number' || !(share > 0 && share < 1))
    throw badOption('windowSlice', 'share', 'in (0, 1)', share);
  checkProbability('windowSlice', probability);
  return perWindow('windowSlice', true, probability, (batch, shape, slot, random) => {
    const length = shape.inputSize + shape.horizon;
    // At least one step shorter, so that the option has an effect on short windows too.
    const width = Math.max(2, Math.min(length - 1, Math.round(length * share)));
    const start = uniformInt(random, 0, length - width);
    const places = Float64Array.from({ length }, (_, step) => start + (step * (width - 1)) / (length - 1));
    const { values, mask } = readWindow(batch, shape, slot);
    const moved = resample(values, mask, places);
    writeWindow(batch, shape, slot, moved.values, moved.mask);
  });
}

/**
 * Mixes each window with another of its batch: λ·a + (1 − λ)·b, λ uniform in [1 − `strength` / 2, 1] (default strength
 * 0.5); covariates are mixed alike, a step is available when it is in both. After Zhang et al. 2018, with a uniform λ
 * in place of their beta distribution.
 */
export function mixup(options: { readonly strength?: number; readonly probability?: number } = {}): Augmentation {
  checkKeys('mixup', options, ['strength', 'probability']);
  const { strength = 0.5, probability = 1 } = options;
  if (typeof strength !== 'number' || !(strength > 0 && strength <= 1))
    throw badOption('mixup', 'strength', 'in (0, 1]', strength);
  checkProbability('mixup', probability);
  return {
    name: 'mixup',
    movesTime: false,
    apply: (batch, _shape, random) => {
      const original = copyArrays(batch);
      for (let slot = 0; slot < batch.size; slot++) {
        if (uniformFloat64(random) >= probability) continue;
        const other = uniformInt(random, 0, batch.size - 1);
        const lambda = 1 - (strength / 2) * uniformFloat64(random);
        mixSlot(batch, original, slot, other, lambda);
      }
    },
  };
}

type MixedArrays = Pick<Batch, 'input' | 'inputMask' | 'target' | 'targetMask' | 'historic' | 'future' | 'static'>;
const mixedKeys = ['input', 'target', 'historic', 'future', 'static'] as const;

function copyArrays(batch: Batch): MixedArrays {
  const copies = Object.fromEntries(
    ([...mixedKeys, 'inputMask', 'targetMask'] as const).flatMap((key) =>
      batch[key] ? [[key, batch[key].slice()]] : [],
    ),
  );
  return copies as unknown as MixedArrays;
}

function mixSlot(batch: Batch, original: MixedArrays, slot: number, other: number, lambda: number): void {
  for (const key of mixedKeys) {
    const [out, source] = [batch[key], original[key]];
    if (!out || !source) continue;
    const width = out.length / batch.size;
    const mask = key === 'input' ? batch.inputMask : key === 'target' ? batch.targetMask : undefined;
    const sourceMask = key === 'input' ? original.inputMask : original.targetMask;
    for (let k = 0; k < width; k++) {
      const at = slot * width + k;
      out[at] = lambda * source[at]! + (1 - lambda) * source[other * width + k]!;
      if (!mask) continue;
      mask[at] = sourceMask[at]! * sourceMask[other * width + k]!;
      if (mask[at] === 0) out[at] = 0;
    }
  }
}

function perWindow(
  name: string,
  movesTime: boolean,
  probability: number,
  change: (batch: Batch, shape: WindowShape, slot: number, random: RandomGenerator) => void,
): Augmentation {
  return {
    name,
    movesTime,
    apply: (batch, shape, random) => {
      for (let slot = 0; slot < batch.size; slot++) {
        if (probability === 1 || uniformFloat64(random) < probability) change(batch, shape, slot, random);
      }
    },
  };
}

function checkSigma(owner: string, options: AugmentationOptions, more: readonly string[]): number {
  checkKeys(owner, options, ['sigma', 'probability', ...more]);
  if (!Number.isFinite(options.sigma) || options.sigma <= 0)
    throw badOption(owner, 'sigma', 'a positive number', options.sigma);
  const { probability = 1 } = options;
  checkProbability(owner, probability);
  return probability;
}

function checkProbability(owner: string, probability: number): void {
  if (typeof probability !== 'number' || !(probability > 0 && probability <= 1))
    throw badOption(owner, 'probability', 'in (0, 1]', probability);
}
