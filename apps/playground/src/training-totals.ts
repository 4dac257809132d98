import type { WorkerTrainEvent } from '@nt/forecast/worker';
import type { HistoryRow } from '@nt/trainer';
import type { CurvePoint } from './charts/loss-chart.ts';

/** The curves of a run: of a blend the updates of its networks are counted on, one network after the other. */
export function withTotals(): {
  /** @returns what it adds to the curves, null for nothing */
  hear(event: WorkerTrainEvent): CurvePoint | null;
  history(): readonly HistoryRow[];
} {
  const rows: HistoryRow[] = [];
  let [before, member, last]: [number, string | null, number] = [0, null, 0];
  return {
    hear(event) {
      const own = event.type === 'training' ? event.event : event;
      if (event.type === 'training' && event.member !== member) {
        if (member !== null) before += last;
        [member, last] = [event.member, 0];
      }
      if (!('update' in own)) return null;
      if (own.type !== 'paused') last = Math.max(last, own.update);
      const update = before + own.update;
      if (own.type === 'validation-end' && !own.sanity) {
        const [loss = Number.NaN] = Object.values(own.metrics);
        rows.push({ kind: 'validation', update, epoch: own.epoch, values: { validationLoss: loss } });
        return { update, member, validation: loss };
      }
      if (own.type !== 'update-end' || own.loss === null) return null;
      const { loss: trainLoss, learningRate, epoch } = own;
      rows.push({
        kind: 'train',
        update,
        epoch,
        values: { trainLoss, ...(learningRate !== null && { learningRate }) },
      });
      return { update, member, training: trainLoss, ...(learningRate !== null && { rate: learningRate }) };
    },
    history: () => rows,
  };
}
