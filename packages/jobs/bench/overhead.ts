// npm run bench [-- ADDRESS …]: what a job costs beside its work. Without addresses: a folder, and servers where they are installed.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needsPostgres, needsRedis, startPostgres, startRedis } from '@nt/job-servers';
import { collectJob, jobOf, openQueue, workOnJobs } from '../src/index.ts';

const jobs = 200;

async function measure(address: string): Promise<string> {
  const [client, queue] = [await openQueue(address), await openQueue(address)];
  const stop = new AbortController();
  const payload = (number: number) => ({ number, text: 'x'.repeat(2000) });
  const worker = workOnJobs(queue, {
    ...{ worker: 'bench', atOnce: 1, signal: stop.signal, isFinal: () => true },
    run: async () => 'y'.repeat(2000),
  });
  const collect = async (number: number): Promise<void> => {
    const job = jobOf('nothing', payload(number));
    await collectJob(client, job, { attempts: 1 });
    await client.remove(job.id);
  };
  let start = performance.now();
  for (let number = 0; number < jobs / 10; number++) await collect(number);
  const alone = ((performance.now() - start) / jobs) * 10;
  start = performance.now();
  await Promise.all(Array.from({ length: jobs }, (_, number) => collect(jobs + number)));
  const many = (performance.now() - start) / jobs;
  stop.abort();
  await worker;
  for (const one of [client, queue]) await one.close();
  return `one after the other ${alone.toFixed(1)} ms a job, ${jobs} at the same time ${many.toFixed(1)} ms a job`;
}

const given = process.argv.slice(2);
for (const address of given) console.log(`${address}: ${await measure(address)}`);
if (given.length === 0) {
  console.log(`folder: ${await measure(mkdtempSync(join(tmpdir(), 'nt-bench-')))}`);
  for (const [name, isThere, begin] of [
    ['Redis', needsRedis(), startRedis],
    ['PostgreSQL', needsPostgres(), startPostgres],
  ] as const) {
    if (!isThere) continue;
    const server = await begin();
    console.log(`${name}: ${await measure(server.address)}`);
    await server.stop();
  }
}
process.exit();
