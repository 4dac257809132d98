import { CpuEngineError } from '../cpu-engine-error.ts';
import type { Heap } from '../heap/heap.ts';
import type { KernelProgram } from '../kernels/kernel-program.ts';
import type { CommandRunner } from './command-runner.ts';
import { controlBytes, controlWords } from './control-block.ts';
import { type SpawnedWorker, spawnWorker } from './spawn-worker.ts';

/** Options of `WorkerPool`. */
export interface WorkerPoolOptions {
  readonly threads: number;
  readonly heap: Heap;
  readonly program: KernelProgram;
  readonly command: number;
  /** Of the calling thread. */
  readonly workspace: number;
  /** A chunk takes milliseconds; a thread that has not finished one after this long has died. Default 20 s. */
  readonly patienceMilliseconds?: number;
}

/** Looks, each some nanoseconds, before a thread sleeps: about as long as the pause between two kernels of a network. */
const spins = 4000;
const stackBytes = 65536;
const napMilliseconds = 0.05;

/** Threads over one shared memory. The calling thread works too, and waits only for chunks that others have begun. */
export class WorkerPool implements CommandRunner {
  readonly threads: number;
  readonly #options: WorkerPoolOptions;
  readonly #control: number;
  readonly #words: Int32Array;
  readonly #workers: SpawnedWorker[] = [];
  readonly #maySleep: boolean;

  constructor(options: WorkerPoolOptions) {
    const { heap, threads } = options;
    this.#options = options;
    this.#control = heap.allocate(controlBytes);
    heap.words.fill(0, this.#control / 4, (this.#control + controlBytes) / 4);
    for (let i = 1; i < threads; i++) {
      const worker = this.#spawn();
      if (worker) this.#workers.push(worker);
    }
    this.threads = 1 + this.#workers.length;
    // The block lies low in the memory, so this view stays valid when the memory grows.
    this.#words = new Int32Array(heap.memory.buffer);
    this.#maySleep = mayWait(this.#words, this.#at(controlWords.failed));
  }

  /** Workers that have started; those that have not yet, or never will, delay nobody. */
  get ready(): number {
    return Atomics.load(this.#words, this.#at(controlWords.ready));
  }

  run(chunks: number): void {
    const { program, command, workspace } = this.#options;
    if (chunks === 1) {
      program.run(command, workspace);
      return;
    }
    const words = this.#words;
    Atomics.store(words, this.#at(controlWords.unfinished), chunks);
    Atomics.store(words, this.#at(controlWords.remaining), chunks);
    Atomics.add(words, this.#at(controlWords.generation), 1);
    Atomics.notify(words, this.#at(controlWords.generation));
    try {
      program.work(this.#control, command, workspace);
    } catch (error) {
      this.#abandon();
      throw error;
    }
    this.#waitForOthers();
  }

  dispose(): void {
    for (const worker of this.#workers) worker.terminate();
    this.#workers.length = 0;
  }

  #spawn(): SpawnedWorker | undefined {
    const { heap, program, command } = this.#options;
    const stack = heap.allocate(stackBytes);
    const workspace = heap.allocate(program.workspaceBytes);
    heap.words.fill(0, workspace / 4, workspace / 4 + 16);
    return spawnWorker({
      source: program.source,
      control: this.#control,
      command,
      workspace,
      stackEnd: stack + stackBytes,
      spins,
    });
  }

  #at(word: number): number {
    return this.#control / 4 + word;
  }

  #waitForOthers(): void {
    const words = this.#words;
    const unfinished = this.#at(controlWords.unfinished);
    for (let i = 0; i < spins && Atomics.load(words, unfinished) > 0; i++);
    const deadline = performance.now() + (this.#options.patienceMilliseconds ?? 20_000);
    for (let left = Atomics.load(words, unfinished); left > 0; left = Atomics.load(words, unfinished)) {
      if (this.#maySleep) Atomics.wait(words, unfinished, left, napMilliseconds);
      if (performance.now() > deadline) throw workerFailed('has not finished its part; it was probably terminated');
    }
    this.#checkFailure();
  }

  #checkFailure(): void {
    if (Atomics.exchange(this.#words, this.#at(controlWords.failed), 0) !== 0)
      throw workerFailed('trapped in a kernel');
  }

  /** After a trap on this thread: nobody takes further chunks, and those that others hold are waited for. */
  #abandon(): void {
    const left = Atomics.exchange(this.#words, this.#at(controlWords.remaining), 0);
    Atomics.sub(this.#words, this.#at(controlWords.unfinished), left + 1);
    this.#waitForOthers();
  }
}

function workerFailed(what: string): CpuEngineError {
  return new CpuEngineError(
    'backend-cpu/worker-failed',
    `A worker thread of the CPU engine ${what}. The result of this operation is incomplete; create the backend again.`,
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
