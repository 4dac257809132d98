import { createInterface } from 'node:readline';

/** One repetition: wall time and processor time of all threads of the process, per step. */
export interface Sample {
  readonly milliseconds: number;
  readonly cpu: number;
}

/** What a competitor says when it can run. */
export interface Ready {
  readonly kernelSet?: string;
  readonly version?: string;
  readonly parameters?: number;
  /** Of the first steps, or epochs. */
  readonly losses?: readonly number[];
}

/**
 * The side of the competitor: prints `ready`, then answers each line (milliseconds to run) with the times of its
 * repetitions as JSON. A repetition is `steps` steps.
 */
export function answerLines(ready: Ready, repeat: () => void | Promise<void>, steps = 1): void {
  createInterface({ input: process.stdin }).on('line', async (line) => {
    const until = performance.now() + Number(line);
    const samples: Sample[] = [];
    do {
      const [before, start] = [process.cpuUsage(), performance.now()];
      const finished = repeat();
      if (finished) await finished;
      const milliseconds = (performance.now() - start) / steps;
      const { user, system } = process.cpuUsage(before);
      samples.push({ milliseconds, cpu: (user + system) / 1000 / steps });
    } while (performance.now() < until);
    process.stdout.write(`${JSON.stringify(samples)}\n`);
  });
  process.stdout.write(`ready ${JSON.stringify(ready)}\n`);
}

/** For a competitor that cannot run: its row says why. */
export function answerCannot(error: unknown): void {
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  process.stdout.write(`cannot ${line}\n`);
}
