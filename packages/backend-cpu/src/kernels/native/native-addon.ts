/** What native/addon.c exports. */
export interface NativeAddon {
  /** The instruction sets that run on this processor, fastest first. */
  readonly sets: readonly InstructionSet[];
  /** Those of them for which the processor has an instruction for products of bfloat16 (AVX512-BF16). */
  readonly pairSets: readonly InstructionSet[];
  /** Keys of the elementwise programs that are compiled ahead (`ruleKey`). */
  readonly rules: readonly string[];
  /** How many kinds of commands it knows, one more than the last one's number; absent in binaries of before. */
  readonly commands?: number;
  readonly workspaceBytes: number;
  /** @param mostBytes what the heap may grow to */
  bind(heap: Uint8Array, set: InstructionSet, mostBytes: number): NativeDoors;
  selfTest(set: InstructionSet): boolean;
  /** Whether that instruction is quicker here than float32's own, measured within a millisecond. */
  pairsAreQuicker(set: InstructionSet): boolean;
}

/** The kernels of one set over one heap. */
export interface NativeDoors {
  run(command: number, workspace: number): void;
  work(control: number, workspace: number, backlog: number): void;
}

/** What the C source is compiled for in native binaries: the first three on x86-64, the last on 64-bit ARM. */
export type InstructionSet = 'avx512' | 'avx2' | 'sse2' | 'neon';
