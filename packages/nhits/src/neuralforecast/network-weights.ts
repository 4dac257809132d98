import { linearShapes, rowsInOrder, type SavedModel, scalerArrays, takeArray } from '@nt/layers/neuralforecast';
import type { NamedArray, NamedArrays } from '@nt/tensor';
import { planBlocks } from '../block-plan.ts';
import type { NhitsConfig } from '../nhits-options.ts';

/**
 * The file's arrays under this network's names: layers numbered without dropout (which has a place in PyTorch's
 * `Sequential`), quantiles in ascending order, and without what belongs to the loss.
 */
export function networkWeights(saved: SavedModel, config: NhitsConfig): NamedArrays {
  const { quantileOrder } = saved.loss;
  const renamed = new Map<string, NamedArray>(scalerArrays(saved));
  for (const { layers, slopes, knots } of planBlocks(config)) {
    for (const [name, shape] of linearShapes(layers))
      renamed.set(name, takeArray(saved, nameInFile(name, config), shape));
    for (const name of slopes) renamed.set(name, takeArray(saved, nameInFile(name, config), [1]));
    if (!quantileOrder) continue;
    const rows = rowsOf(config.inputSize, knots, quantileOrder);
    for (const kind of ['weight', 'bias']) {
      const name = `${layers.at(-1)!.name}.${kind}`;
      renamed.set(name, rowsInOrder(renamed.get(name)!, rows));
    }
  }
  return Object.fromEntries(renamed);
}

/** A weight's name in the file. */
export function nameInFile(name: string, config: Pick<NhitsConfig, 'dropoutProbTheta'>): string {
  const [, place, kind] = /^(.*)\.(\w+)$/.exec(name)!;
  return `${placeInFile(place!, config)}.${kind}`;
}

/** With dropout, every activation after the first two linears is followed by one more place: 0 1 2 _ 3 4 _ 5. */
function placeInFile(name: string, { dropoutProbTheta }: Pick<NhitsConfig, 'dropoutProbTheta'>): string {
  if (dropoutProbTheta === 0) return name;
  return name.replace(/\d+$/, (digits) => {
    const place = Number(digits);
    return String(place <= 2 ? place : place + Math.floor((place - 1) / 2));
  });
}

/** The backcast's rows as they are, then `knots` for each quantile, in ascending order. */
const rowsOf = (backcast: number, knots: number, quantileOrder: readonly number[]): number[] => [
  ...Array.from({ length: backcast }, (_, i) => i),
  ...quantileOrder.flatMap((quantile) => Array.from({ length: knots }, (_, k) => backcast + quantile * knots + k)),
];
