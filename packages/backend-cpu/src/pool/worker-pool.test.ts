import { afterEach, describe, expect, it } from 'vitest';
import { Heap } from '../heap/heap.ts';
import { WasmHeapMemory } from '../heap/heap-memory.ts';
import { CommandWriter, operations } from '../kernels/compiled/command.ts';
import { CompiledKernels } from '../kernels/compiled/compiled-kernels.ts';
import type { KernelProgram } from '../kernels/kernel-program.ts';
import { compileWasm, instantiateWasm } from '../kernels/wasm/wasm-module.ts';
import { wasmProgram, wasmTile } from '../kernels/wasm/wasm-program.ts';
import { WorkerPool } from './worker-pool.ts';

interface Parts {
  readonly heap: Heap;
  readonly pool: WorkerPool;
  readonly command: CommandWriter;
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
  const command = new CommandWriter(heap);
  const workspace = heap.allocate(program.workspaceBytes);
  const options = { threads, heap, program, command: command.offset, workspace };
  const pool = new WorkerPool({ ...options, patienceMilliseconds });
  open = pool;
  return {
    heap,
    pool,
    command,
    kernels: new CompiledKernels({ name: 'wasm', heap, command, runner: pool, tile: wasmTile }),
  };
}

/** Σ x² of ones, large enough to be shared out. */
function squares({ heap, kernels }: Parts): number {
  const offset = heap.allocate(4 << 18);
  heap.floats.fill(1, offset / 4, offset / 4 + (1 << 18));
  const sum = kernels.sumOfSquares([{ offset, count: 1 << 18 }]);
  heap.free(offset, 4 << 18);
  return sum;
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
      made.command.begin(noSuchOperation, 8);
      expect(() => made.pool.run(8)).toThrow();
      expect(squares(made)).toBe(1 << 18);
    }
  });

  it('reports a worker that died with a chunk in its hands, and does not hang', () => {
    const made = parts(1, { work: () => {} }, 50);
    made.command.begin(operations.squares, 2);
    expect(() => made.pool.run(2)).toThrow(/has not finished its part/);
  });
});
