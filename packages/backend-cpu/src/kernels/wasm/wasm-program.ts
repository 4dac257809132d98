import type { WasmMemory, WasmModule } from '../../wasm/web-assembly.ts';
import type { GemmTile, KernelProgram } from '../kernel-program.ts';
import type { WasmExports } from './wasm-module.ts';

/** Sizes of the innermost loop, as gemm-tile.h has them for WASM. */
export const wasmTile: GemmTile = { rows: 6, columns: 8, rowBlocks: 'never' };

/** An instance of one of the WASM kernel sets. */
export function wasmProgram(module: WasmModule, memory: WasmMemory, exports: WasmExports): KernelProgram {
  return {
    workspaceBytes: exports.nt_workspace_bytes(),
    run: exports.nt_run,
    work: exports.nt_work,
    source: { kind: 'wasm', module, memory },
  };
}
