import type { NamedArray, NamedArrays } from '@nt/tensor';
import type { BlockPlan } from '../block-plan.ts';
import type { NhitsConfig } from '../nhits-options.ts';
import { cannotRead } from './refuse.ts';

/**
 * The file's arrays under this network's names: shared ones under each of theirs, layers numbered without dropout (which
 * has a place in PyTorch's `Sequential`), quantiles in ascending order, and without what belongs to the loss.
 */
export function networkWeights(
  arrays: Readonly<Record<string, NamedArray>>,
  shared: Readonly<Record<string, readonly string[]>>,
  blocks: readonly BlockPlan[],
  config: NhitsConfig,
  quantileOrder: readonly number[] | null,
): NamedArrays {
  const copies = Object.entries(shared).flatMap(([kept, others]) => others.map((name) => [name, arrays[kept]!]));
  const saved: Readonly<Record<string, NamedArray>> = { ...arrays, ...Object.fromEntries(copies) };
  const renamed = new Map<string, NamedArray>();
  const take = (from: string, to: string): void => {
    if (!saved[from]) throw cannotRead(`its model has no array '${from}'`, 'copy the folder again');
    renamed.set(to, saved[from]);
  };
  for (const { layers, slopes, knots } of blocks) {
    for (const { name } of layers)
      for (const kind of ['weight', 'bias']) take(`${savedName(name, config)}.${kind}`, `${name}.${kind}`);
    for (const name of slopes) {
      const [place, ending] = [name.replace(/\.weight$/, ''), '.weight'];
      take(`${savedName(place, config)}${ending}`, name);
    }
    const last = layers.at(-1)!.name;
    if (quantileOrder)
      for (const kind of ['weight', 'bias'])
        renamed.set(
          `${last}.${kind}`,
          inOrder(renamed.get(`${last}.${kind}`)!, config.inputSize, knots, quantileOrder),
        );
  }
  for (const name of Object.keys(saved).filter((key) => key.startsWith('scaler.'))) take(name, name);
  return Object.fromEntries(renamed);
}

/** With dropout, every activation after the first two linears is followed by one more place: 0 1 2 _ 3 4 _ 5. */
export function savedName(name: string, { dropoutProbTheta }: Pick<NhitsConfig, 'dropoutProbTheta'>): string {
  if (dropoutProbTheta === 0) return name;
  return name.replace(/\d+$/, (digits) => {
    const place = Number(digits);
    return String(place <= 2 ? place : place + Math.floor((place - 1) / 2));
  });
}

/** Rows of a layer's weight or bias: the backcast's, then `knots` for each quantile. */
function inOrder(array: NamedArray, backcast: number, knots: number, order: readonly number[]): NamedArray {
  const width = array.data.length / array.shape[0]!;
  const data = array.data.slice();
  order.forEach((from, to) => {
    const start = (backcast + from * knots) * width;
    data.set(array.data.subarray(start, start + knots * width), (backcast + to * knots) * width);
  });
  return { ...array, data };
}
