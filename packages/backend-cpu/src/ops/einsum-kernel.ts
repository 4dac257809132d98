import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { allFloat, type KernelOverride, type KernelTable } from '../engine/kernel-call.ts';
import { multiply } from './mat-mul-kernels.ts';
import { permute } from './permute.ts';

/** Which axis stands for what, in the order of each operand. */
interface Equation {
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly out: readonly string[];
}

/** Two operands, each letter once in each, and none that is only summed over within one; undefined for others. */
function parse(text: string): Equation | undefined {
  const match = /^([a-z]*),([a-z]*)->([a-z]*)$/i.exec(text.replace(/\s/g, ''));
  if (!match) return undefined;
  const [a, b, out] = match.slice(1).map((letters) => [...letters]) as [string[], string[], string[]];
  const once = [a, b, out].every((letters) => new Set(letters).size === letters.length);
  const used = [...a, ...b].every((letter) => out.includes(letter) || (a.includes(letter) && b.includes(letter)));
  const known = out.every((letter) => a.includes(letter) || b.includes(letter));
  return once && used && known ? { a, b, out } : undefined;
}

/** As one product of batches of matrices, between transpositions. */
const einsum: KernelOverride = ({ backend, inputs, attributes }) => {
  const [x, y, ...others] = Object.values(inputs);
  const equation = parse(attributes['equation'] as string);
  if (!x || !y || others.length > 0 || !equation || !allFloat(backend, x, y)) return undefined;
  const { a, b, out } = equation;
  const sizes = new Map<string, number>();
  if (a.length !== x.shape.length || b.length !== y.shape.length) return undefined;
  for (const [letters, { shape }] of [
    [a, x],
    [b, y],
  ] as const)
    for (const [axis, letter] of letters.entries()) {
      if ((sizes.get(letter) ?? shape[axis]) !== shape[axis]) return undefined;
      sizes.set(letter, shape[axis]!);
    }
  const batch = out.filter((letter) => a.includes(letter) && b.includes(letter));
  const summed = a.filter((letter) => b.includes(letter) && !out.includes(letter));
  const rows = a.filter((letter) => !b.includes(letter));
  const columns = b.filter((letter) => !a.includes(letter));
  const size = (letters: readonly string[]): number => util.sizeFromShape(letters.map((letter) => sizes.get(letter)!));
  if (size([...sizes.keys()]) === 0) return undefined;
  const arrange = (tensor: TensorInfo, letters: readonly string[], order: readonly string[]): TensorInfo | undefined =>
    permute(
      backend,
      tensor,
      order.map((letter) => letters.indexOf(letter)),
    );
  const left = arrange(x, a, [...batch, ...rows, ...summed]);
  const right = arrange(y, b, [...batch, ...summed, ...columns]);
  if (!left || !right) return undefined;
  const product = multiply(backend, {
    a: { ...left, shape: [size(batch), size(rows), size(summed)] },
    b: { ...right, shape: [size(batch), size(summed), size(columns)] },
  });
  const order = [...batch, ...rows, ...columns];
  const result = arrange({ ...product, shape: order.map((letter) => sizes.get(letter)!) }, order, out);
  for (const tensor of [left, right, product]) backend.disposeIntermediateTensorInfo(tensor);
  return result;
};

export const einsumKernels: KernelTable = { Einsum: einsum };
