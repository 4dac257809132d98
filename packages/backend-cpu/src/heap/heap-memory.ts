import { type WasmMemory, webAssembly } from '../wasm/web-assembly.ts';

/** The one stretch of memory that all kernels work in. */
export interface HeapMemory {
  /** A new object after `grow`; views over an old one stay valid only when `shared`. */
  readonly buffer: ArrayBufferLike;
  readonly shared: boolean;
  /** Adds at least `bytes`. @throws RangeError when the system has no more */
  grow(bytes: number): void;
}

const pageBytes = 65536;
/** 4 GiB less a page: what the kernels' own declaration of the memory allows. */
const largestPages = 65535;

/** A `WebAssembly.Memory`, shared with workers or private to one thread. */
export class WasmHeapMemory implements HeapMemory {
  readonly memory: WasmMemory;
  readonly shared: boolean;
  /** What it may grow to. */
  readonly mostBytes: number;

  constructor(initialBytes: number, shared: boolean, maxBytes: number = largestPages * pageBytes) {
    this.shared = shared;
    const maximum = Math.min(largestPages, Math.floor(maxBytes / pageBytes));
    const { memory, pages } = reserve(Math.min(maximum, Math.ceil(initialBytes / pageBytes)), maximum, shared);
    this.memory = memory;
    this.mostBytes = pages * pageBytes;
  }

  get buffer(): ArrayBufferLike {
    return this.memory.buffer;
  }

  grow(bytes: number): void {
    this.memory.grow(Math.ceil(bytes / pageBytes));
  }
}

/** Browsers reserve the maximum in advance and may refuse 4 GiB: then half as much, and so on. */
function reserve(initial: number, maximum: number, shared: boolean): { memory: WasmMemory; pages: number } {
  const { Memory } = webAssembly()!;
  for (let pages = maximum; ; pages = Math.floor(pages / 2)) {
    try {
      return { memory: new Memory({ initial, maximum: pages, shared }), pages };
    } catch (error) {
      if (pages / 2 < initial) throw error;
    }
  }
}

/** Plain memory for the JavaScript kernels; growing copies. */
export class PlainHeapMemory implements HeapMemory {
  readonly shared = false;
  readonly #maxBytes: number;
  #buffer: ArrayBuffer;

  constructor(initialBytes: number, maxBytes: number = largestPages * pageBytes) {
    this.#buffer = new ArrayBuffer(Math.min(initialBytes, maxBytes));
    this.#maxBytes = maxBytes;
  }

  get buffer(): ArrayBuffer {
    return this.#buffer;
  }

  grow(bytes: number): void {
    const size = this.#buffer.byteLength + Math.ceil(bytes / pageBytes) * pageBytes;
    if (size > this.#maxBytes) throw new RangeError(`heap limit of ${this.#maxBytes} bytes`);
    const larger = new ArrayBuffer(size);
    new Uint8Array(larger).set(new Uint8Array(this.#buffer));
    this.#buffer = larger;
  }
}
