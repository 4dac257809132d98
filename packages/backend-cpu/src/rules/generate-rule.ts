import type { RuleProgram, RuleStep, StepOperation } from '../kernels/rule-call.ts';
import { listed, named, section, sized, unsigned, vector, wasmCode } from './wasm-code.ts';

const { i32, v128, localGet, localSet } = wasmCode;

/** Numbers of vector instructions (WebAssembly SIMD and relaxed SIMD). */
const simd = {
  load: 0x00,
  load32Splat: 0x09,
  store: 0x0b,
  constant: 0x0c,
  and: 0x4e,
  bitselect: 0x52,
  load32Zero: 0x5c,
  store32Lane: 0x5a,
  notEqual: 0x42,
  greater: 0x44,
  less: 0x43,
  add: 0xe4,
  subtract: 0xe5,
  multiply: 0xe6,
  negate: 0xe1,
  relaxedMultiplyAdd: 0x105,
} as const;

/** Operations that are one instruction. */
const direct: Partial<Record<StepOperation, number>> = {
  '+': simd.add,
  '-': simd.subtract,
  '*': simd.multiply,
  '/': 0xe7,
  min: 0xe8,
  max: 0xe9,
  sqrt: 0xe3,
  abs: 0xe0,
  neg: simd.negate,
  floor: 0x68,
  ceil: 0x67,
  round: 0x6a,
};
const comparisons: Partial<Record<StepOperation, number>> = {
  '==': 0x41,
  '!=': simd.notEqual,
  '<': simd.less,
  '>': simd.greater,
  '<=': 0x45,
  '>=': 0x46,
};
const unaries: readonly StepOperation[] = ['sqrt', 'abs', 'neg', 'floor', 'ceil', 'round'];
const others: readonly StepOperation[] = ['copy', 'rsqrt', 'sign', 'select', 'multiplyAdd', 'multiplySubtract'];

/** True when every step can be written as vector instructions; exp, log, pow … need the interpreter. */
export function canGenerate({ steps }: RuleProgram): boolean {
  return steps.every(({ operation }) => operation in direct || operation in comparisons || others.includes(operation));
}

const oneBits = [0, 0, 0x80, 0x3f];
const repeated = (bits: readonly number[]): number[] => vector(simd.constant, ...bits, ...bits, ...bits, ...bits);
const [one, zero] = [repeated(oneBits), repeated([0, 0, 0, 0])];
const get = (local: number): number[] => [localGet, ...unsigned(local)];
const set = (local: number): number[] => [localSet, ...unsigned(local)];
const memoryArgument = (offset: number): number[] => [2, ...unsigned(offset)];

/**
 * A WASM module with one function `run(table, from, to)` that evaluates the program for the bytes [from, to) of its
 * operands, with all intermediate values in registers: what a hand-written pass compiles to. `table` is where the byte
 * offsets of inputs and outputs lie, then the constants.
 *
 * @param fused whether a·b + c is rounded once (relaxed SIMD): as the kernel set does it everywhere else
 */
export function generateRule(program: RuleProgram, fused: boolean, shared: boolean): Uint8Array {
  const signature = [0x60, ...listed([[i32], [i32], [i32]]), ...listed([])];
  const memory = [...named('env'), ...named('memory'), 2, shared ? 3 : 1, ...unsigned(1), ...unsigned(65535)];
  const code = new RuleWriter(program, fused).body();
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, listed([signature])),
    ...section(2, listed([memory])),
    ...section(3, listed([[0]])),
    ...section(7, listed([[...named('run'), 0, 0]])),
    ...section(10, listed([sized(code)])),
  ]);
}

/** Locals: table, from, to; a pointer for each input and output; then one vector for each register of the program. */
class RuleWriter {
  readonly #program: RuleProgram;
  readonly #fused: boolean;

  constructor(program: RuleProgram, fused: boolean) {
    this.#program = program;
    this.#fused = fused;
  }

  body(): number[] {
    const { inputs, constants, temporaries, outputs } = this.#program;
    const registers = inputs + constants + temporaries + outputs;
    const locals = listed([
      [...unsigned(inputs + outputs), i32],
      [...unsigned(registers), v128],
    ]);
    return [...locals, ...this.#prologue(), ...this.#pass(16), ...this.#pass(4), wasmCode.end];
  }

  #pointer(operand: number): number {
    return 3 + operand;
  }

