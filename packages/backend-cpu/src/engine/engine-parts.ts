import { CpuEngineError } from '../cpu-engine-error.ts';
import { Heap } from '../heap/heap.ts';
import { PlainHeapMemory, WasmHeapMemory } from '../heap/heap-memory.ts';
import { CompiledKernels } from '../kernels/compiled/compiled-kernels.ts';
import { JsKernels } from '../kernels/js/js-kernels.ts';
import type { GemmTile, KernelProgram } from '../kernels/kernel-program.ts';
import type { Bfloat16Instruction, KernelSetName, Kernels } from '../kernels/kernels.ts';
import { KnownRules } from '../kernels/native/known-rules.ts';
import { type LoadedAddon, loadNativeAddon } from '../kernels/native/load-native-addon.ts';
import type { InstructionSet } from '../kernels/native/native-addon.ts';
import { nativeProgram, nativeTiles } from '../kernels/native/native-program.ts';
import type { RuleCode } from '../kernels/rule-code.ts';
import { GeneratedRules } from '../kernels/wasm/generated-rules.ts';
import { compileWasm, instantiateWasm } from '../kernels/wasm/wasm-module.ts';
import { wasmProgram, wasmTile } from '../kernels/wasm/wasm-program.ts';
import { type CommandRunner, SingleThreadRunner } from '../pool/command-runner.ts';
import type { StartThread } from '../pool/start-thread.ts';
import { WorkerPool } from '../pool/worker-pool.ts';
import { type WasmModule, webAssembly } from '../wasm/web-assembly.ts';
import type { EngineSettings, KernelChoice } from './engine-settings.ts';

/** What an engine is made of. */
export interface EngineParts {
  readonly heap: Heap;
  readonly kernels: Kernels;
  readonly runner: CommandRunner;
  /** Why no native kernels run; undefined when they do, or when another set was asked for. */
  readonly withoutNative?: string | undefined;
  /** Why no WASM kernels run either. */
  readonly withoutWasm?: string | undefined;
}

/** Parts, or why they cannot be had here. */
type Attempt = EngineParts | { readonly missing: string };

/** Longer arrays are written when the kernels before have finished: waiting costs less than a second copy. */
const mostQueuedWords = 1 << 16;
const initialBytes = 16 * 1024 * 1024;
const missingInstructions = 'it lacks their WASM instructions';

/** The kernel set that is asked for, or the fastest that loads here. */
export function createEngineParts(settings: EngineSettings): EngineParts {
  if (settings.kernels) return attemptOrThrow(settings.kernels, settings);
  const native = attempt('native', settings);
  if (!('missing' in native)) return native;
  let withoutWasm = missingInstructions;
  for (const name of ['wasm-relaxed', 'wasm'] as const) {
    const parts = attempt(name, settings);
    if (!('missing' in parts)) return { ...parts, withoutNative: native.missing };
    withoutWasm = parts.missing;
  }
  return { ...jsParts(settings), withoutNative: native.missing, withoutWasm };
}

/** @throws CpuEngineError `backend-cpu/kernels-unavailable` when this runtime cannot load the set */
export function requireKernels(name: KernelChoice): void {
  const missing = whyUnavailable(name);
  if (missing !== undefined) throw unavailable(name, missing);
}

/** Why a set cannot be used here; undefined when it can. */
export function whyUnavailable(name: KernelChoice): string | undefined {
  if (name === 'js') return undefined;
  if (name === 'wasm' || name === 'wasm-relaxed') {
    const compiled = tryToCompile(name, false);
    return 'missing' in compiled ? compiled.missing : undefined;
  }
  const chosen = chooseNative(name);
  return 'missing' in chosen ? chosen.missing : undefined;
}

function attemptOrThrow(name: KernelChoice, settings: EngineSettings): EngineParts {
  const parts = attempt(name, settings);
  if ('missing' in parts) throw unavailable(name, parts.missing);
  return parts;
}

function attempt(name: KernelChoice, settings: EngineSettings): Attempt {
  if (name === 'js') return jsParts(settings);
  if (name === 'wasm' || name === 'wasm-relaxed') return wasmParts(name, settings);
  const chosen = chooseNative(name);
  return 'missing' in chosen ? chosen : nativeParts(chosen.loaded, chosen.set, settings);
}

function jsParts({ maxHeapBytes, poison }: EngineSettings): EngineParts {
  const heap = new Heap(new PlainHeapMemory(initialBytes, maxHeapBytes), { base: 0, poison });
  return { heap, kernels: new JsKernels(heap), runner: new SingleThreadRunner(heap, () => {}) };
}

