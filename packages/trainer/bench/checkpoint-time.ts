/**
 * Part of the wall clock that checkpoints take, of a run with very short epochs (five updates) on a real disk: by time,
 * as is the default, and after each epoch. Run: pnpm -F @nt/trainer bench [seconds of each run, default 60]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CheckpointOptions, train } from '../src/index.ts';
import { nodeStorage } from '../src/storage/node/index.ts';
import { toyRun } from '../test/toy/toy-run.ts';

const seconds = Number(process.argv[2] ?? 60);

async function measure(cadence: Omit<CheckpointOptions, 'storage'>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nt-bench-'));
  try {
    const checkpoint = { storage: nodeStorage(folder), ...cadence };
    let written = 0;
    for await (const event of train(toyRun({ maxTime: seconds, profiler: 'simple', checkpoint }).options)) {
      if (event.type === 'checkpoint-saved') written += 1;
      if (event.type !== 'run-end') continue;
      const { checkpoint: took, total } = event.result.profile!;
      const each = `${((1000 * took) / written).toFixed(1)} ms each`;
      return `${written} checkpoints, ${each}, ${((100 * took) / total).toFixed(1)} % of ${total.toFixed(0)} s`;
    }
    return 'no end';
  } finally {
    await rm(folder, { recursive: true });
  }
}

console.log(`by time (default)     ${await measure({})}`);
console.log(`at most 1 % by time   ${await measure({ maxTimeShare: 0.01 })}`);
console.log(`after each epoch      ${await measure({ everyEpochs: 1 })}`);
