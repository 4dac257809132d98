import { donorsOf, type ElementwiseKernelAttributes, type ElementwiseRule } from '@nt/tensor';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelCall } from '../engine/kernel-call.ts';
import type { NtCpuBackend } from '../engine/nt-cpu-backend.ts';
import type { RuleProgram } from '../kernels/rule-call.ts';
import { compileRule } from '../rules/compile-rule.ts';
import type { CompiledRule, KernelRule } from '../rules/kernel-rule.ts';

/** A rule with what its donations mean for it. */
interface PreparedRule {
  readonly compiled: CompiledRule<RuleProgram>;
  /** For each output the input whose memory it takes over when that is possible. */
  readonly aliases: readonly (number | undefined)[];
}

/**
 * Runs an elementwise rule in one pass for each group of inputs, all groups at the same time; outputs take over the
 * memory of donated inputs that nobody else holds.
 */
export function elementwiseKernel({ backend, inputs, attributes }: KernelCall): TensorInfo[] {
  const { rule, scalars, donate, groups, late } = attributes as unknown as ElementwiseKernelAttributes;
  const { compiled, aliases } = prepare(backend, rule, donate);
  const constants = compiled.uniform(scalarValues(backend, scalars, inputs));
  const lateConstants = backend.recordings.recorder && lateValues(backend, compiled, { scalars, late }, inputs);
  const width = rule.inputs.length;
  const all = Array.from({ length: groups }, (_, i) => rule.inputs.map((_name, k) => inputs[i * width + k]!));
  // Moving a tensor into the heap is a kernel of its own, so it comes before those that run together.
  const offsets = all.map((tensors) => tensors.map((tensor) => backend.offsetOf(tensor)));
  const uses = countUses(all);
  return backend.kernels.together(() =>
    all.flatMap((tensors, i) => {
      const shape = tensors[0]?.shape ?? [];
      const count = util.sizeFromShape(shape);
      const outputs = rule.outputs.map((_, k) => output(backend, tensors, uses, aliases[k], shape));
      if (count === 0) return outputs;
      backend.kernels.rule({
        program: compiled.program,
        count,
        sizes: [],
        constants,
        lateConstants,
        inputs: tensors.map((tensor, k) => ({ offset: offsets[i]![k]!, type: backend.storageOf(tensor)! })),
        outputs: outputs.map((tensor) => ({ offset: backend.offsetOf(tensor), type: 'float' })),
      });
      return outputs;
    }),
  );
}

/** How often each tensor's data is an input of the call. */
function countUses(groups: readonly (readonly TensorInfo[])[]): ReadonlyMap<object, number> {
  const uses = new Map<object, number>();
  for (const tensors of groups) for (const { dataId } of tensors) uses.set(dataId, (uses.get(dataId) ?? 0) + 1);
  return uses;
}

function prepare(backend: NtCpuBackend, rule: ElementwiseRule, donate: readonly string[]): PreparedRule {
  return backend.remember(rule, donate.join(), () => {
    const aliases = donorsOf(rule, donate);
    return { compiled: compileRule(rule as unknown as KernelRule, aliases), aliases };
  });
}

function output(
  backend: NtCpuBackend,
  tensors: readonly TensorInfo[],
  uses: ReadonlyMap<object, number>,
  alias: number | undefined,
  shape: readonly number[],
): TensorInfo {
  const donor = alias === undefined ? undefined : tensors[alias]!;
  const mayTake =
    donor?.dtype === 'float32' &&
    backend.storageOf(donor) === 'float' &&
    backend.refCount(donor.dataId) === 1 &&
    uses.get(donor.dataId) === 1;
  return donor && mayTake ? backend.takeOver(donor) : backend.allocate(shape);
}

function scalarValues(
  backend: NtCpuBackend,
  scalars: ElementwiseKernelAttributes['scalars'],
  inputs: KernelCall['inputs'],
): Record<string, number> {
  const value = (scalar: number | { readonly input: string }): number =>
    typeof scalar === 'number' ? scalar : backend.scalarOf(inputs[scalar.input]!);
  return Object.fromEntries(Object.entries(scalars).map(([name, scalar]) => [name, value(scalar)]));
}

/** Gives the constants of a repetition; undefined when they are always the same. */
function lateValues(
  backend: NtCpuBackend,
  compiled: PreparedRule['compiled'],
  { scalars, late }: Pick<ElementwiseKernelAttributes, 'scalars' | 'late'>,
  inputs: KernelCall['inputs'],
): (() => readonly number[]) | undefined {
  const fromTensors = Object.entries(scalars).flatMap(([name, scalar]) =>
    typeof scalar === 'number' ? [] : [[name, backend.offsetOf(inputs[scalar.input]!) / 4] as const],
  );
  if (!late && fromTensors.length === 0) return undefined;
  return backend.recordings.once(() => {
    const given = late?.() ?? {};
    const values: Record<string, number> = {};
    for (const [name, scalar] of Object.entries(scalars))
      if (typeof scalar === 'number') values[name] = (given[name] as number | undefined) ?? scalar;
    for (const [name, at] of fromTensors) values[name] = backend.heap.floats[at]!;
    return compiled.uniform(values);
  });
}