function wasmParts(name: 'wasm' | 'wasm-relaxed', settings: EngineSettings): Attempt {
  const shared = settings.threads > 1 && typeof SharedArrayBuffer !== 'undefined' && mayShareMemory();
  const compiled = tryToCompile(name, shared);
  if ('missing' in compiled) return compiled;
  const { module } = compiled;
  const memory = new WasmHeapMemory(initialBytes, shared, settings.maxHeapBytes);
  const exports = instantiateWasm(module, memory.memory);
  const heap = new Heap(memory, { base: exports.__heap_base.value, poison: settings.poison });
  const program = wasmProgram(module, memory.memory, exports);
  const ruleCode = new GeneratedRules(heap, name === 'wasm-relaxed');
  const threads = shared ? settings.threads : 1;
  const { startThread } = settings;
  return compiledParts({
    ...{ name, heap, program, tile: wasmTile, bfloat16: () => 'none' },
    ...{ ruleCode, threads, startThread },
  });
}

function tryToCompile(name: 'wasm' | 'wasm-relaxed', shared: boolean): { module: WasmModule } | { missing: string } {
  try {
    const module = compileWasm(name, shared);
    return module ? { module } : { missing: missingInstructions };
  } catch (error) {
    // A valid module that may not be compiled: a policy forbids it.
    const remedy = "a page's content security policy must allow 'wasm-unsafe-eval' in its script-src";
    return { missing: `WebAssembly may not be compiled here; ${remedy} (${(error as Error).message})` };
  }
}

interface NativeChoice {
  readonly loaded: LoadedAddon;
  readonly set: InstructionSet;
}

function chooseNative(name: KernelChoice): NativeChoice | { readonly missing: string } {
  if (!webAssembly()) return { missing: 'they need the memory of WebAssembly' };
  const loaded = loadNativeAddon();
  if ('missing' in loaded) return loaded;
  const { sets } = loaded.addon;
  const set = name === 'native' ? sets[0] : sets.find((candidate) => `native-${candidate}` === name);
  return set ? { loaded, set } : { missing: `this processor runs ${sets.join(', ')}` };
}

/** Native kernels keep the address of the heap, and only shared memory certainly stays in its place when it grows. */
function nativeParts(loaded: LoadedAddon, set: InstructionSet, settings: EngineSettings): EngineParts {
  const memory = new WasmHeapMemory(initialBytes, true, settings.maxHeapBytes);
  const heap = new Heap(memory, { base: 0, poison: settings.poison });
  const program = nativeProgram(loaded, set, heap.bytes, memory.mostBytes);
  const { threads, startThread } = settings;
  const ruleCode = new KnownRules(loaded.addon.rules);
  const { pairSets, pairsAreQuicker } = loaded.addon;
  let found: Bfloat16Instruction | undefined;
  const bfloat16 = (): Bfloat16Instruction => {
    found ??= !pairSets.includes(set) ? 'none' : pairsAreQuicker(set) ? 'quick' : 'slow';
    return found;
  };
  return compiledParts({
    name: `native-${set}`,
    heap,
    program,
    tile: nativeTiles[set],
    bfloat16,
    ruleCode,
    threads,
    startThread,
  });
}

interface CompiledParts {
  readonly name: KernelSetName;
  readonly heap: Heap;
  readonly program: KernelProgram;
  readonly tile: GemmTile;
  readonly bfloat16: () => Bfloat16Instruction;
  readonly ruleCode: RuleCode;
  readonly threads: number;
  readonly startThread: StartThread | undefined;
}

function compiledParts({ threads, program, startThread, ...rest }: CompiledParts): EngineParts {
  const { heap } = rest;
  const workspace = heap.allocate(program.workspaceBytes);
  heap.words.fill(0, workspace / 4, workspace / 4 + 16);
  if (threads === 1) {
    const runner = new SingleThreadRunner(heap, (command) => program.run(command, workspace));
    return { heap, kernels: new CompiledKernels({ ...rest, runner }), runner };
  }
  const runner = new WorkerPool({ threads, heap, program, workspace, startThread });
  const kernels = new CompiledKernels({ ...rest, runner });
  heap.settle = () => runner.finish();
  const writeAtOnce = heap.write;
  heap.write = (offset, values) =>
    values instanceof Uint8Array || values.length > mostQueuedWords
      ? writeAtOnce(offset, values)
      : kernels.write(offset, values);
  return { heap, kernels, runner };
}

function unavailable(name: KernelChoice, missing: string): CpuEngineError {
  return new CpuEngineError(
    'backend-cpu/kernels-unavailable',
    `The kernel set '${name}' does not load in this runtime: ${missing}. Leave the choice to the engine, or ask for 'js'.`,
    { requested: name },
  );
}

/** A page without cross-origin isolation cannot hand shared memory to its workers. */
function mayShareMemory(): boolean {
  return (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated ?? true;
}
