import type { RuleCall } from './rule-call.ts';

/** An elementwise program as code: bytes of a WASM module in the heap, or the number of a native function. */
export interface GeneratedCode {
  readonly code: number;
  readonly length: number;
}

/** Which programs exist as code. */
export interface RuleCode {
  /** Undefined for calls that the interpreter runs. */
  codeFor(call: RuleCall): GeneratedCode | undefined;
}
