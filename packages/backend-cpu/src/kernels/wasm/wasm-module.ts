import { wasmKernels } from '../../wasm/wasm-kernels.generated.ts';
import {
  type RunGenerated,
  type WasmGlobal,
  type WasmMemory,
  type WasmModule,
  webAssembly,
} from '../../wasm/web-assembly.ts';

/** What the compiled C source exports. */
export interface WasmExports {
  readonly __heap_base: WasmGlobal;
  readonly __stack_pointer: WasmGlobal;
  nt_run(command: number, workspace: number): void;
  nt_work(control: number, workspace: number, backlog: number): void;
  nt_workspace_bytes(): number;
}

/**
 * Compiles one of the WASM kernel sets, or gives undefined where the runtime lacks its instructions.
 *
 * @param shared whether the memory is shared between threads: the code is the same, only its import's flag differs
 */
export function compileWasm(name: 'wasm' | 'wasm-relaxed', shared: boolean): WasmModule | undefined {
  const api = webAssembly();
  if (!api) return undefined;
  const code = decodeBase64(wasmKernels[name]);
  if (shared) code[memoryFlag(code)] = sharedWithMaximum;
  return api.validate(code) ? new api.Module(code) : undefined;
}

/** An instance over `memory`; several instances, one for each thread, may share one. */
export function instantiateWasm(module: WasmModule, memory: WasmMemory): WasmExports {
  const { Instance } = webAssembly()!;
  return new Instance(module, { env: { memory, run_generated: generatedRunner(memory) } }).exports as WasmExports;
}

/** Compiles each generated module when it is first run; the workers do the same (worker-source.ts). */
function generatedRunner(memory: WasmMemory): RunGenerated {
  const { Module, Instance } = webAssembly()!;
  const known = new Map<number, (table: number, from: number, to: number) => void>();
  return (code, length, table, from, to) => {
    let run = known.get(code);
    if (!run) {
      const module = new Module(new Uint8Array(memory.buffer, code, length).slice());
      run = (new Instance(module, { env: { memory } }).exports as { run: typeof run }).run!;
      known.set(code, run);
    }
    run(table, from, to);
  };
}

const sharedWithMaximum = 3;
/** `env`, `memory`, kind memory: as the binary format writes this import; the limits' flag follows. */
const memoryImport = [3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2];

function memoryFlag(code: Uint8Array): number {
  for (let at = 0; ; at++) {
    if (memoryImport.every((byte, i) => code[at + i] === byte)) return at + memoryImport.length;
  }
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
