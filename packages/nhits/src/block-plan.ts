import type { BlockLayers, LayerPlan } from '@nt/layers';
import type { NhitsConfig } from './nhits-options.ts';

/** Sizes of one block. */
export interface BlockPlan extends BlockLayers {
  readonly kernelSize: number;
  /** Knots of the forecast before interpolation: max(⌊horizon / downsample⌋, 1). */
  readonly knots: number;
}

/** The blocks of a network in the order in which they run. */
export function planBlocks(config: NhitsConfig): readonly BlockPlan[] {
  const stacks = config.nBlocks.flatMap((count, stack) => new Array<number>(count).fill(stack));
  return stacks.map((stack, index) => planBlock(config, stack, index));
}

function planBlock(config: NhitsConfig, stack: number, index: number): BlockPlan {
  const kernelSize = config.nPoolKernelSize[stack]!;
  const knots = Math.max(Math.floor(config.horizon / config.nFreqDownsample[stack]!), 1);
  const inputs =
    Math.ceil(config.inputSize / kernelSize) * (1 + config.historic) +
    Math.ceil((config.inputSize + config.horizon) / kernelSize) * config.future +
    config.static;
  const widths = layerWidths(config, inputs, config.inputSize + config.outputs * knots);
  const firstActive = config.variant === 'neuralforecast' ? 1 : 0;
  const positions = layerPositions(widths.length, firstActive);
  const layers = widths.map(([from, to], i): LayerPlan => {
    const isBare = i < firstActive || i === widths.length - 1;
    return {
      name: `blocks.${index}.layers.${positions[i]!}`,
      inputs: from,
      outputs: to,
      activation: isBare ? 'linear' : config.activation,
      dropout: !isBare,
    };
  });
  const slopes = layers
    .filter(({ activation }) => activation === 'prelu')
    .map((_, i) => `blocks.${index}.layers.${positions[i + firstActive]! + 1}.weight`);
  return { kernelSize, knots, layers, slopes };
}

/** Inputs and outputs of each linear. */
function layerWidths(
  { variant, hiddenSize, mlpUnits }: NhitsConfig,
  inputs: number,
  theta: number,
): [number, number][] {
  const hidden = Array.from({ length: variant === 'neuralforecast' ? 3 : 1 }, () => [hiddenSize, hiddenSize] as const);
  const pairs = mlpUnits ?? hidden;
  return [
    [inputs, pairs[0]![0]],
    ...pairs.map(([from, to]): [number, number] => [from, to]),
    [pairs.at(-1)![1], theta],
  ];
}

/** Places in PyTorch's `Sequential`, where each activation has one: 0, 1, 3, 5 … and 0, 2, 4 …. */
const layerPositions = (count: number, firstActive: number): number[] =>
  Array.from({ length: count }, (_, i) => (i < firstActive ? i : firstActive + 2 * (i - firstActive)));
