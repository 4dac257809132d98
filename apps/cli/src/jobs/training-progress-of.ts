import type { TrainEvent } from '@nt/trainer';
import type { JobProgress } from './job-messages.ts';

/** Small networks make thousands of updates in a second; nobody reads so fast. */
const milliseconds = 250;

/** Makes of the events of a training what is told of the job that it is part of, a few times a second. */
export function trainingProgressOf(
  tell: (progress: JobProgress) => void,
): (event: TrainEvent, member?: string) => void {
  let state: JobProgress = { update: 0, maxUpdates: null, loss: null, validation: null };
  let toldAt = Number.NEGATIVE_INFINITY;
  return (event, member) => {
    if (event.type === 'run-start') {
      const { update, maxUpdates } = event;
      state = { update, maxUpdates, loss: null, validation: null, ...(member !== undefined && { member }) };
      toldAt = Number.NEGATIVE_INFINITY;
    } else if (event.type === 'update-end') {
      state = { ...state, update: event.update, ...(event.loss !== null && { loss: event.loss }) };
    } else if (event.type === 'validation-end' && !event.sanity) {
      state = { ...state, validation: event.metrics['validationLoss'] ?? null };
    } else return;
    if (performance.now() - toldAt < milliseconds) return;
    toldAt = performance.now();
    tell(state);
  };
}
