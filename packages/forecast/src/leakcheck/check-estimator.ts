import type { Json } from '@nt/tensor';
import type { Estimator } from '../backtest/estimator.ts';
import type { WindowForecasts } from '../predict/window-forecasts.ts';
import type { Predictor } from '../predictor.ts';
import type { OtherFuture } from './changed-futures.ts';
import { checkWindows, namesOf, originsOf } from './check-windows.ts';
import { differencesBetween, forecastsAt, placesBefore } from './compare-forecasts.ts';
import { failed, type LeakCheck, type LeakDifference, passed } from './leak-report.ts';

/** What came of one training. */
interface Trained {
  readonly forecasts: WindowForecasts & { readonly levels: readonly number[] };
  readonly inside: Readonly<Record<string, Json>>;
}

/** Trains again with every other future; what it learnt and what it forecasts before the cut must be the same. */
export async function checkEstimator(
  estimator: Estimator,
  own: OtherFuture,
  others: readonly OtherFuture[],
  signal?: AbortSignal,
): Promise<LeakCheck[]> {
  const { horizon } = estimator;
  const { set, split } = own;
  const places = placesBefore(set, split.test.starts, originsOf(horizon));
  const train = async (
    future: OtherFuture,
    also: (predictor: Predictor) => Promise<unknown> = async () => {},
  ): Promise<Trained> => {
    const predictor = await estimator.fit({ set: future.set, split: future.split, from: null, signal });
    try {
      await also(predictor);
      const inside = (await estimator.inspect?.(predictor)) ?? {};
      return { inside, forecasts: await forecastsAt(predictor, future.set, places) };
    } finally {
      predictor.dispose();
    }
  };
  let windows: LeakCheck | undefined;
  const before = await train(own, async (predictor) => {
    windows = await checkWindows(predictor, own, others);
  });
  const changes = new Map<string, string[]>(Object.keys(before.inside).map((name) => [name, []]));
  const differences: LeakDifference[] = [];
  const failures: string[] = [];
  for (const other of others) {
    signal?.throwIfAborted();
    let after: Trained;
    try {
      after = await train(other);
    } catch (error) {
      signal?.throwIfAborted();
      failures.push(`with the future ${other.name} it cannot be trained: ${(error as Error).message}`);
      continue;
    }
    for (const [name, value] of Object.entries(before.inside)) {
      if (JSON.stringify(value) !== JSON.stringify(after.inside[name])) changes.get(name)!.push(other.name);
    }
    const about = { set, places, horizon, future: other.name };
    for (const one of differencesBetween(before.forecasts, after.forecasts, about)) differences.push(one);
  }
  const checks = [
    ...Array.from(changes, ([name, futures]) => partCheck(name, futures, others)),
    forecastCheck(differences, failures, places.length, horizon, others),
    windows!,
  ];
  if (checks.every((check) => check.passed)) return checks;
  const again = await train(own);
  const about = { set, places, horizon, future: 'as it is' };
  const apart = differencesBetween(before.forecasts, again.forecasts, about);
  if (apart.length === 0) return checks;
  const detail =
    'the same data give other forecasts the second time, so that differences prove nothing; fix the seed first';
  return [...checks, failed('reproducible', detail, apart)];
}

function partCheck(name: string, futures: readonly string[], others: readonly OtherFuture[]): LeakCheck {
  if (futures.length === 0) return passed(name, `the same with ${namesOf(others)} futures`);
  return failed(name, `another when later values are ${futures.join(', ')}`);
}

function forecastCheck(
  differences: readonly LeakDifference[],
  failures: readonly string[],
  count: number,
  horizon: number,
  others: readonly OtherFuture[],
): LeakCheck {
  if (differences.length === 0 && failures.length === 0) {
    return passed(
      'forecasts',
      `trained again, ${count} forecasts of ${horizon} steps are the same with ${namesOf(others)} futures`,
    );
  }
  const futures = [...new Set(differences.map(({ future }) => future))].join(', ');
  const wrong = `training has seen what comes: forecasts before it are others when later values are ${futures}`;
  return failed('forecasts', [...failures, ...(differences.length > 0 ? [wrong] : [])].join('; '), differences);
}
