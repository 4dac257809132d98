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
  /** Scalars that are tensors. */
  readonly tensors: readonly TensorInfo[];
}

/** @param given the kernel's inputs */
export function prepareRule(
  given: Readonly<Record<string, TensorInfo>>,
  { rule, scalars }: ElementwiseKernelAttributes,
): PreparedRule {
  const ofTensors = Object.entries(scalars).flatMap(([name, scalar]) =>
    typeof scalar === 'number' ? [] : [[name, given[scalar.input]!] as const],
  );
  const tensorScalars = ofTensors.map(([name]) => name);
  const { code, text } = codeOf(rule, tensorScalars);
  const numbers = Object.fromEntries(Object.entries(scalars).filter(([, scalar]) => typeof scalar === 'number'));
  return {
    rule,
    name: text,
    code,
    constants: code.constants(numbers as Record<string, number>),
    tensors: ofTensors.map(([, tensor]) => tensor),
  };
}

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
