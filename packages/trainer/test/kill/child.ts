import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adamw, exponentialMovingAverage } from '@nt/optim';
import { fit, jsonLinesLogger } from '../../src/index.ts';
import { abortOnSignals, fileSink } from '../../src/node/index.ts';
import { type FileSystem, nodeFileSystem } from '../../src/storage/node/file-system.ts';
import { folderStorage } from '../../src/storage/node/node-storage.ts';
import { toyBatches, toyData } from '../toy/toy-data.ts';
import { toyRun } from '../toy/toy-run.ts';

/** How a child dies: after an update, or at one of the calls to the file system, before or in the middle of it. */
export type KillPlan =
  | { readonly kind: 'update'; readonly at: number }
  | { readonly kind: 'call'; readonly at: number; readonly half: boolean }
  | null;

const { folder, plan, slow } = JSON.parse(process.argv[2]!) as { folder: string; plan: KillPlan; slow?: boolean };

function dieAtOnce(): never {
  process.kill(process.pid, 'SIGKILL');
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function deadly(): FileSystem {
  let calls = 0;
  const deadlyCall =
    (f: (...parameters: unknown[]) => Promise<unknown>) =>
    (...parameters: unknown[]): Promise<unknown> => {
      calls += 1;
      if (plan?.kind !== 'call' || calls !== plan.at) return f(...parameters);
      const bytes = parameters[1];
      if (plan.half && bytes instanceof Uint8Array)
        writeFileSync(parameters[0] as string, bytes.subarray(0, bytes.length / 2));
      return dieAtOnce();
    };
  return Object.fromEntries(
    Object.entries(nodeFileSystem).map(([name, f]) => [name, deadlyCall(f as never)]),
  ) as unknown as FileSystem;
}

const watch = abortOnSignals();
const held = toyData(6, 99);
const { options } = toyRun(
  {
    maxEpochs: 5,
    accumulate: 2,
    gradientClipNorm: 0.7,
    logEvery: 3,
    transform: adamw({ learningRate: (updates) => 0.1 / (1 + 0.1 * updates) }),
    averaging: exponentialMovingAverage({ decay: 0.7 }),
    validation: { batches: () => toyBatches(held), everyUpdates: 4 },
    checkpoint: { storage: folderStorage(join(folder, 'checkpoints'), deadly()), everyUpdates: 3 },
    resumeFrom: 'last',
    resumeIfPresent: true,
    loggers: [jsonLinesLogger(fileSink(join(folder, 'log.jsonl'), { append: true }))],
    signal: watch.signal,
  },
  { model: { dropout: 0.3 } },
);

const result = await fit({
  ...options,
  onEvent(event) {
    if (event.type === 'notice') process.stdout.write(`notice ${event.code}\n`);
    if (event.type !== 'update-end') return;
    process.stdout.write(`update ${event.update}\n`);
    if (plan?.kind === 'update' && event.update === plan.at) dieAtOnce();
    // Leaves the parent time to send signals.
    if (slow) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
  },
});
watch.dispose();
process.stdout.write(`done ${result.reason} ${result.updates}\n`);
