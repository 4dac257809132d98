import type { Tensor } from '@nt/tensor';
import type { TrainBatch } from '../options/train-options.ts';
import type { NoticeCode } from '../train-event.ts';
import type { HistoryRow } from '../train-result.ts';
import type { Run } from './run.ts';

/** Writes one row into the history and to every logger. */
export async function record<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
  kind: HistoryRow['kind'],
  values: Readonly<Record<string, number>>,
): Promise<void> {
  const { update, epoch } = run.counters;
  run.history.push({ kind, update, epoch, values });
  await run.loggers.log(values, { update, epoch });
}

/** Queues a notice for the consumer. */
export function notify<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
  code: NoticeCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): void {
  run.notices.push({ type: 'notice', code, message, details });
}
