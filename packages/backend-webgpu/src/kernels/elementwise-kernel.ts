import type { ElementwiseKernelAttributes, ElementwiseRule } from '@nt/tensor';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { HeapBlock } from '../engine/device-heap.ts';
import type { KernelCall } from '../engine/kernel-call.ts';
import type { NtWebgpuBackend } from '../engine/nt-webgpu-backend.ts';
import type { BufferRange } from '../engine/tfjs-webgpu.ts';
import { withFloats } from '../engine/with-floats.ts';
import { apartShader, heapShader, tile } from '../wgsl/elementwise-shader.ts';
import { type RuleCode, ruleCode } from '../wgsl/rule-code.ts';
import { words } from '../wgsl/shader.ts';

/** A rule, ready to run with these scalars. */
interface PreparedRule {
  readonly rule: ElementwiseRule;
  /** Same text, same shader. */
  readonly name: string;
  readonly code: RuleCode;
  readonly constants: readonly number[];
  /** Scalars that are tensors. */
  readonly tensors: readonly TensorInfo[];
}

/**
 * Runs an elementwise rule: for many groups of tensors in one pass over the heap, where all inputs lie there or are
 * moved to, and outputs take over the memory of donated inputs that nobody else holds; else group by group.
 */
export function elementwiseKernel({ backend, inputs, attributes }: KernelCall): TensorInfo[] {
  const { rule, donate, groups } = attributes as unknown as ElementwiseKernelAttributes;
  return withFloats(backend, Object.values(inputs), (floats) => {
    const given = Object.fromEntries(Object.keys(inputs).map((name, i) => [name, floats[i]!]));
    const prepared = prepare(given, attributes as unknown as ElementwiseKernelAttributes);
    const width = rule.inputs.length;
    const all = Array.from({ length: groups }, (_, i) => rule.inputs.map((_name, k) => given[i * width + k]!));
    if (wantsHeap(backend, all, prepared)) {
      const outputs = runInHeap(backend, all, prepared, donate);
      if (outputs) return outputs;
    }
    return all.flatMap((tensors) => runApart(backend, tensors, prepared));
  });
}

function prepare(
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

/** Several groups, a rule with more tensors than a shader can bind, and what lies in the heap already. */
function wantsHeap(
  backend: NtWebgpuBackend,
  groups: readonly (readonly TensorInfo[])[],
  { rule, tensors }: PreparedRule,
): boolean {
  const bound = 1 + rule.inputs.length + rule.outputs.length + tensors.length;
  const isTooMany = bound > backend.device.limits['maxStorageBuffersPerShaderStage']!;
  return groups.length > 1 || isTooMany || groups.flat().some((tensor) => backend.blockOf(tensor));
}

/** Undefined when the heap cannot hold them all. */
function runInHeap(
  backend: NtWebgpuBackend,
  groups: readonly (readonly TensorInfo[])[],
  { rule, name, code, constants, tensors }: PreparedRule,
  donate: readonly string[],
): TensorInfo[] | undefined {
  const counts = groups.map(([first]) => (first ? util.sizeFromShape(first.shape) : 1));
  const outputs: TensorInfo[] = [];
  const rows: number[] = [];
  const uses = countUses(groups);
  const aliases = chooseAliases(rule, donate);
  let tiles = 0;
  for (const [i, inputs] of groups.entries()) {
    const places = counts[i] === 0 ? [] : inputs.map((tensor) => backend.moveToHeap(tensor));
    const own = rule.outputs.map((_, k) => output(backend, inputs, uses, aliases[k]));
    outputs.push(...own);
    if (counts[i] === 0) continue;
    const blocks = [...places, ...own.map((tensor) => backend.blockOf(tensor))];
    if (blocks.includes(undefined)) {
      for (const { dataId } of outputs) backend.disposeData(dataId);
      return undefined;
    }
    rows.push(tiles, counts[i]!, ...(blocks as HeapBlock[]).map(({ offset }) => offset / 4));
    tiles += Math.ceil(counts[i]! / tile);
  }
  if (tiles === 0) return outputs;
  const sizes = { inputs: rule.inputs.length, outputs: rule.outputs.length, scalars: tensors.length };
  const parameters = new Uint32Array(1 + constants.length + rows.length);
  parameters[0] = rows.length / (2 + sizes.inputs + sizes.outputs);
  new Float32Array(parameters.buffer).set(constants, 1);
  parameters.set(rows, 1 + constants.length);
  const scalars = tensors.map((tensor) => outsideHeap(backend, tensor));
  backend.programs.run({
    name: `elementwise heap ${name}`,
    code: () => heapShader(code, sizes),
    parameters: parameters.buffer,
    bindings: [{ buffer: backend.heap.buffer }, ...scalars],
    workgroups: tiles,
  });
  return outputs;
}

/** A shader that writes the heap may not have it under a second binding. */
function outsideHeap(backend: NtWebgpuBackend, scalar: TensorInfo): BufferRange {
  const range = backend.rangeOf(scalar);
  if (!backend.blockOf(scalar)) return range;
  const own = backend.programs.scratch(4);
  backend.copy(range, own, 4);
  return own;
}

/** How often each tensor's data is an input of the call. */
function countUses(groups: readonly (readonly TensorInfo[])[]): ReadonlyMap<object, number> {
  const uses = new Map<object, number>();
  for (const { dataId } of groups.flat()) uses.set(dataId, (uses.get(dataId) ?? 0) + 1);
  return uses;
}

/** An output takes the donated input of its own name, or else one that no output has taken. */
function chooseAliases(rule: ElementwiseRule, donate: readonly string[]): (number | undefined)[] {
  const names = rule.outputs.map(([name]) => name);
  const spare = donate.filter((name) => !names.includes(name));
  return names.map((name) => {
    const donor = donate.includes(name) ? name : spare.shift();
    return donor === undefined ? undefined : rule.inputs.indexOf(donor);
  });
}

function output(
  backend: NtWebgpuBackend,
  inputs: readonly TensorInfo[],
  uses: ReadonlyMap<object, number>,
  alias: number | undefined,
): TensorInfo {
  const donor = alias === undefined ? undefined : inputs[alias]!;
  const mayTake =
    donor && backend.blockOf(donor) && backend.refCount(donor.dataId) === 1 && uses.get(donor.dataId) === 1;
  return mayTake ? backend.takeOver(donor) : backend.allocate(inputs[0]?.shape ?? [], 'heap');
}

/** One group, each tensor bound by itself; outputs get memory of their own. */
function runApart(
  backend: NtWebgpuBackend,
  inputs: readonly TensorInfo[],
  { rule, name, code, constants, tensors }: PreparedRule,
): TensorInfo[] {
  const shape = inputs[0]?.shape ?? [];
  const count = util.sizeFromShape(shape);
  const outputs = rule.outputs.map(() => backend.allocate(shape));
  if (count === 0) return outputs;
  const sizes = { inputs: inputs.length, outputs: outputs.length, scalars: tensors.length };
  backend.programs.run({
    name: `elementwise ${name}`,
    code: () => apartShader(code, sizes),
    parameters: words([count], constants),
    bindings: [...inputs, ...outputs, ...tensors].map((tensor) => backend.rangeOf(tensor)),
    workgroups: Math.ceil(count / tile),
  });
  return outputs;
}
