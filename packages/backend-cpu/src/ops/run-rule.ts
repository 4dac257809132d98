import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import type { ElementType, RuleProgram } from '../kernels/rule-call.ts';
import { compileRule } from '../rules/compile-rule.ts';
import type { CompiledRule, KernelExpression } from '../rules/kernel-rule.ts';
import { broadcastLayout } from './broadcast-layout.ts';

/** A rule with one output, for a tfjs kernel. */
export interface SmallRule {
  readonly compiled: CompiledRule<RuleProgram>;
  readonly inputs: readonly string[];
}

/** Compiles an expression over tensors and numbers. */
export function smallRule(
  inputs: readonly string[],
  expression: KernelExpression,
  scalars: readonly string[] = [],
): SmallRule {
  return { compiled: compileRule({ inputs, scalars, definitions: [], outputs: [['out', expression]] }), inputs };
}

const mostAxes = 8;
const storages: Readonly<Record<'float32' | 'bool' | 'int32', ElementType>> = {
  float32: 'float',
  bool: 'byte',
  int32: 'int',
};

/** Evaluates a rule over broadcast inputs into a new tensor; undefined when the layout has too many axes. */
export function runRule(
  backend: NtCpuBackend,
  rule: SmallRule,
  tensors: readonly TensorInfo[],
  shape: readonly number[],
  {
    dtype = 'float32',
    scalars = {},
  }: { dtype?: 'float32' | 'bool' | 'int32'; scalars?: Readonly<Record<string, number>> } = {},
): TensorInfo | undefined {
  const { sizes, strides } = broadcastLayout(
    shape,
    tensors.map((tensor) => tensor.shape),
  );
  if (sizes.length > mostAxes) return undefined;
  const offsets = tensors.map((tensor) => backend.offsetOf(tensor));
  const storage = storages[dtype];
  const out = backend.allocate(shape, dtype, storage);
  backend.kernels.rule({
    program: rule.compiled.program,
    count: util.sizeFromShape(out.shape),
    sizes,
    constants: rule.compiled.uniform(scalars),
    inputs: tensors.map((tensor, i) => ({
      offset: offsets[i]!,
      type: backend.storageOf(tensor)!,
      strides: strides[i],
    })),
    outputs: [{ offset: backend.offsetOf(out), type: storage }],
  });
  return out;
}
