import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectJob, jobOf, openQueue, workOnJobs } from '@nt/jobs';

const folder = await mkdtemp(join(tmpdir(), 'queue-')); // or redis://…, postgres://…
const queue = await openQueue(folder);

// A worker, mostly another process: takes what there is until it is stopped.
const stop = new AbortController();
const worker = workOnJobs(queue, {
  worker: 'laptop',
  atOnce: 2,
  signal: stop.signal,
  isFinal: () => false,
  run: async ({ payload }) => (payload as { side: number }).side ** 2,
});

// The client: submits jobs that say all of themselves, and waits for their results.
const square = (side: number) => collectJob(queue, jobOf('square', { side }), { attempts: 3 });
console.log(await Promise.all([3, 4].map(square)));

stop.abort();
await worker;
await queue.close();
await rm(folder, { recursive: true });
//> [ 9, 16 ]
