/** A compiled module: may be handed to workers. */
export interface WasmModule {
  readonly compiled?: never;
}

export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

export interface WasmGlobal {
  value: number;
}

/** Runs the module whose bytes lie at `code` on the bytes [from, to) of its operands. */
export type RunGenerated = (code: number, length: number, table: number, from: number, to: number) => void;

/** The parts of the global `WebAssembly` that the engine uses: neither Node's types nor ES2022's have it. */
export interface WebAssemblyApi {
  readonly Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
  readonly Module: new (code: Uint8Array) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: { env: { memory: WasmMemory; run_generated?: RunGenerated } },
  ) => { readonly exports: object };
  validate(code: Uint8Array): boolean;
}

/** Undefined in runtimes without WebAssembly. */
export function webAssembly(): WebAssemblyApi | undefined {
  return (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
}
