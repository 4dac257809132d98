import { afterEach, describe, expect, it } from 'vitest';
import { Heap } from '../heap/heap.ts';
import { WasmHeapMemory } from '../heap/heap-memory.ts';
import { CommandWriter, operations } from '../kernels/compiled/command.ts';
import { CompiledKernels } from '../kernels/compiled/compiled-kernels.ts';
import type { KernelProgram } from '../kernels/kernel-program.ts';
import { GeneratedRules } from '../kernels/wasm/generated-rules.ts';
import { compileWasm, instantiateWasm } from '../kernels/wasm/wasm-module.ts';
import { wasmProgram, wasmTile } from '../kernels/wasm/wasm-program.ts';
import { controlWords } from './control-block.ts';
import { WorkerPool } from './worker-pool.ts';

interface Parts {
  readonly heap: Heap;
  readonly pool: WorkerPool;
  readonly kernels: CompiledKernels;
}

let open: WorkerPool | undefined;
afterEach(() => open?.dispose());

function parts(threads: number, replace: Partial<KernelProgram> = {}, patienceMilliseconds = 20_000): Parts {
  const module = compileWasm('wasm', true)!;
  const memory = new WasmHeapMemory(1 << 24, true);
  const exports = instantiateWasm(module, memory.memory);
  const program = { ...wasmProgram(module, memory.memory, exports), ...replace };
  const heap = new Heap(memory, { base: exports.__heap_base.value });
  const workspace = heap.allocate(program.workspaceBytes);
  const options = { threads, heap, program, workspace };
  const pool = new WorkerPool({ ...options, patienceMilliseconds });
  open = pool;
  heap.settle = () => pool.finish();
  return {
    heap,
    pool,
    kernels: new CompiledKernels({
      name: 'wasm',
      heap,
      runner: pool,
      tile: wasmTile,
      bfloat16: () => 'none',
      ruleCode: new GeneratedRules(heap, false),
    }),
  };
}

/** Σ x² of ones, large enough to be shared out. */
function squares({ heap, kernels }: Parts): number {
  const offset = heap.allocate(4 << 18);
  heap.floats.fill(1, offset / 4, offset / 4 + (1 << 18));
  let sum = 0;
  kernels.sumOfSquares([{ offset, count: 1 << 18 }], (total) => {
    sum = total;
  });
  heap.free(offset, 4 << 18);
  return sum;
}

/** A command without operands. */
function submit({ heap, pool }: Parts, operation: number, chunks: number): void {
  const writer = new CommandWriter(heap, pool);
  writer.begin(operation, chunks, 1 << 20);
  writer.submit();
}

async function allReady(pool: WorkerPool): Promise<void> {
  while (pool.ready < pool.threads - 1) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('WorkerPool', () => {
  it('works before its workers have started, and after', async () => {
    const made = parts(3);
    expect(made.pool.threads).toBe(3);
    expect(squares(made)).toBe(1 << 18);
    await allReady(made.pool);
    for (let i = 0; i < 50; i++) expect(squares(made)).toBe(1 << 18);
  });

  it('works on when its workers are gone', async () => {
    const made = parts(2);
    await allReady(made.pool);
    made.pool.dispose();
    expect(squares(made)).toBe(1 << 18);
  });

  it('goes ahead while commands wait, and carries them out in order', async () => {
    const made = parts(3);
    await allReady(made.pool);
    const { heap, kernels, pool } = made;
    const values = heap.allocate(4 << 16);
    heap.floats.fill(1, values / 4, values / 4 + (1 << 16));
    // Each doubles what the one before has left; more of them than the queue has places.
    const at = { offset: values, type: 'float' } as const;
    const steps = [{ operation: '+', result: 1, a: 0, b: 0, c: 0 }] as const;
    const program = { inputs: 1, constants: 0, temporaries: 0, outputs: 1, steps };
    for (let i = 0; i < 100; i++)
      kernels.rule({ program, count: 1 << 16, sizes: [], constants: [], inputs: [at], outputs: [at] });
    pool.finish();
    expect(new Set(heap.floats.subarray(values / 4, values / 4 + (1 << 16)))).toEqual(new Set([2 ** 100]));
  });

  it('wakes workers that have gone to sleep', async () => {
    const made = parts(2);
    await allReady(made.pool);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(squares(made)).toBe(1 << 18);
  });

  it('reports a trap in a kernel on any thread, and goes on', async () => {
    const made = parts(2);
    await allReady(made.pool);
    const noSuchOperation = Math.max(...Object.values(operations)) + 1;
    for (let i = 0; i < 20; i++) {
      submit(made, noSuchOperation, 8);
      expect(() => made.pool.finish()).toThrow(/trapped in a kernel/);
      expect(squares(made)).toBe(1 << 18);
    }
  });

  it('waits for slow commands as long as one after the other is finished', () => {
    let words: Int32Array | undefined;
    // Stands for threads that need 20 ms for each command.
    const finishOne = (control: number): void => {
      const done = control / 4 + controlWords.done;
      Atomics.wait(words!, done, Atomics.load(words!, done), 20);
      Atomics.add(words!, done, 1);
    };
    const made = parts(1, { work: finishOne }, 50);
    words = made.heap.unsettledInts;
    for (let i = 0; i < 10; i++) submit(made, operations.squares, 1);
    expect(() => made.pool.finish()).not.toThrow();
  });

  it('reports a worker that died with a chunk in its hands, and does not hang', () => {
    const made = parts(1, { work: () => {} }, 50);
    submit(made, operations.squares, 2);
    expect(() => made.pool.finish()).toThrow(/has not finished its part/);
  });
});
