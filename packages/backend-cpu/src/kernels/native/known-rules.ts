import type { RuleCall, RuleProgram } from '../rule-call.ts';
import type { GeneratedCode, RuleCode } from '../rule-code.ts';

/** Elementwise programs that the native binary contains as functions: the updates of common optimizers. */
export class KnownRules implements RuleCode {
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #known = new WeakMap<RuleProgram, GeneratedCode | 'none'>();

  /** @param keys of the programs, in the order of their numbers */
  constructor(keys: readonly string[]) {
    this.#numbers = new Map(keys.map((key, number) => [key, number]));
  }

  codeFor({ program, inputs, outputs }: RuleCall): GeneratedCode | undefined {
    const code = this.#known.get(program) ?? this.#find(program);
    if (code === 'none') return undefined;
    const dense = inputs.every(({ type, strides }) => type === 'float' && !strides);
    return dense && outputs.every(({ type }) => type === 'float') ? code : undefined;
  }

  #find(program: RuleProgram): GeneratedCode | 'none' {
    const number = this.#numbers.get(ruleKey(program));
    const code = number === undefined ? 'none' : { code: number, length: 0 };
    this.#known.set(program, code);
    return code;
  }
}

/** The same text for the same program (`keyOf` in tools/build-known-rules.mjs). */
export function ruleKey({ inputs, constants, temporaries, outputs, steps }: RuleProgram): string {
  const written = steps.map(({ operation, result, a, b, c }) => [operation, result, a, b, c].join(' '));
  return [inputs, constants, temporaries, outputs, ...written].join(';');
}
