import { Arena } from '../capture/arena.ts';
import { CpuEngineError } from '../cpu-engine-error.ts';
import { FreeSpace } from './free-space.ts';
import type { HeapMemory } from './heap-memory.ts';
import { blockAlignment, sizeClass } from './size-class.ts';

/** Options of `Heap`. */
export interface HeapOptions {
  /** First byte that may be handed out: what lies before belongs to the kernels' own code. */
  readonly base: number;
  /** Fills blocks with NaN when they are handed out and when they are freed, so that wrong reads show. Default false. */
  readonly poison?: boolean;
}

const poisonBits = 0x7fc0dead;
const leastGrowth = 1 << 20;

/** Hands out blocks of one memory as byte offsets, aligned to 64; the kernels read nothing but such offsets. */
export class Heap {
  readonly memory: HeapMemory;
  readonly #free = new FreeSpace();
  readonly #poison: boolean;
  readonly #lent = new Map<number, Arena>();
  #arena: Arena | undefined;
  #bytesInUse = 0;
  #bytes!: Uint8Array;
  #words!: Uint32Array;
  #ints!: Int32Array;
  #floats!: Float32Array;

  constructor(memory: HeapMemory, options: HeapOptions) {
    this.memory = memory;
    this.#poison = options.poison ?? false;
    this.#refreshViews();
    this.#free.addSpan(
      Math.ceil(Math.max(options.base, blockAlignment) / blockAlignment) * blockAlignment,
      memory.buffer.byteLength,
    );
  }

  /** Bytes of blocks in use, as allocated (up to an eighth more than asked for). */
  get bytesInUse(): number {
    return this.#bytesInUse;
  }

  /** Bytes that the memory has grown to. It never shrinks. */
  get bytesReserved(): number {
    return this.#bytes.byteLength;
  }

  /** Called before JavaScript touches the memory: has commands finished that still use it. Does nothing by default. */
  settle: () => void = () => {};

  /** Told when somebody wants a tensor's values in JavaScript. */
  onRead: (() => void) | undefined;

  /** Copies an array into a block. Its values are there for every command that is handed over from now on. */
  write: (offset: number, values: Float32Array | Int32Array | Uint8Array) => void = (offset, values) => {
    this.bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
  };

  /** The whole memory as bytes. Like the other views, stale after `allocate`: read it again. */
  get bytes(): Uint8Array {
    this.settle();
    return this.#bytes;
  }

  get words(): Uint32Array {
    this.settle();
    return this.#words;
  }

  get ints(): Int32Array {
    this.settle();
    return this.#ints;
  }

  get floats(): Float32Array {
    this.settle();
    return this.#floats;
  }

  /** Without waiting, for blocks that no unfinished command uses. */
  get unsettledInts(): Int32Array {
    return this.#ints;
  }

  get unsettledFloats(): Float32Array {
    return this.#floats;
  }

  /** True for arrays that look into this heap: their values change when the block is used again. */
  owns(array: ArrayBufferView): boolean {
    // No block begins at 0, and small arrays get a buffer of their own only when somebody asks for it: microseconds.
    if (array.byteOffset === 0) return false;
    return array.buffer === this.#bytes.buffer || (this.memory.shared && array.buffer instanceof SharedArrayBuffer);
  }

  /** @throws CpuEngineError `backend-cpu/out-of-memory`; the heap stays usable */
  allocate(bytes: number): number {
    const size = sizeClass(bytes);
    const offset = this.#arena ? this.#arena.take(size) : this.#takeFree(size);
    if (this.#poison) this.#fill(offset, size);
    return offset;
  }

  #takeFree(size: number): number {
    const offset = this.#free.take(size) ?? this.#makeRoom(size);
    this.#bytesInUse += size;
    return offset;
  }

  /** `bytes` as given to `allocate`. */
  free(offset: number, bytes: number): void {
    const size = sizeClass(bytes);
    if (this.#poison) this.#fill(offset, size);
    const arena = this.#lent.size > 0 ? this.#lent.get(offset) : undefined;
    if (arena) arena.giveBack(offset, size);
    else this.#addFree(offset, size);
  }

  #addFree(offset: number, size: number): void {
    this.#bytesInUse -= size;
    this.#free.addBlock(offset, size);
  }

  /** An arena whose blocks come from this heap and count as in use until it is closed. */
  openArena(): Arena {
    const borrow = (size: number): number => {
      const offset = this.#takeFree(size);
      this.#lent.set(offset, arena);
      return offset;
    };
    const arena = new Arena(borrow, () => this.#closeArena(arena));
    return arena;
  }

  /** Takes an arena's blocks back; those that are still in use are freed by whoever uses them, as all others. */
  #closeArena(arena: Arena): void {
    for (const { offset, size, isLiving } of arena.blocks()) {
      this.#lent.delete(offset);
      if (!isLiving) this.#addFree(offset, size);
    }
  }

  /** Runs `f` with all that it allocates coming from the arena, or from none, for what outlives a recording. */
  within<Result>(arena: Arena | undefined, f: () => Result): Result {
    const around = this.#arena;
    this.#arena = arena;
    try {
      return f();
    } finally {
      this.#arena = around;
    }
  }

  /** While poisoning: what the arena's commands have left in blocks that nobody holds is made unusable. */
  poisonFree(arena: Arena): void {
    if (!this.#poison) return;
    for (const { offset, size, isLiving } of arena.blocks()) if (!isLiving) this.#fill(offset, size);
  }

  #makeRoom(size: number): number {
    if (this.#free.blockBytes >= Math.max(size, this.bytesReserved / 4)) {
      this.#free.coalesce();
      const offset = this.#free.take(size);
      if (offset !== undefined) return offset;
    }
    this.#grow(size);
    const offset = this.#free.take(size);
    if (offset === undefined) throw this.#outOfMemory(size);
    return offset;
  }

  /** Grows by a quarter, so that growing is rare; by what is needed when the system refuses that. */
  #grow(size: number): void {
    const before = this.bytesReserved;
    for (const bytes of [Math.max(size, before / 4, leastGrowth), size]) {
      try {
        this.memory.grow(bytes);
        break;
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
      }
    }
    this.#refreshViews();
    if (this.bytesReserved > before) this.#free.addSpan(before, this.bytesReserved);
    else this.#free.coalesce();
  }

  #outOfMemory(size: number): CpuEngineError {
    return new CpuEngineError(
      'backend-cpu/out-of-memory',
      `The engine needs a block of ${size} bytes, but of its ${this.bytesReserved} bytes ${this.#bytesInUse} are in use and it cannot grow. ` +
        'Dispose tensors (tf.tidy, dispose), or use smaller batches.',
      { requested: size, inUse: this.#bytesInUse, reserved: this.bytesReserved },
    );
  }

  #fill(offset: number, size: number): void {
    this.words.fill(poisonBits, offset / 4, (offset + size) / 4);
  }

  #refreshViews(): void {
    const { buffer } = this.memory;
    this.#bytes = new Uint8Array(buffer);
    this.#words = new Uint32Array(buffer);
    this.#ints = new Int32Array(buffer);
    this.#floats = new Float32Array(buffer);
  }
}
