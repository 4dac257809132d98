import type { ElementwiseKernelAttributes, ElementwiseRule } from '@nt/tensor';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type RuleCode, ruleCode } from '../wgsl/rule-code.ts';

/** A rule, ready to run with these scalars. */
export interface PreparedRule {
  readonly rule: ElementwiseRule;
  /** Same text, same shader. */
  readonly name: string;
  readonly code: RuleCode;
  readonly constants: readonly number[];
  /** Gives them again in a repetition; undefined when they stay. */
  readonly late: (() => Float32Array) | undefined;
  /** Scalars that are tensors. */
  readonly tensors: readonly TensorInfo[];
}

/** @param given the kernel's inputs */
export function prepareRule(
  given: Readonly<Record<string, TensorInfo>>,
  { rule, scalars, late }: ElementwiseKernelAttributes,
): PreparedRule {
  const ofTensors = Object.entries(scalars).flatMap(([name, scalar]) =>
    typeof scalar === 'number' ? [] : [[name, given[scalar.input]!] as const],
  );
  const tensorScalars = ofTensors.map(([name]) => name);
  const { code, text } = codeOf(rule, tensorScalars);
  const numbers = numbersOf(scalars);
  const names = Object.keys(numbers);
  return {
    rule,
    name: text,
    code,
    constants: code.constants(numbers),
    late:
      late && names.length > 0 && code.constantCount > 0
        ? () => Float32Array.from(code.constants({ ...numbers, ...numbersOf(late(), names) }))
        : undefined,
    tensors: ofTensors.map(([, tensor]) => tensor),
  };
}

const numbersOf = (scalars: Readonly<Record<string, unknown>>, names = Object.keys(scalars)): Record<string, number> =>
  Object.fromEntries(names.flatMap((name) => (typeof scalars[name] === 'number' ? [[name, scalars[name]]] : [])));

const written = new WeakMap<ElementwiseRule, Map<string, { readonly code: RuleCode; readonly text: string }>>();

/** Rules are made once and used for every update. */
function codeOf(rule: ElementwiseRule, tensorScalars: readonly string[]): { code: RuleCode; text: string } {
  const ofRule = written.get(rule) ?? new Map();
  written.set(rule, ofRule);
  const key = tensorScalars.join();
  const known = ofRule.get(key);
  if (known) return known;
  const code = ruleCode(rule, tensorScalars);
  const { inputs, outputs } = rule;
  const text = `${inputs.length} ${outputs.length} ${tensorScalars.length} ${code.constantCount}\n${code.statements}`;
  ofRule.set(key, { code, text });
  return { code, text };
}
