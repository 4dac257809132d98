import { ForecastError, type JobRunner } from '@nt/forecast';

/**
 * Runs shards in the lanes of a runner, in their order. A shard whose process was lost does not stop the others; any other
 * error ends all.
 *
 * @throws the first error; in the end, the one of a lost shard
 */
export async function runShards<Result>(
  count: number,
  { atOnce, run }: JobRunner<number, Result>,
  onDone: (shard: number, result: Result) => void,
): Promise<void> {
  let next = 0;
  let failure: { readonly error: unknown } | undefined;
  const lost: ForecastError[] = [];
  const inLane = async (lane: number): Promise<void> => {
    while (next < count && !failure) {
      const shard = next++;
      try {
        onDone(shard, await run(shard, lane));
      } catch (error) {
        if (ForecastError.isInstance(error) && error.code === 'forecast/job-lost') lost.push(error);
        else failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, (_, lane) => inLane(lane)));
  if (failure) throw failure.error;
  if (lost.length === 1) throw lost[0]!;
  if (lost.length === 0) return;
  const jobs = lost.map(({ details }) => details['job']);
  const message = `${lost.length} shards failed (${lost[0]!.message.replace(/\.? Run it again\.$/, '')}; and others). Run them again.`;
  throw new ForecastError('forecast/job-lost', message, { jobs });
}
