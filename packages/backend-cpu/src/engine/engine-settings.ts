import { CpuEngineError } from '../cpu-engine-error.ts';
import { type KernelSetName, kernelSetNames } from '../kernels/kernels.ts';
import type { StartThread } from '../pool/start-thread.ts';
import { threadCount } from '../pool/thread-count.ts';

/** What may be asked for: a kernel set by name, or whichever native one is fastest here. */
export type KernelChoice = KernelSetName | 'native';

const kernelChoices: readonly KernelChoice[] = ['native', ...kernelSetNames];

/** Options of the engine, for `createCpuBackend` and `registerCpuEngine`. */
export interface CpuEngineOptions {
  /**
   * Threads that compute, the calling one included, 1 to 64. Default: the environment variable `NT_THREADS`, else the
   * processors that this process may use (container quotas respected), at most 8. Results do not depend on it.
   */
  readonly threads?: number;
  /**
   * The kernel set; `native` is the fastest of the native ones. Default: the environment variable `NT_KERNELS`, else the
   * fastest that loads: `native`, `wasm-relaxed`, `wasm`, `js`. Results of different sets differ in the last bits.
   */
  readonly kernels?: KernelChoice;
  /** Most bytes the heap may grow to; default 4 GiB less 64 KiB, all that a 32-bit offset reaches. */
  readonly maxHeapBytes?: number;
  /** For finding errors: fills freed memory with NaN, and keeps every float tensor in the heap. Slower. Default false. */
  readonly poisonFreedMemory?: boolean;
  /**
   * Who starts the threads; default: the thread that creates the engine. In a worker of a page: `threadsOfPage()` of
   * `@nt/backend-cpu/threads`.
   */
  readonly startThread?: StartThread;
}

/** What an update computes in. */
export type CpuPrecision = 'float32' | 'mixed-bfloat16';

/** Options of `createCpuBackend`. */
export interface CpuBackendOptions extends CpuEngineOptions {
  /**
   * `mixed-bfloat16`: while `ops.variableGrads` runs, matrix products (forward and backward) round their operands to
   * bfloat16, and layers in a row keep their outputs so; sums, biases, losses and gradients are float32, and so is all that
   * runs outside: optimizer, validation, forecasts. Quick where the processor's AVX512-BF16 is (AMD), else emulated. Default `float32`.
   */
  readonly precision?: CpuPrecision;
}

/** Options with every default decided. */
export interface EngineSettings {
  readonly threads: number;
  readonly kernels: KernelChoice | undefined;
  readonly maxHeapBytes: number;
  readonly poison: boolean;
  readonly startThread: StartThread | undefined;
}

const optionNames: readonly string[] = ['threads', 'kernels', 'maxHeapBytes', 'poisonFreedMemory', 'startThread'];
const precisions: readonly string[] = ['float32', 'mixed-bfloat16'] satisfies CpuPrecision[];
const leastHeapBytes = 16 * 1024 * 1024;
const largestHeapBytes = 65535 * 65536;

/** @throws CpuEngineError `backend-cpu/option` for an unknown option or a value out of range */
export function engineSettings(options: CpuEngineOptions = {}): EngineSettings {
  if ('precision' in options)
    throw optionError(`precision: expected it to be given to createCpuBackend, whose ops.variableGrads has it.`);
  checkNames(options, optionNames);
  const environment = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env ?? {};
  const kernels = options.kernels ?? (environment['NT_KERNELS'] || undefined);
  if (kernels !== undefined && !(kernelChoices as readonly string[]).includes(kernels)) {
    const what = options.kernels === undefined ? 'NT_KERNELS' : 'kernels';
    throw optionError(`${what}: expected one of ${kernelChoices.join(', ')}, got '${kernels}'.`);
  }
  const { maxHeapBytes = largestHeapBytes } = options;
  if (!Number.isInteger(maxHeapBytes) || maxHeapBytes < leastHeapBytes || maxHeapBytes > largestHeapBytes) {
    throw optionError(
      `maxHeapBytes: expected an integer from ${leastHeapBytes} to ${largestHeapBytes}, got ${maxHeapBytes}.`,
    );
  }
  if (options.startThread !== undefined && typeof options.startThread !== 'function')
    throw optionError(`startThread: expected a function, as threadsOfPage() gives, got ${typeof options.startThread}.`);
  return {
    threads: threadCount(options.threads, environment),
    kernels: kernels as KernelChoice | undefined,
    maxHeapBytes,
    poison: options.poisonFreedMemory ?? false,
    startThread: options.startThread,
  };
}

/** @throws CpuEngineError `backend-cpu/option` */
export function precisionOf(options: CpuBackendOptions): CpuPrecision {
  checkNames(options, [...optionNames, 'precision']);
  const { precision = 'float32' } = options;
  if (precisions.includes(precision)) return precision;
  throw optionError(`precision: expected one of ${precisions.join(', ')}, got '${precision}'.`);
}

function checkNames(options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) if (!known.includes(name)) throw unknownOption(name, known);
}

function unknownOption(name: string, known: readonly string[]): CpuEngineError {
  const nearest = [...known].sort((a, b) => distance(name, a) - distance(name, b))[0];
  return optionError(
    `'${name}' is not an option of the CPU engine. Did you mean '${nearest}'? Options: ${known.join(', ')}.`,
  );
}

/** Letters to insert, delete or change to get from a to b (Levenshtein 1966). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}

const optionError = (message: string): CpuEngineError => new CpuEngineError('backend-cpu/option', message);
