import type { WasmMemory, WasmModule } from '../wasm/web-assembly.ts';
import type { InstructionSet } from './native/native-addon.ts';

/** The C source, compiled and loaded: what carries out commands that lie in the heap. */
export interface KernelProgram {
  /** Bytes of the workspace that each thread needs. */
  readonly workspaceBytes: number;
  /** Carries out the whole command on this thread. */
  run(command: number, workspace: number): void;
  /**
   * Works through the queue of `control` until no more than `backlog` commands are unfinished, or others have been busy
   * with the last ones for some hundred microseconds.
   */
  work(control: number, workspace: number, backlog: number): void;
  /** From which a worker makes the same over the same memory. */
  readonly source: ProgramSource;
}

export type ProgramSource =
  | { readonly kind: 'wasm'; readonly module: WasmModule; readonly memory: WasmMemory }
  | { readonly kind: 'native'; readonly file: string; readonly set: InstructionSet; readonly memory: ArrayBufferLike };

/** Rows and columns of the tile that the innermost loop of a product works on (ROWS and COLUMNS of gemm-tile.h). */
export interface GemmTile {
  readonly rows: number;
  readonly columns: number;
  /** For which products, by whether B is transposed, threads take rows of their own: where packing B for each is little. */
  readonly rowBlocks: 'always' | 'transposed' | 'never';
}
