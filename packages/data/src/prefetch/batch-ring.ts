import type { Batch } from '../batches/batch.ts';
import type { WindowSource } from '../batches/gather-batch.ts';
import { DataError } from '../data-error.ts';
import { ownerAt, sizeAt, waitingAt } from './serve-batches.ts';
import { type BatchWorker, spawnBatchWorker } from './spawn-batch-worker.ts';

/** A batch that the worker was asked for. */
interface Request {
  readonly slot: number;
  readonly epoch: number;
  readonly position: number;
  readonly batch: Batch;
}

/** Fills a slot with the windows of a position, or gives undefined where there is none. */
export type AskBatch = (position: number, slot: Batch) => Batch | undefined;

/** Slots of shared memory that this thread and a worker hand to each other in turn. */
export class BatchRing {
  private readonly slots: readonly Batch[];
  private readonly source: WindowSource;
  private readonly ownsMasks: boolean;
  private readonly program: string;
  private readonly requests: Request[] = [];
  private control: Int32Array = new Int32Array();
  private worker: BatchWorker | undefined;
  private nextSlot = 0;
  private failure: DataError | undefined;
  private wake: (() => void) | undefined;

  constructor(slots: readonly Batch[], source: WindowSource, ownsMasks: boolean, program: string) {
    this.slots = slots;
    this.source = source;
    this.ownsMasks = ownsMasks;
    this.program = program;
  }

  /** The batch at a place, after asking for those behind it. */
  async take(epoch: number, position: number, ask: AskBatch): Promise<Batch> {
    this.start();
    const first = this.requests[0];
    if (first && (first.epoch !== epoch || first.position !== position)) await this.drain();
    for (let next = position + this.requests.length; this.requests.length < this.slots.length; next++) {
      const batch = ask(next, this.slots[this.nextSlot]!);
      if (batch === undefined) break;
      this.request({ slot: this.nextSlot, epoch, position: next, batch });
    }
    await this.finished(this.requests[0]!);
    return this.requests.shift()!.batch;
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    this.requests.length = 0;
    this.nextSlot = 0;
    this.failure = undefined;
    this.wake?.();
    await worker?.stop();
  }

  private start(): void {
    if (this.worker) return;
    const { slots, source, ownsMasks } = this;
    this.control = new Int32Array(new SharedArrayBuffer(4 * (1 + 2 * slots.length)));
    const events = {
      onMessage: () => this.wake?.(),
      onEnd: (reason: string) => {
        if (this.worker !== worker) return;
        this.failure ??= failed(reason);
        this.wake?.();
      },
    };
    const worker = spawnBatchWorker(this.program, { control: this.control, slots, source, ownsMasks }, events);
    this.worker = worker;
  }

  private request(request: Request): void {
    const { slot, batch } = request;
    this.requests.push(request);
    this.nextSlot = (slot + 1) % this.slots.length;
    this.control[sizeAt(slot, this.slots.length)] = batch.size;
    Atomics.store(this.control, ownerAt(slot), 1);
    Atomics.notify(this.control, ownerAt(slot));
  }

  /** Batches of a place that was left are gathered to the end, since their slots are in the worker's hands. */
  private async drain(): Promise<void> {
    while (this.requests.length > 0) {
      await this.finished(this.requests[0]!);
      this.requests.shift();
    }
  }

  private async finished({ slot }: Request): Promise<void> {
    const worker = this.worker!;
    while (Atomics.load(this.control, ownerAt(slot)) === 1) {
      if (this.failure) throw this.failure;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        Atomics.store(this.control, waitingAt, 1);
        // The worker may have finished before it could see that somebody waits.
        if (Atomics.load(this.control, ownerAt(slot)) === 0) resolve();
        else worker.hold(true);
      });
      if (this.worker !== worker) throw failed('it was closed while a batch was awaited');
      worker.hold(false);
    }
  }
}

function failed(reason: string): DataError {
  const message = `prefetchBatches: the worker has ended (${reason}); state() names the next batch: close() and go on, or use batches.`;
  return new DataError('data/worker-failed', message);
}
