import type { BlockLayers, LayerPlan } from '@nt/layers';
import type { NbeatsConfig, StackType } from './nbeats-options.ts';
import { harmonicCount } from './seasonality-basis.ts';

/** Sizes of one block. */
export interface BlockPlan extends BlockLayers {
  readonly stack: number;
  readonly type: StackType;
  /** Functions that backcast and forecast are sums of; 0 where they are given step by step. */
  readonly functions: number;
}

/** The blocks of a network in the order in which they run; those that share weights have the layers of the first. */
export function planBlocks(config: NbeatsConfig): readonly BlockPlan[] {
  const stacks = config.nBlocks.flatMap((count, stack) => new Array<number>(count).fill(stack));
  return stacks.map((stack, index) => planBlock(config, stack, config.sharedWeights ? stacks.indexOf(stack) : index));
}

/** For each block that holds weights the blocks that share them, which have other names for them in files. */
export function sharedNames(
  config: NbeatsConfig,
  blocks: readonly BlockPlan[],
): Readonly<Record<string, readonly string[]>> {
  const renamed = (name: string, index: number): string => name.replace(/^blocks\.\d+/, `blocks.${index}`);
  const of = ({ layers, slopes, stack }: BlockPlan, index: number): [string, string[]][] => {
    if (!layers[0]!.name.startsWith(`blocks.${index}.`)) return [];
    const others = blocks.flatMap((block, k) =>
      config.sharedWeights && block.stack === stack && k > index ? [k] : [],
    );
    const linears = layers.flatMap(({ name }) => [`${name}.weight`, `${name}.bias`]);
    const names = (first: string, all: readonly string[]): [string, string[]] => [
      first,
      [...all.slice(1), ...others.flatMap((k) => all.map((name) => renamed(name, k)))],
    ];
    return [...linears.map((name) => names(name, [name])), ...(slopes[0] ? [names(slopes[0], slopes)] : [])];
  };
  return Object.fromEntries(blocks.flatMap(of).filter(([, others]) => others.length > 0));
}

function planBlock(config: NbeatsConfig, stack: number, holder: number): BlockPlan {
  const { inputSize, horizon, outputs, hiddenSize, mlpUnits, activation } = config;
  const type = config.stackTypes[stack]!;
  const functions = functionCount(config, type);
  const theta = functions === 0 ? inputSize + outputs * horizon : functions * (outputs + 1);
  const pairs = mlpUnits ?? new Array<[number, number]>(3).fill([hiddenSize, hiddenSize]);
  const widths = [[inputSize, pairs[0]![0]], ...pairs, [pairs.at(-1)![1], theta]] as const;
  // Places in PyTorch's `Sequential`, where each activation has one: 0, 1, 3, 5 …
  const place = (i: number): number => (i === 0 ? 0 : 2 * i - 1);
  const layers = widths.map(([inputs, width], i): LayerPlan => {
    const isBare = i === 0 || i === widths.length - 1;
    const name = `blocks.${holder}.layers.${place(i)}`;
    return { name, inputs, outputs: width, activation: isBare ? 'linear' : activation, dropout: false };
  });
  const slopes =
    activation === 'prelu' ? pairs.map((_, i) => `blocks.${holder}.layers.${place(i + 1) + 1}.weight`) : [];
  return { stack, type, functions, layers, slopes };
}

function functionCount({ nBasis, nHarmonics, horizon }: NbeatsConfig, type: StackType): number {
  if (type === 'identity') return 0;
  return type === 'trend' ? nBasis + 1 : 2 * harmonicCount(nHarmonics, horizon);
}
