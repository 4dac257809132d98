/**
 * Runs the jobs in order, at most `width` at a time.
 *
 * @template Result
 * @param {(() => Promise<Result>)[]} jobs
 * @param {number} width
 * @returns {Promise<Result[]>} in the order of the jobs
 */
export async function runInParallel(jobs, width) {
  /** @type {Result[]} */
  const results = [];
  let next = 0;
  const work = async () => {
    while (next < jobs.length) {
      const index = next++;
      results[index] = await /** @type {() => Promise<Result>} */ (jobs[index])();
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return results;
}
