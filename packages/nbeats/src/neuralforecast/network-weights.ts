import {
  cannotRead,
  linearShapes,
  rowsInOrder,
  type SavedModel,
  scalerArrays,
  takeArray,
} from '@nt/layers/neuralforecast';
import type { NamedArray, NamedArrays } from '@nt/tensor';
import { basesOf } from '../bases-of.ts';
import { type BlockPlan, planBlocks } from '../block-plan.ts';
import type { NbeatsConfig } from '../nbeats-options.ts';

/**
 * The file's arrays, which have the same names here, with quantiles in ascending order.
 *
 * @throws LayersError `layers/neuralforecast`, also for functions of time that are not those of the options
 */
export function networkWeights(saved: SavedModel, config: NbeatsConfig): NamedArrays {
  const { quantileOrder } = saved.loss;
  const taken = new Map<string, NamedArray>(scalerArrays(saved));
  planBlocks(config).forEach((block, index) => {
    // Blocks that share weights have the names of the first, and names of their own.
    const ofBlock = (name: string): string => name.replace(/^blocks\.\d+/, `blocks.${index}`);
    const slopes = block.slopes.map((name): [string, readonly number[]] => [name, [1]]);
    for (const [name, shape] of [...linearShapes(block.layers), ...slopes])
      taken.set(ofBlock(name), takeArray(saved, ofBlock(name), shape));
    checkBases(saved, config, block, index);
    if (!quantileOrder) return;
    const rows = rowsInFile(config, block, quantileOrder);
    for (const kind of ['weight', 'bias']) {
      const name = ofBlock(`${block.layers.at(-1)!.name}.${kind}`);
      taken.set(name, rowsInOrder(taken.get(name)!, rows));
    }
  });
  return Object.fromEntries(taken);
}

/** Which row of the file is each row of a last layer: the backcast, then for each step or function its quantiles, ascending. */
export function rowsInFile(
  { inputSize, horizon, outputs }: NbeatsConfig,
  { functions }: BlockPlan,
  quantileOrder: readonly number[],
): number[] {
  const [backcast, groups] = functions === 0 ? [inputSize, horizon] : [functions, functions];
  return [
    ...Array.from({ length: backcast }, (_, i) => i),
    ...Array.from({ length: groups }, (_, i) => quantileOrder.map((q) => backcast + i * outputs + q)).flat(),
  ];
}

/** float32 in the file; those of the options are float64, up to about 1. */
const closeEnough = 1e-4;

/** An older version's functions of the same name could be others: then its weights mean something else. */
function checkBases(saved: SavedModel, config: NbeatsConfig, block: BlockPlan, index: number): void {
  const bases = basesOf(config, block);
  if (!bases) return;
  for (const kind of ['backcast', 'forecast'] as const) {
    const name = `blocks.${index}.basis.${kind}_basis`;
    const { data } = takeArray(saved, name);
    const isSame =
      data.length === bases[kind].length && bases[kind].every((v, i) => Math.abs(v - data[i]!) < closeEnough);
    if (isSame) continue;
    const which = block.type === 'trend' ? `basis '${config.basis}'` : `n_harmonics ${config.nHarmonics}`;
    throw cannotRead(`its ${name} is not what ${which} gives`, 'train it with neuralforecast 3.3');
  }
}
