import { type NhitsOptions, windowNormalizations } from '../src/index.ts';
import { nhitsActivations } from '../src/nhits-options.ts';
import type { ExportOnnxOptions } from '../src/onnx/index.ts';

export const size = {
  inputSize: 11,
  horizon: 5,
  hiddenSize: 6,
  nPoolKernelSize: [4, 2, 1],
  nFreqDownsample: [2, 1, 1],
} as const;
const all = { historic: 2, future: 1, static: 2 };

/** A network that becomes a file. */
export interface OnnxCase {
  readonly name: string;
  readonly options?: Partial<NhitsOptions>;
  readonly onnx?: ExportOnnxOptions;
}

/** Every head with every normalisation, every covariate kind with every head and with every normalisation. */
function everyPair(): OnnxCase[] {
  const heads: [string, Partial<NhitsOptions>][] = [
    ['point', {}],
    ['quantiles', { outputs: 3 }],
    ['normal', { scaleDecouple: 'normal', outputs: 2 }],
    ['student', { scaleDecouple: 'studentT', outputs: 3 }],
    ['counts', { scaleDecouple: 'negativeBinomial', outputs: 2 }],
  ];
  const covariates: [string, Partial<NhitsOptions>][] = [
    ['alone', {}],
    ['historic', { historic: 2 }],
    ['future', { future: 2 }],
    ['static', { static: 2 }],
    ['all', all],
  ];
  return heads.flatMap(([head, outputs], h) =>
    windowNormalizations.map((windowNormalization, n) => {
      const [kind, inputs] = covariates[(h + n) % covariates.length]!;
      const name = `${head}_${windowNormalization}_${kind}`;
      return { name, options: { ...outputs, ...inputs, windowNormalization }, onnx: { mask: n % 2 === 0 } };
    }),
  );
}

const scale = (shift: number, by: number) => ({ shift, scale: by });
export const cases: readonly OnnxCase[] = [
  { name: 'default' },
  { name: 'paper', options: { variant: 'paper' } },
  { name: 'blocks', options: { nBlocks: [2, 1, 3], mlpUnits: [[4, 7]] } },
  { name: 'no_past', options: { excludeInsampleY: true, ...all } },
  { name: 'mask', options: { linearSkip: { trained: false } }, onnx: { mask: true } },
  { name: 'dropout', options: { dropoutProbTheta: 0.5, recompute: true } },
  ...nhitsActivations.map((activation) => ({ name: `activation_${activation}`, options: { activation } })),
  ...(['MaxPool1d', 'AvgPool1d'] as const).map((poolingMode) => ({
    name: `pool_${poolingMode}`,
    options: { poolingMode, ...all },
  })),
  ...(['linear', 'nearest', 'cubic'] as const).map((interpolationMode) => ({
    name: `interpolation_${interpolationMode}`,
    options: { interpolationMode },
  })),
  ...(['historic', 'future', 'static'] as const).map((kind) => ({ name: `only_${kind}`, options: { [kind]: 2 } })),
  ...everyPair(),
  {
    name: 'counts_skip',
    options: {
      scaleDecouple: 'negativeBinomial',
      outputs: 2,
      windowNormalization: 'minmax',
      linearSkip: { trained: true },
    },
  },
  { name: 'scaling_inputs', options: all, onnx: { scaling: 'inputs' } },
  {
    name: 'scaling_numbers',
    options: { ...all, outputs: 2 },
    onnx: {
      scaling: {
        target: scale(2, 3),
        historic: [scale(1, 2), scale(-1, 0.5)],
        future: [scale(0.5, 4)],
        static: [scale(0, 2), scale(3, 1)],
      },
    },
  },
];
