/** One thing a user may import, and how much of it may arrive in a page. */
export interface Ceiling {
  readonly what: string;
  /** code of the page; each `@nt/…` is read from sources */
  readonly code: string;
  /** modules that the user has anyway */
  readonly external?: readonly string[];
  /** words that must not appear in the bundle */
  readonly mustNotContain?: readonly string[];
  /** every ceiling that was ever set, in bytes after gzip, with its reason; the last one holds */
  readonly story: readonly [
    { readonly bytes: number; readonly why: string },
    ...{ readonly bytes: number; readonly why: string }[],
  ];
}

const tfjs = ['@tensorflow/tfjs-core'];

/** Raising a ceiling is a line in its story: the next reader must see what the bytes were spent on. */
export const bundleCeilings: readonly Ceiling[] = [
  {
    what: 'all of @nt/schedulers',
    code: "export * from '@nt/schedulers';",
    story: [
      { bytes: 1500, why: 'the plan: schedules are small functions' },
      { bytes: 2300, why: '15 schedules and the plateau observer; each names the option that it does not know' },
      {
        bytes: 1500,
        why: 'the plan again: the two with nine options each, one cycle and plateau, are entries of their own',
      },
      { bytes: 1560, why: 'an object with a schedule in it is refused with the member to pass' },
    ],
  },
  {
    what: 'cosine of @nt/schedulers',
    code: "export { cosine } from '@nt/schedulers';",
    story: [
      { bytes: 900, why: 'one schedule does not bring the others; half of it is the check of its options' },
      { bytes: 800, why: 'the check is shorter' },
    ],
  },
  {
    what: 'adamw of @nt/optim',
    code: "export { adamw } from '@nt/optim';",
    mustNotContain: ['tensorflow', 'tfjs'],
    story: [{ bytes: 2000, why: 'the plan; the prototype was 700' }],
  },
  {
    what: 'all of @nt/optim/tfjs',
    code: "export * from '@nt/optim/tfjs';",
    external: tfjs,
    story: [
      { bytes: 2500, why: 'the plan; the prototype was 1300' },
      {
        bytes: 15500,
        why: 'the driver with accumulation, snapshots and checks is 8000; the rest is the whole tfjs binding of @nt/tensor, of which an optimizer needs a part',
      },
      { bytes: 12700, why: 'only the part of the binding that an optimizer needs' },
      { bytes: 12900, why: 'the update of all weights is one kernel call, not one for each weight' },
      {
        bytes: 14600,
        why: 'parameters that join later, rates that are set on the optimizer, and hyperparameters that a resume compares',
      },
      { bytes: 15300, why: 'the device part of an update goes through a door that can record it' },
      { bytes: 15500, why: 'state is read one array at a time, so that it is never all in memory' },
      {
        bytes: 15600,
        why: 'an update of all parameters does not ask which ones take part: a fifth less time around it',
      },
    ],
  },
  {
    what: 'ridge of @nt/linear',
    code: "export { ridge } from '@nt/linear';",
    mustNotContain: ['tensorflow', 'tfjs'],
    story: [{ bytes: 9000, why: 'the compiled kernels are 5000 of it, as base64' }],
  },
  {
    what: 'all of @nt/linear',
    code: "export * from '@nt/linear';",
    mustNotContain: ['tensorflow', 'tfjs'],
    story: [
      { bytes: 25000, why: 'half of it are the scalers of @nt/data' },
      { bytes: 27500, why: 'a ridge as a network for engines: createLinear, with weights and checks of @nt/layers' },
      { bytes: 28200, why: 'what is no set of series is refused by name in @nt/data; scales of series in plain loops' },
    ],
  },
  {
    what: 'all of @nt/linear/onnx',
    code: "export * from '@nt/linear/onnx';",
    mustNotContain: ['tensorflow', 'tfjs'],
    story: [{ bytes: 7100, why: 'the writer of @nt/layers is 4600 of it' }],
  },
  {
    what: 'all of @nt/layers',
    code: "export * from '@nt/layers';",
    mustNotContain: ['tensorflow', 'tfjs'],
    story: [
      { bytes: 3200, why: 'weights, linear layers, checks' },
      { bytes: 5600, why: 'scaling of windows and of distributions, which two networks want' },
      { bytes: 5700, why: 'weights are drawn and read a few at a time' },
      { bytes: 5800, why: 'a layer that no memory can hold is refused by name' },
      { bytes: 5900, why: 'outputs that nobody reads are not computed' },
    ],
  },
  {
    what: 'all of @nt/layers/onnx',
    code: "export * from '@nt/layers/onnx';",
    mustNotContain: ['tensorflow', 'tfjs'],
    story: [{ bytes: 4800, why: 'a writer of protobuf, and a node for each operation of networks' }],
  },
  {
    what: 'all of @nt/nbeats',
    code: "export * from '@nt/nbeats';",
    mustNotContain: ['tensorflow', 'tfjs'],
    story: [
      { bytes: 6200, why: 'half of it is @nt/layers' },
      { bytes: 8600, why: 'scaling of windows and of distributions' },
      { bytes: 8800, why: 'a layer that no memory can hold, and options of other kinds, are refused by name' },
      { bytes: 8950, why: 'the last block computes no backcast' },
    ],
  },
  {
    what: 'all of @nt/nhits',
    code: "export * from '@nt/nhits';",
    mustNotContain: ['tensorflow', 'tfjs'],
    story: [
      { bytes: 9100, why: 'a third of it is @nt/layers; window normalisation and scales of distributions are 2500' },
      { bytes: 9250, why: 'weights are read a few at a time; a block gives its memory to the next in a forecast' },
    ],
  },
  {
    what: 'all of @nt/forecast/neuralforecast',
    code: "export * from '@nt/forecast/neuralforecast';",
    mustNotContain: ['tensorflow', 'tfjs'],
    story: [
      { bytes: 51500, why: 'a whole fitted forecaster: predicting, evaluating, reading tables' },
      { bytes: 52000, why: 'distributions in the scale of each window' },
      {
        bytes: 56900,
        why: 'N-BEATS beside N-HiTS; distributions that keep their digits; values of every option are checked before anything is trained; what a forecast is the sum of',
      },
      { bytes: 57300, why: 'windows that know where their targets end' },
      { bytes: 57900, why: 'an error that names what is damaged in a folder of neuralforecast' },
      { bytes: 58000, why: 'rows added to many series without looking through all for each' },
      { bytes: 58600, why: 'batches that lie near a core, without copies; calendars by arithmetic' },
      { bytes: 59000, why: 'wrong use from plain JavaScript, and of a disposed forecaster, is told with a code' },
      { bytes: 59200, why: 'the last block of a network computes no backcast' },
    ],
  },
  {
    what: 'all of @nt/report',
    code: "export * from '@nt/report';",
    mustNotContain: ['tensorflow', 'tfjs', 'node:'],
    story: [{ bytes: 39500, why: 'half of it are scales and paths of d3; times as the file writes them, of @nt/data' }],
  },
  {
    what: 'all of @nt/report/words',
    code: "export * from '@nt/report/words';",
    mustNotContain: ['d3', 'tensorflow'],
    story: [{ bytes: 1000, why: 'numbers and a sentence, which the command says without a picture' }],
  },
  {
    what: 'all of @nt/safetensors',
    code: "export * from '@nt/safetensors';",
    story: [
      { bytes: 4000, why: 'reader, writer and every check of a hostile file' },
      {
        bytes: 5300,
        why: 'read from bytes with limits, so that a hostile header costs no gigabytes; messages that are cut; arguments checked',
      },
    ],
  },
];