  #register(register: number): number {
    return 3 + this.#program.inputs + this.#program.outputs + register;
  }

  #prologue(): number[] {
    const { inputs, constants, outputs } = this.#program;
    const pointers = Array.from({ length: inputs + outputs }, (_, i) => [
      ...get(0),
      ...[wasmCode.i32Load, ...memoryArgument(i * 4)],
      ...get(1),
      ...[wasmCode.i32Add, ...set(this.#pointer(i))],
    ]);
    const values = Array.from({ length: constants }, (_, i) => [
      ...get(0),
      ...vector(simd.load32Splat, ...memoryArgument((inputs + outputs + i) * 4)),
      ...set(this.#register(inputs + i)),
    ]);
    return [...pointers, ...values].flat();
  }

  /** A loop over whole vectors (16 bytes) or single elements (4), as long as they end before `to`. */
  #pass(bytes: 4 | 16): number[] {
    const advance = (local: number): number[] => [
      ...get(local),
      wasmCode.i32Const,
      bytes,
      wasmCode.i32Add,
      ...set(local),
    ];
    const { inputs, outputs } = this.#program;
    const pointers = Array.from({ length: inputs + outputs }, (_, i) => advance(this.#pointer(i)));
    const beyond = [...get(1), wasmCode.i32Const, bytes - 1, wasmCode.i32Add, ...get(2), wasmCode.i32GreaterEqual];
    return [
      ...[...wasmCode.block, ...wasmCode.loop],
      ...[...beyond, wasmCode.brIf, 1],
      ...this.#loads(bytes),
      ...this.#program.steps.flatMap((step) => this.#step(step)),
      ...this.#stores(bytes),
      ...advance(1),
      ...pointers.flat(),
      ...[wasmCode.br, 0, wasmCode.end, wasmCode.end],
    ];
  }

  #loads(bytes: 4 | 16): number[] {
    const load = vector(bytes === 16 ? simd.load : simd.load32Zero, ...memoryArgument(0));
    return Array.from({ length: this.#program.inputs }, (_, i) => [
      ...get(this.#pointer(i)),
      ...load,
      ...set(this.#register(i)),
    ]).flat();
  }

  #stores(bytes: 4 | 16): number[] {
    const { inputs, constants, temporaries, outputs } = this.#program;
    const store =
      bytes === 16 ? vector(simd.store, ...memoryArgument(0)) : vector(simd.store32Lane, ...memoryArgument(0), 0);
    const first = inputs + constants + temporaries;
    return Array.from({ length: outputs }, (_, i) => [
      ...get(this.#pointer(inputs + i)),
      ...get(this.#register(first + i)),
      ...store,
    ]).flat();
  }

  #step({ operation, result, a, b, c }: RuleStep): number[] {
    const [x, y, z] = [get(this.#register(a)), get(this.#register(b)), get(this.#register(c))];
    return [...this.#value(operation, x, y, z), ...set(this.#register(result))];
  }

  #value(operation: StepOperation, x: number[], y: number[], z: number[]): number[] {
    const truth = (comparison: number): number[] => [...vector(comparison), ...one, ...vector(simd.and)];
    const comparison = comparisons[operation];
    if (comparison !== undefined) return [...x, ...y, ...truth(comparison)];
    const instruction = direct[operation];
    if (instruction !== undefined)
      return unaries.includes(operation) ? [...x, ...vector(instruction)] : [...x, ...y, ...vector(instruction)];
    switch (operation) {
      case 'rsqrt':
        return [...one, ...x, ...vector(direct.sqrt!), ...vector(direct['/']!)];
      case 'sign': {
        const sign = [
          ...x,
          ...zero,
          ...truth(simd.greater),
          ...x,
          ...zero,
          ...truth(simd.less),
          ...vector(simd.subtract),
        ];
        return [...sign, ...x, ...x, ...x, ...vector(comparisons['==']!), ...vector(simd.bitselect)];
      }
      case 'select':
        return [...y, ...z, ...x, ...zero, ...vector(simd.notEqual), ...vector(simd.bitselect)];
      case 'multiplyAdd':
        return this.#multiplyAdd(x, y, z);
      case 'multiplySubtract':
        return this.#multiplyAdd([...x, ...vector(simd.negate)], y, z);
      default:
        return x;
    }
  }

  #multiplyAdd(x: number[], y: number[], z: number[]): number[] {
    if (this.#fused) return [...x, ...y, ...z, ...vector(simd.relaxedMultiplyAdd)];
    return [...x, ...y, ...vector(simd.multiply), ...z, ...vector(simd.add)];
  }
}
