import type { Tensor } from '@nt/tensor';
import { guarded } from '../guarded.ts';
import type { TrainBatch } from '../options/train-options.ts';
import { TrainerError } from '../trainer-error.ts';
import { gradientsOf } from './gradients-of.ts';
import { notify } from './record.ts';
import type { Run } from './run.ts';
import { afterPolicy } from './update-policy.ts';
import { weightOf } from './weight-of.ts';

/** What came of one update. */
export interface UpdateOutcome {
  /** False when a policy left it out. */
  readonly applied: boolean;
  readonly epochEnds: boolean;
  /** Windows of its micro-batches. */
  readonly size: number;
  /** Hyperparameters that it used. */
  readonly hyperparameters: Readonly<Record<string, number>>;
}

interface GroupMember<T extends Tensor> {
  /** Not yet added to the mean; undefined where it has been. */
  readonly loss: T | undefined;
  readonly weight: number;
  readonly size: number;
  readonly origin: string;
}

/**
 * One update: micro-batches until the optimizer has enough of them, or the epoch ends. The loss stays on the device;
 * one scalar is read when a NaN policy or loss scaling must know whether the update was applied.
 */
export async function runUpdate<T extends Tensor, B extends TrainBatch, I>(run: Run<T, B, I>): Promise<UpdateOutcome> {
  const { counters, optimizer } = run;
  const hyperparameters = guarded('trainer/optimizer', 'read hyperparameters', () => optimizer.hyperparameters());
  const scale = counters.lossScale?.scale ?? 1;
  const group: GroupMember<T>[] = [];
  try {
    const epochEnds = await takeMicroBatches(run, scale, group);
    const watched = isWatched(run);
    const applied = watched ? await optimizer.settle() : true;
    if (watched) applyPolicy(run, applied, group);
    if (applied) addLosses(run, scale, group);
    counters.update = optimizer.completedUpdates;
    run.isDirty = true;
    return { applied, epochEnds, size: group.reduce((total, { size }) => total + size, 0), hyperparameters };
  } finally {
    for (const { loss } of group) loss?.dispose();
  }
}

function addLosses<T extends Tensor, B extends TrainBatch, I>(
  { loss: mean }: Run<T, B, I>,
  scale: number,
  group: readonly GroupMember<T>[],
): void {
  for (const { loss, weight } of group) {
    if (!loss) continue;
    mean.count(weight, scale);
    mean.add(loss);
  }
}

/** Fills `group` until the optimizer has made an update. @returns whether the epoch ends with it */
async function takeMicroBatches<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
  scale: number,
  group: GroupMember<T>[],
): Promise<boolean> {
  const { counters, profiler, settings } = run;
  if (counters.batchInEpoch === 0) run.feed.beginEpoch();
  for (;;) {
    const batch = await profiler.measure('data', () => run.feed.next());
    const updated = await takeMicroBatch(run, batch, scale, group);
    const epochEnds = counters.batchInEpoch >= settings.batchesPerEpoch;
    if (updated || (epochEnds && (await profiler.measure('optimizer', () => flush(run))))) return epochEnds;
  }
}

const flush = <T extends Tensor, B extends TrainBatch, I>({ optimizer, counters }: Run<T, B, I>): boolean =>
  guarded('trainer/optimizer', `apply update ${counters.update + 1}`, () => optimizer.flush());

const isWatched = <T extends Tensor, B extends TrainBatch, I>({ settings, counters }: Run<T, B, I>): boolean =>
  settings.options.nanPolicy !== undefined || counters.lossScale !== null;

async function takeMicroBatch<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
  batch: B,
  scale: number,
  group: GroupMember<T>[],
): Promise<boolean> {
  const { counters, optimizer, profiler, settings } = run;
  const weight = weightOf(settings, batch);
  const { loss, gate, gradients, dispose } = await profiler.measure('forwardBackward', () =>
    gradientsOf(run, { batch, weight, lossScale: scale, isWatched: isWatched(run) }),
  );
  try {
    group.push({ loss, weight, size: batch.size, origin: originOf(run, batch) });
    return await profiler.measure('optimizer', () =>
      guarded('trainer/optimizer', `apply update ${counters.update + 1}`, () =>
        optimizer.apply(gradients, { gradientScale: 1 / scale, ...(gate && { gate }) }),
      ),
    );
  } finally {
    dispose();
    counters.batchInEpoch += 1;
    counters.microBatches += 1;
    counters.windows += batch.size;
  }
}

/** A description may be costly, so it is made only where a message could need it. */
function originOf<T extends Tensor, B extends TrainBatch, I>(run: Run<T, B, I>, batch: B): string {
  if (!isWatched(run)) return '';
  const { describeBatch } = run.settings.options;
  const { batchInEpoch, epoch } = run.counters;
  const where = `batch ${batchInEpoch} of epoch ${epoch} (${batch.size} windows)`;
  if (!describeBatch) return where;
  return `${where}: ${guarded('trainer/data', `describe ${where}`, () => describeBatch(batch))}`;
}

function applyPolicy<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
  applied: boolean,
  group: readonly GroupMember<T>[],
): void {
  const { counters, settings } = run;
  const { nanPolicy = 'stop', lossScaling = {} } = settings.options;
  const before = counters.lossScale?.scale;
  const tolerated = Math.max(settings.updatesPerEpoch, 10);
  const { state, outcome } = afterPolicy(counters, applied, { nanPolicy, lossScaling, tolerated });
  const { lossScale, skippedUpdates, skippedInARow } = state;
  Object.assign(counters, { lossScale, skippedUpdates, skippedInARow });
  if (outcome === 'applied') return;
  const origins = group.map(({ origin }) => origin);
  const what = `Loss or gradients of update ${counters.update + 1} are not finite, in ${origins.join('; ')}`;
  const details = { origins, update: counters.update };
  if (outcome === 'error') throw nonFinite(what, skippedInARow, details);
  if (outcome === 'scale-lowered') {
    const after = lossScale?.scale;
    const message = `${what}: left out, loss scale ${before} → ${after}.`;
    notify(run, 'loss-scale-changed', message, { origins, before, after });
    return;
  }
  run.sawNonFinite = outcome === 'stop';
  const consequence = run.sawNonFinite
    ? 'the run stops; weights are those before it'
    : 'left out, weights are as before';
  notify(run, 'update-skipped', `${what}: ${consequence}.`, details);
}

function nonFinite(what: string, inARow: number, details: Readonly<Record<string, unknown>>): TrainerError {
  const many = inARow > 1 ? ` ${inARow} updates in a row were left out.` : '';
  return new TrainerError(
    'trainer/non-finite',
    `${what}.${many} Look at that data; else lower the learning rate, clip gradients, or choose nanPolicy 'skip' or 'stop'.`,
    details,
  );
}
