import { CpuEngineError } from '../cpu-engine-error.ts';
import { Heap } from '../heap/heap.ts';
import { PlainHeapMemory, WasmHeapMemory } from '../heap/heap-memory.ts';
import { JsKernels } from '../kernels/js/js-kernels.ts';
import { type KernelSetName, type Kernels, kernelSetNames } from '../kernels/kernels.ts';
import { CommandWriter } from '../kernels/wasm/command.ts';
import { WasmKernels } from '../kernels/wasm/wasm-kernels.ts';
import { compileWasm, instantiateWasm } from '../kernels/wasm/wasm-module.ts';
import { type CommandRunner, SingleThreadRunner } from '../pool/command-runner.ts';
import { WorkerPool } from '../pool/worker-pool.ts';
import type { EngineSettings } from './engine-settings.ts';

/** What an engine is made of. */
export interface EngineParts {
  readonly heap: Heap;
  readonly kernels: Kernels;
  readonly runner: CommandRunner;
}

const initialBytes = 16 * 1024 * 1024;

/** The kernel set that is asked for, or the fastest that loads here. */
export function createEngineParts(settings: EngineSettings): EngineParts {
  const names = settings.kernels ? [settings.kernels] : kernelSetNames;
  for (const name of names) {
    const parts = name === 'js' ? undefined : wasmParts(name, settings);
    if (parts) return parts;
  }
  return jsParts(settings);
}

/** @throws CpuEngineError `backend-cpu/kernels-unavailable` when this runtime cannot load the set */
export function requireKernels(name: KernelSetName): void {
  if (name === 'js' || compileWasm(name, false)) return;
  throw new CpuEngineError(
    'backend-cpu/kernels-unavailable',
    `The kernel set '${name}' does not load in this runtime. Leave the choice to the engine, or ask for 'js'.`,
    { requested: name },
  );
}

function jsParts({ maxHeapBytes, poison }: EngineSettings): EngineParts {
  const heap = new Heap(new PlainHeapMemory(initialBytes, maxHeapBytes), { base: 0, poison });
  return { heap, kernels: new JsKernels(heap), runner: new SingleThreadRunner(() => {}) };
}

function wasmParts(name: Exclude<KernelSetName, 'js'>, settings: EngineSettings): EngineParts | undefined {
  const shared = settings.threads > 1 && typeof SharedArrayBuffer !== 'undefined' && mayShareMemory();
  const module = compileWasm(name, shared);
  if (!module) return undefined;
  const memory = new WasmHeapMemory(initialBytes, shared, settings.maxHeapBytes);
  const exports = instantiateWasm(module, memory.memory);
  const heap = new Heap(memory, { base: exports.__heap_base.value, poison: settings.poison });
  const command = new CommandWriter(heap);
  const workspace = heap.allocate(exports.nt_workspace_bytes());
  heap.words.fill(0, workspace / 4, workspace / 4 + 16);
  const runner = shared
    ? new WorkerPool({
        threads: settings.threads,
        heap,
        module,
        memory: memory.memory,
        exports,
        command: command.offset,
        workspace,
      })
    : new SingleThreadRunner(() => exports.nt_run(command.offset, workspace));
  return { heap, kernels: new WasmKernels(name, heap, command, runner), runner };
}

/** A page without cross-origin isolation cannot hand shared memory to its workers. */
function mayShareMemory(): boolean {
  return (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated ?? true;
}
