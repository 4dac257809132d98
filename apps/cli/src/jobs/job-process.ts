import { fork } from 'node:child_process';
import { jobLost } from '@nt/forecast';
import { fromPlainError } from '@nt/forecast/worker';
import { UsageError } from '../usage-error.ts';
import type { JobCheckpoints, JobProgress, RunMessage, WorkerMessage } from './job-messages.ts';

/** A child process that runs one job after the other. */
export interface JobProcess {
  /** Whether it can still be given a job. */
  readonly isThere: boolean;
  /**
   * Resolves when the results are on the disk, or to the result.
   *
   * @throws ForecastError `forecast/job-lost` when the process is gone; the job's own error
   */
  run(
    job: unknown,
    name: string,
    onProgress: (progress: JobProgress) => void,
    checkpoints?: JobCheckpoints,
  ): Promise<unknown>;
  /** Ends it, whatever it does, and resolves when it is gone. */
  end(): Promise<void>;
}

interface Running {
  readonly name: string;
  readonly onProgress: (progress: JobProgress) => void;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A process that does not notice that its parent has left it is killed. */
const patienceMilliseconds = 5000;

/**
 * Starts a process of this same command. It follows its channel: it ends when that is closed, by `end` or because this
 * process is no longer there.
 *
 * @param words behind `nt`
 */
export function startJobProcess(words: readonly string[], threads: number): JobProcess {
  const child = fork(process.argv[1]!, words, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, NT_THREADS: String(threads) },
  });
  let running: Running | null = null;
  let isReady = false;
  let isThere = true;
  let said = '';
  child.stderr!.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-4000);
  });
  const settle = (how: (job: Running) => void): void => {
    if (running) how(running);
    running = null;
  };
  child.on('message', (message: WorkerMessage) => {
    if (message.type === 'ready') isReady = true;
    if (message.type === 'progress') running?.onProgress(message.progress);
    if (message.type === 'done') settle(({ resolve }) => resolve(message.result));
    if (message.type === 'error') settle(({ reject }) => reject(ownError(message.error)));
  });
  const ended = new Promise<void>((resolve) => {
    const onEnd = (how: string, isLoss: boolean): void => {
      isThere = false;
      const reason = lastError(said);
      const why = `its process ${how}${reason === undefined ? '' : ` (${reason})`}`;
      settle(({ name, reject }) => reject(isLoss ? jobLost(name, why) : new Error(`${name}: ${why}.`)));
      resolve();
    };
    child.on('error', (error) => onEnd(`could not be started (${error.message})`, false));
    child.on('exit', (code, signal) => {
      // A process that leaves by itself before it could do anything would do so again.
      const tell = (): void => onEnd(endText(code, signal), isReady || signal !== null);
      // Not the child's own `close`: Node does not emit it when this side has closed the channel.
      if (child.stderr!.closed) tell();
      else child.stderr!.once('close', tell);
    });
  });
  return {
    get isThere() {
      return isThere && child.connected;
    },
    run: (job, name, onProgress, checkpoints) =>
      new Promise<unknown>((resolve, reject) => {
        running = { name, onProgress, resolve, reject };
        // A channel that has just been closed is told by the end of the process.
        child.send({ type: 'run', job, checkpoints } satisfies RunMessage, () => {});
      }),
    async end() {
      if (child.connected) child.disconnect();
      const late = setTimeout(() => child.kill('SIGKILL'), patienceMilliseconds);
      await ended;
      clearTimeout(late);
    },
  };
}

const endText = (code: number | null, signal: NodeJS.Signals | null): string =>
  signal === null
    ? `left with exit code ${code}`
    : `was ended by ${signal}${signal === 'SIGKILL' ? ', as the system does when memory runs out' : ''}`;

/** Of all that a process has said before its end, the line that says why. */
function lastError(text: string): string | undefined {
  const lines = text.split('\n').filter((line) => /\b(FATAL ERROR|\w*Error|error): /.test(line));
  return lines.at(-1)?.trim();
}

function ownError(error: Parameters<typeof fromPlainError>[0]): Error {
  return error.name === 'UsageError' ? new UsageError(error.message) : fromPlainError(error);
}
