import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectJob, jobOf, openQueue, workOnJobs } from '@nt/jobs';

const folder = await mkdtemp(join(tmpdir(), 'queue-')); // or redis://…, postgres://…
const queue = await openQueue(folder);

// The client: submits jobs that say all of themselves, and waits for their results.
const results = Promise.all([3, 4].map((side) => collectJob(queue, jobOf('square', { side }), { attempts: 3 })));

// A worker, mostly another process: takes what there is until 100 ms long there was nothing.
await workOnJobs(queue, {
  worker: 'laptop',
  atOnce: 2,
  idle: 100,
  signal: AbortSignal.timeout(10_000),
  isFinal: () => false,
  run: async ({ payload }) => (payload as { side: number }).side ** 2,
});
console.log(await results);
await queue.close();
await rm(folder, { recursive: true });
//> [ 9, 16 ]
