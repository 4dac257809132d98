import { CpuEngineError } from '../cpu-engine-error.ts';
import type { Heap } from '../heap/heap.ts';
import type { KernelProgram } from '../kernels/kernel-program.ts';
import type { CommandRunner, CommandSlot } from './command-runner.ts';
import { commandBytes, controlBytes, controlWords, currentWord, fromEndWord, unfinishedWord } from './control-block.ts';
import { spawnWorker } from './spawn-worker.ts';
import type { EngineThread, StartThread } from './start-thread.ts';
import type { WorkerStart } from './worker-source.ts';

/** Options of `WorkerPool`. */
export interface WorkerPoolOptions {
  readonly threads: number;
  readonly heap: Heap;
  readonly program: KernelProgram;
  /** Of the calling thread. */
  readonly workspace: number;
  /** Default: this thread starts them. */
  readonly startThread?: StartThread | undefined;
  /** A command takes milliseconds; when none has been finished for this long, a thread has died. Default 20 s. */
  readonly patienceMilliseconds?: number;
}

/** Commands that may wait: as many as JavaScript prepares while a large one is carried out. A power of two. */
const slots = 32;
/** Looks, each some nanoseconds, before a worker sleeps: about as long as the pause between two kernels of a network. */
const spins = 4000;
/** Elements that are dealt with before another thread could have begun: a microsecond or two. */
const mostWorkAlone = 4096;
const stackBytes = 65536;
/** On a busy machine a worker takes long to start; what it has not done by then is not counted. */
const longestStartMilliseconds = 5000;
const napMilliseconds = 0.05;
/** No more than this is counted between two looks: the system may have put the whole process aside. */
const longestLookMilliseconds = 100;

/**
 * Threads over one shared memory that work through a queue of commands. The calling thread writes commands ahead, and
 * works too whenever it has to wait; nobody waits for chunks that no thread has begun.
 */
export class WorkerPool implements CommandRunner {
  readonly threads: number;
  readonly #options: WorkerPoolOptions;
  readonly #control: number;
  readonly #queue: number;
  readonly #words: Int32Array;
  readonly #workers: EngineThread[] = [];
  readonly #maySleep: boolean;
  #submitted = 0;
  #isAlone = false;
  #failedToStart = 0;
  #failure: unknown;

