import { ForecastError } from '../forecast-error.ts';

/** Work that is done in several lanes at the same time. */
export interface Lanes<Work> {
  readonly atOnce: number;
  /** What is to be begun next; null while nothing can be begun. Asked again whenever a lane has become free. */
  next(): Work | null;
  /** @param lane from 0; of one lane never two at once */
  run(work: Work, lane: number): Promise<void>;
}

/**
 * Runs work until nothing is running and nothing can be begun. An error ends it at once; work that was lost with its process
 * does not stop the rest.
 *
 * @throws the first error; ForecastError `forecast/job-lost` in the end, naming everything that was lost
 */
export async function runInLanes<Work>({ atOnce, next, run }: Lanes<Work>): Promise<void> {
  const running = new Map<number, Promise<void>>();
  const lost: ForecastError[] = [];
  const lossOnly = (error: unknown): void => {
    if (!ForecastError.isInstance(error) || error.code !== 'forecast/job-lost') throw error;
    lost.push(error);
  };
  for (;;) {
    for (let lane = 0; lane < atOnce; lane++) {
      if (running.has(lane)) continue;
      const work = next();
      if (work === null) break;
      const end = run(work, lane).catch(lossOnly);
      running.set(
        lane,
        end.finally(() => running.delete(lane)),
      );
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  if (lost.length > 0) throw allLost(lost);
}

function allLost(lost: readonly ForecastError[]): ForecastError {
  if (lost.length === 1) return lost[0]!;
  const told = lost.map(({ details }) => `${details['job']}: ${details['why']}`).sort();
  const jobs = lost.map(({ details }) => details['job']);
  return new ForecastError('forecast/job-lost', `${lost.length} jobs failed (${told.join('; ')}). Run them again.`, {
    jobs,
  });
}
