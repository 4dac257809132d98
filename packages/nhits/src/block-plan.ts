import type { NhitsActivation, NhitsConfig } from './nhits-options.ts';

/** One linear layer of a block. */
export interface LayerPlan {
  /** neuralforecast's parameter name without `.weight` / `.bias`. */
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: NhitsActivation;
  /** Whether dropout follows (it does after each activation). */
  readonly dropout: boolean;
}

/** Sizes of one block. */
export interface BlockPlan {
  readonly kernelSize: number;
  /** Knots of the forecast before interpolation: max(⌊horizon / downsample⌋, 1). */
  readonly knots: number;
  readonly layers: readonly LayerPlan[];
  /** Names of the trained slope of `prelu`, empty for other activations: PyTorch names what layers share once for each. */
  readonly slopes: readonly string[];
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
  const theta = config.inputSize + config.outputs * knots;
  const positions = config.variant === 'neuralforecast' ? [0, 1, 3, 5, 7] : [0, 2, 4];
  const firstActive = config.variant === 'neuralforecast' ? 1 : 0;
  const layers = positions.map((position, i): LayerPlan => {
    const isLast = i === positions.length - 1;
    const isBare = isLast || i < firstActive;
    return {
      name: `blocks.${index}.layers.${position}`,
      inputs: i === 0 ? inputs : config.hiddenSize,
      outputs: isLast ? theta : config.hiddenSize,
      activation: isBare ? 'linear' : config.activation,
      dropout: !isBare,
    };
  });
  const slopes = layers
    .filter(({ activation }) => activation === 'prelu')
    .map((_, i) => `blocks.${index}.layers.${positions[i + firstActive]! + 1}.weight`);
  return { kernelSize, knots, layers, slopes };
}
