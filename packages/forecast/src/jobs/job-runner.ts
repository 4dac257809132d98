import { checkUsable } from '../check-arguments.ts';
import { ForecastError } from '../forecast-error.ts';
import { badOption } from '../options/option.ts';

/**
 * Where the jobs of a backtest or a search are run: in other processes, workers, machines. A job says in JSON which part of
 * the work it is, and its result has the same bits wherever it comes from: results are joined in the order of the jobs,
 * never in that of their completion.
 */
export interface JobRunner<Job, Result> {
  /** Jobs that run at the same time, each in a lane of its own. */
  readonly atOnce: number;
  /**
   * Runs a job. Jobs of one lane come one after the other, so that whoever serves it may keep a trained model for the next.
   * An error ends everything; only `jobLost` fails this job alone, and the others are run nevertheless.
   *
   * @param lane from 0
   */
  run(job: Job, lane: number): Promise<Result>;
}

/**
 * What a runner rejects with when whoever ran a job is gone (killed, out of memory): nothing is wrong with the job, and it
 * can be run again.
 *
 * @param job for people: `fold 2`
 * @param why `its process was ended by SIGKILL`
 */
export function jobLost(job: string, why: string): ForecastError {
  return new ForecastError('forecast/job-lost', `${job} failed: ${why}. Run it again.`, { job, why });
}

/** @throws ForecastError `forecast/option` */
export function checkRunner(runner: JobRunner<never, unknown> | undefined): void {
  checkUsable('runner', runner, 'a runner of jobs, with atOnce and run', ['run']);
  if (runner && !(Number.isSafeInteger(runner.atOnce) && runner.atOnce >= 1))
    throw badOption('runner: atOnce', 'an integer >= 1', runner.atOnce);
}
