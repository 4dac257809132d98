import { attentionPrograms } from './attention.ts';
import { convolutionalPrograms } from './convolutional.ts';
import { lossPrograms } from './losses.ts';
import { pipelinePrograms } from './pipelines.ts';
import type { TfjsProgram } from './program.ts';
import { recurrentPrograms } from './recurrent.ts';
import { smallPrograms } from './small.ts';

/** Programs as tfjs users write them, for tests and benchmarks. */
export const tfjsPrograms: readonly TfjsProgram[] = [
  ...smallPrograms,
  ...recurrentPrograms,
  ...attentionPrograms,
  ...convolutionalPrograms,
  ...lossPrograms,
  ...pipelinePrograms,
];