  constructor(options: WorkerPoolOptions) {
    const { heap, threads } = options;
    this.#options = options;
    this.#control = heap.allocate(controlBytes);
    this.#queue = heap.allocate(slots * commandBytes);
    heap.words.fill(0, this.#control / 4, (this.#control + controlBytes) / 4);
    heap.words.fill(0, this.#queue / 4, (this.#queue + slots * commandBytes) / 4);
    heap.words.set([this.#queue, slots], this.#control / 4 + controlWords.queue);
    // These blocks lie low in the memory, so this view stays valid when the memory grows.
    this.#words = new Int32Array(heap.memory.buffer);
    this.#maySleep = mayWait(this.#words, this.#at(controlWords.failed));
    const starts = Array.from({ length: threads - 1 }, (_, i) => this.#prepare(i % 2 === 0));
    for (const start of starts) {
      const worker = spawnWorker(start, () => this.#failedToStart++, options.startThread);
      if (worker) this.#workers.push(worker);
    }
    this.threads = 1 + this.#workers.length;
  }

  /** When all workers have started or failed to, at the latest after some seconds. */
  async started(): Promise<{ threads: number; failed: number }> {
    const end = performance.now() + longestStartMilliseconds;
    while (this.ready + this.#failedToStart < this.#workers.length && performance.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 5));
    const { ready } = this;
    return { threads: 1 + ready, failed: this.#options.threads - 1 - ready };
  }

  /** Workers that have started; those that have not yet, or never will, delay nobody. */
  get ready(): number {
    return Atomics.load(this.#words, this.#at(controlWords.ready));
  }

  nextSlot(): CommandSlot {
    // Half of the queue stays for the other threads, so that they have work while JavaScript fills the rest.
    if (this.#unfinished() >= slots) this.#workUntil(slots / 2);
    const number = (this.#submitted + 1) >>> 0;
    return { offset: this.#queue + (number % slots) * commandBytes, number };
  }

  submit(chunks: number, work: number): void {
    const words = this.#words;
    const { offset, number } = this.nextSlot();
    if (this.#isAlone || (chunks === 1 && work <= mostWorkAlone && this.#unfinished() === 0)) {
      this.#runAlone(offset, number);
      return;
    }
    // A thread that still looks at this slot for the command before must not see that one's number with new chunks.
    Atomics.store(words, offset / 4 + 1, number | 0);
    Atomics.store(words, offset / 4, chunks << 16);
    this.#submitted = number;
    Atomics.store(words, this.#at(controlWords.submitted), number | 0);
    Atomics.notify(words, this.#at(controlWords.submitted));
  }

  alone(hand: () => void): void {
    this.finish();
    this.#isAlone = true;
    try {
      hand();
    } finally {
      this.#isAlone = false;
    }
  }

  /** Without a hand-over: no thread is woken, and others see the command only when it is finished. */
  #runAlone(offset: number, number: number): void {
    const { program, workspace } = this.#options;
    const words = this.#words;
    this.#submitted = number;
    try {
      program.run(offset, workspace);
    } catch (error) {
      this.#failure ??= error;
    }
    // In this order: a thread that looks in between finds a slot without chunks.
    Atomics.store(words, this.#at(controlWords.submitted), number | 0);
    Atomics.store(words, this.#at(controlWords.done), number | 0);
  }

  finish(): void {
    if (this.#unfinished() > 0) this.#workUntil(0);
    const failed = Atomics.exchange(this.#words, this.#at(controlWords.failed), 0);
    if (failed === 0 && !this.#failure) return;
    const cause = this.#failure;
    this.#failure = undefined;
    throw workerFailed('trapped in a kernel', cause);
  }

  dispose(): void {
    for (const worker of this.#workers) worker.terminate();
    this.#workers.length = 0;
  }

  /** Memory for a worker, before any of them starts: none has to learn that it has grown. */
  #prepare(takesFromEnd: boolean): WorkerStart {
    const { heap, program } = this.#options;
    const stack = heap.allocate(stackBytes);
    const workspace = heap.allocate(program.workspaceBytes);
    heap.words.fill(0, workspace / 4, workspace / 4 + 16);
    heap.words[workspace / 4 + fromEndWord] = takesFromEnd ? 1 : 0;
    return { source: program.source, control: this.#control, workspace, stackEnd: stack + stackBytes, spins };
  }

  #at(word: number): number {
    return this.#control / 4 + word;
  }

  /** Commands that are handed over and not finished. */
  #unfinished(): number {
    return (this.#submitted - Atomics.load(this.#words, this.#at(controlWords.done))) >>> 0;
  }

  #workUntil(backlog: number): void {
    const patience = this.#options.patienceMilliseconds ?? 20_000;
    const done = this.#at(controlWords.done);
    let finished = Atomics.load(this.#words, done);
    let waited = 0;
    let lastLook = performance.now();
    for (;;) {
      this.#work(backlog);
      if (this.#unfinished() <= backlog) return;
      if (this.#maySleep) Atomics.wait(this.#words, done, Atomics.load(this.#words, done), napMilliseconds);
      const now = performance.now();
      waited =
        Atomics.load(this.#words, done) === finished ? waited + Math.min(now - lastLook, longestLookMilliseconds) : 0;
      finished = Atomics.load(this.#words, done);
      lastLook = now;
      if (waited > patience) throw workerFailed('has not finished its part; it was probably terminated');
    }
  }

  #work(backlog: number): void {
    const { program, workspace } = this.#options;
    try {
      program.work(this.#control, workspace, backlog);
    } catch (error) {
      this.#failure ??= error;
      this.#giveUpChunk();
    }
  }

  /** After a trap on this thread: its chunk counts as finished, so that the queue goes on (the workers do the same). */
  #giveUpChunk(): void {
    const words = this.#words;
    const number = words[this.#options.workspace / 4 + currentWord]!;
    const command = this.#queue / 4 + ((number >>> 0) % slots) * (commandBytes / 4);
    if (Atomics.sub(words, command + unfinishedWord, 1) === 1)
      Atomics.store(words, this.#at(controlWords.done), number);
  }
}

function workerFailed(what: string, cause?: unknown): CpuEngineError {
  return new CpuEngineError(
    'backend-cpu/worker-failed',
    `A thread of the CPU engine ${what}. Results since the last one that was read are incomplete; create the backend again.`,
    {},
    cause,
  );
}

/** The main thread of a page may not sleep; there the pool only spins. */
function mayWait(words: Int32Array, at: number): boolean {
  try {
    Atomics.wait(words, at, 0, 0);
    return true;
  } catch {
    return false;
  }
}
