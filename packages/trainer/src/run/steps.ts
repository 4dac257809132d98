import type { CaptureReport, CaptureSite, Tensor } from '@nt/tensor';
import type { Settings } from '../options/resolve-options.ts';
import type { TrainBatch } from '../options/train-options.ts';
import { RepeatedStep } from './repeated-step.ts';

/** How often the parts of a run were repeated from recordings, and why not. */
export interface CaptureReports {
  /** Loss and gradients of micro-batches. */
  readonly gradients: CaptureReport;
  /** Updates of weights. */
  readonly updates: CaptureReport;
  /** Loss and metrics of validation batches. */
  readonly validation: CaptureReport;
}

/** The parts of a run that an engine may record and repeat. */
export interface Steps<T extends Tensor> {
  readonly training: RepeatedStep<T>;
  readonly validation: RepeatedStep<T>;
  /** The optimizer's; undefined when nothing is recorded. */
  readonly updates: CaptureSite<T> | undefined;
  report(): CaptureReports | null;
  dispose(): void;
}

/** Records where the options allow it and the engine can. */
export function createSteps<T extends Tensor, B extends TrainBatch, I>({ options, seed }: Settings<T, B, I>): Steps<T> {
  const { backend, capture = false } = options;
  const site = (): CaptureSite<T> | undefined => (capture === 'auto' ? backend.captureSite?.() : undefined);
  const training = new RepeatedStep(backend.ops, site(), seed);
  const validation = new RepeatedStep(backend.ops, site(), seed);
  const updates = site();
  return {
    training,
    validation,
    updates,
    report: () => {
      const [gradients, validated] = [training.report(), validation.report()];
      if (!gradients || !updates || !validated) return null;
      return { gradients, updates: updates.report(), validation: validated };
    },
    dispose: () => {
      for (const step of [training, validation, updates]) step?.dispose();
    },
  };
}
