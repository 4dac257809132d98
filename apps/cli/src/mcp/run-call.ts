import { fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import type { PlainError } from '@nt/forecast/worker';
import type { CallMessage, StopMessage } from './call-messages.ts';

/** How a call ended. */
export interface CallEnd {
  /** Exit code of the verb; null when its process was ended from outside. */
  readonly code: number | null;
  readonly stdout: string;
  /** What it told people on the way, the last lines. */
  readonly notes: readonly string[];
  readonly error?: { readonly isUsage: boolean; readonly error: PlainError } | undefined;
  /** TypeScript that does the same. */
  readonly script?: string | undefined;
}

/** What a call may be asked while it runs. */
export interface CallOptions {
  readonly folder: string;
  readonly written: readonly string[];
  /** Ends it: the update is finished, a checkpoint kept. */
  readonly signal: AbortSignal;
  readonly onProgress: (message: Extract<CallMessage, { type: 'progress' }>) => void;
}

/** An update of a large network, or the writing of a checkpoint, may take so long until a call that is stopped has ended. */
const patienceMilliseconds = 60_000;
const mostNotes = 30;
const longestNote = 400;

/**
 * Runs a verb in a process of its own: the server goes on answering, calls run beside each other, and one that is stopped
 * is gone. The process follows its channel, so that none outlives the server.
 */
export function runCall(words: readonly string[], options: CallOptions): Promise<CallEnd> {
  const child = fork(process.argv[1]!, ['call-worker', ...words], {
    cwd: options.folder,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    stderr = `${stderr}${chunk}`.slice(-mostNotes * longestNote);
  });
  let error: CallEnd['error'];
  let script: string | undefined;
  child.on('message', (message: CallMessage) => {
    if (message.type === 'progress') options.onProgress(message);
    if (message.type === 'script') script = message.script;
    if (message.type === 'error') error = message;
  });
  let late: NodeJS.Timeout | undefined;
  const stop = (): void => {
    if (child.connected) child.send({ type: 'stop' } satisfies StopMessage, () => {});
    late = setTimeout(() => child.kill('SIGKILL'), patienceMilliseconds);
  };
  if (options.signal.aborted) stop();
  else options.signal.addEventListener('abort', stop, { once: true });
  return new Promise<CallEnd>((resolve) => {
    child.once('error', (problem) => {
      error ??= {
        isUsage: false,
        error: { name: 'Error', message: `no process could be started: ${problem.message}` },
      };
      if (child.pid === undefined) resolve({ code: null, stdout, notes: [], error });
    });
    child.once('close', async (code) => {
      clearTimeout(late);
      options.signal.removeEventListener('abort', stop);
      // A process that was killed while it wrote a file beside its place has left that.
      for (const place of options.written) await rm(`${place}.${child.pid}.partial`, { force: true }).catch(() => {});
      resolve({ code, stdout, notes: notesIn(stderr), error, script });
    });
  });
}

const notesIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .slice(-mostNotes)
    .map((line) => (line.length > longestNote ? `${line.slice(0, longestNote)}…` : line));
