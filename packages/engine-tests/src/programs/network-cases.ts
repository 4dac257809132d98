import type { NbeatsOptions } from '@nt/nbeats';
import type { NhitsOptions } from '@nt/nhits';

/** A network that every engine has to run. */
export type NetworkCase = {
  readonly name: string;
  /** Windows; 3 when left out. */
  readonly batch?: number;
} & (
  | { readonly network: 'nhits'; readonly options: NhitsOptions }
  | { readonly network: 'nbeats'; readonly options: NbeatsOptions }
);

/** Small and alike: WebGPU compiles a shader for each operation and shape. */
const size = { inputSize: 8, horizon: 4, hiddenSize: 8 } as const;

/** Many windows for few inputs, and enough units, that the first two layers of each block are run as one. */
const many = {
  batch: 300,
  network: 'nhits',
  options: { ...size, hiddenSize: 128, windowNormalization: 'robust' },
} as const;

/** Among them they use every operation of networks: pools, sorting, medians, arcsinh, softplus, functions of time. */
export const networkCases: readonly NetworkCase[] = [
  { name: 'nhits', network: 'nhits', options: { ...size, nPoolKernelSize: [3, 2, 1] } },
  {
    name: 'nhits invariant, covariates, PReLU, linear skip, recomputed',
    network: 'nhits',
    options: {
      ...size,
      historic: 2,
      future: 1,
      static: 2,
      windowNormalization: 'invariant',
      activation: 'prelu',
      linearSkip: { trained: true },
      recompute: true,
      poolingMode: 'AvgPool1d',
      interpolationMode: 'cubic',
    },
  },
  {
    name: 'nhits minmax, counts',
    network: 'nhits',
    options: { ...size, windowNormalization: 'minmax', scaleDecouple: 'negativeBinomial', outputs: 2 },
  },
  {
    name: 'nhits revin, Student t',
    network: 'nhits',
    options: { ...size, windowNormalization: 'revin', scaleDecouple: 'studentT', outputs: 3, activation: 'selu' },
  },
  { name: 'nhits, many windows', ...many },
  { name: 'nhits, many windows, recomputed', ...many, options: { ...many.options, recompute: true } },
  {
    name: 'nbeats',
    network: 'nbeats',
    options: { ...size, sharedWeights: true, nBlocks: [2, 1, 2], outputs: 2, activation: 'softplus' },
  },
];
