import { kernelBytes } from './kernels.generated.ts';
import type { WasmMemory, WebAssemblyApi } from './web-assembly.ts';

/** The kernels of `kernels/kernels.c`: pointers are bytes from the beginning of the memory. */
export interface KernelFunctions {
  readonly slide: (x: number, n: number, y: number, count: number, out: number) => void;
  readonly multiply_add: (m: number, n: number, k: number, a: number, b: number, c: number) => void;
  readonly tridiagonalize: (n: number, a: number, d: number, e: number, tau: number, work: number) => void;
  readonly apply_reflectors: (n: number, a: number, tau: number, c: number, m: number, transposed: number) => void;
  readonly solve_tridiagonal: (
    n: number,
    d: number,
    e: number,
    lambda: number,
    b: number,
    x: number,
    m: number,
    work: number,
  ) => number;
}

/** Kernels with a memory of their own. */
export interface Kernels {
  readonly run: KernelFunctions;
  readonly memory: WasmMemory;
  /** First byte that the kernels do not use themselves. */
  readonly heapBase: number;
}

const pageBytes = 65_536;
/** 4 GiB, the most that WebAssembly addresses; memory grows as it is needed. */
const mostPages = 65_535;

/** Compiles the kernels, which takes about a millisecond. Whatever runs JavaScript with WebAssembly SIMD can. */
export async function loadKernels(): Promise<Kernels> {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };
  const memory = new WebAssembly.Memory({ initial: 2, maximum: mostPages });
  const bytes = Uint8Array.from(atob(kernelBytes), (character) => character.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  const { __heap_base: heapBase, ...run } = instance.exports as unknown as KernelFunctions & {
    readonly __heap_base: { readonly value: number };
  };
  return { run, memory, heapBase: heapBase.value };
}

/** Makes the memory at least so large. */
export function growTo(memory: WasmMemory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
}
