import type { Heap } from '../../heap/heap.ts';
import { canGenerate, generateRule } from '../../rules/generate-rule.ts';
import type { RuleCall, RuleProgram } from '../rule-call.ts';
import type { GeneratedCode, RuleCode } from '../rule-code.ts';

/** Below this the interpreter has finished before a module is compiled. */
const leastElements = 4096;
/** A single instruction on whole tiles is as fast interpreted. */
const leastSteps = 2;

/**
 * Elementwise rules compiled to WASM of their own: no tile is written to memory in between. Each stays in the heap, some
 * hundred bytes, as long as the engine lives; how many there are depends on the program, not on how long it runs.
 */
export class GeneratedRules implements RuleCode {
  readonly #heap: Heap;
  readonly #fused: boolean;
  readonly #known = new WeakMap<RuleProgram, GeneratedCode>();

  constructor(heap: Heap, fused: boolean) {
    this.#heap = heap;
    this.#fused = fused;
  }

  /** Undefined for calls that the interpreter runs: small ones, broadcast or boolean operands, exp and the like. */
  codeFor({ program, count, inputs, outputs }: RuleCall): GeneratedCode | undefined {
    if (count < leastElements || program.steps.length < leastSteps) return undefined;
    const dense = inputs.every(({ type, strides }) => type === 'float' && !strides);
    if (!dense || !outputs.every(({ type }) => type === 'float') || !canGenerate(program)) return undefined;
    const known = this.#known.get(program) ?? this.#generate(program);
    this.#known.set(program, known);
    return known;
  }

  #generate(program: RuleProgram): GeneratedCode {
    const bytes = generateRule(program, this.#fused, this.#heap.memory.shared);
    const code = this.#heap.allocate(bytes.length);
    this.#heap.bytes.set(bytes, code);
    return { code, length: bytes.length };
  }
}
