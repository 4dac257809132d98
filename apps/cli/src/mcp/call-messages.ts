import type { PlainError } from '@nt/forecast/worker';
import type { JobProgress } from '../jobs/job-messages.ts';

/** What a running call of an agent tells the server that has started it. Its result goes to stdout, as always. */
export type CallMessage =
  | {
      readonly type: 'progress';
      /** Which of several trainings: `fold 2`; absent where there is one. */
      readonly part?: string;
      readonly progress: JobProgress;
    }
  | { readonly type: 'script'; readonly script: string }
  | { readonly type: 'error'; readonly isUsage: boolean; readonly error: PlainError };

/** What the server tells a call: finish the update, keep a checkpoint, end. */
export interface StopMessage {
  readonly type: 'stop';
}
