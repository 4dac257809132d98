import { uniformValues } from '../../random/uniform-values.ts';
import type {
  ConformanceInput,
  ConformanceMember,
  ErrorsCase,
  GradientsCase,
  MemoryCase,
  ValuesCase,
} from '../conformance-case.ts';

/** Random values in [low, high), rounded to float32. */
export function uniform(shape: readonly number[], seed: number, low = -1, high = 1): ConformanceInput {
  const count = shape.reduce((a, b) => a * b, 1);
  const values = Array.from(uniformValues(count, { seed, counter: 0 }), (u) => Math.fround(low + (high - low) * u));
  return { shape, values };
}

/** Values written down; the shape is that of a vector when left out. */
export function given(values: readonly number[], shape: readonly number[] = [values.length]): ConformanceInput {
  return { shape, values: values.map(Math.fround) };
}

const unique = (members: readonly ConformanceMember[]): ConformanceMember[] => [...new Set(members)];
const tensorIf = (inputs: readonly ConformanceInput[]): ConformanceMember[] => (inputs.length > 0 ? ['tensor'] : []);

/** A values case; `tensor` is added to the members when there are inputs. */
export function valuesCase(
  name: string,
  members: readonly ConformanceMember[],
  inputs: readonly ConformanceInput[],
  compute: ValuesCase['compute'],
  rest: Pick<ValuesCase, 'expected' | 'slack'> = {},
): ValuesCase {
  return { kind: 'values', name, members: unique([...tensorIf(inputs), ...members]), inputs, compute, ...rest };
}

/** A gradients case; what the runner needs is added to the members. */
export function gradientsCase(
  name: string,
  members: readonly ConformanceMember[],
  inputs: readonly ConformanceInput[],
  compute: GradientsCase['compute'],
  rest: Partial<Pick<GradientsCase, 'constants' | 'expected' | 'slack'>> = {},
): GradientsCase {
  const own: ConformanceMember[] = ['tensor', 'variable', 'variableGrads', 'sum'];
  if (!rest.expected) own.push('mul');
  const { constants = [], ...others } = rest;
  const base = { name: `${name}, gradient`, members: unique([...own, ...members]), inputs, constants, compute };
  return { kind: 'gradients', ...base, ...others };
}

/** A memory case; `memory` is added to the members, and `tensor` when there are inputs. */
export function memoryCase(
  name: string,
  members: readonly ConformanceMember[],
  inputs: readonly ConformanceInput[],
  run: MemoryCase['run'],
): MemoryCase {
  return { kind: 'memory', name, members: unique(['memory', ...tensorIf(inputs), ...members]), inputs, run };
}

/** An errors case; `tensor` is added to the members when there are inputs. */
export function errorsCase(
  name: string,
  members: readonly ConformanceMember[],
  inputs: readonly ConformanceInput[],
  provoke: ErrorsCase['provoke'],
  code?: ErrorsCase['code'],
): ErrorsCase {
  const base = { name, members: unique([...tensorIf(inputs), ...members]), inputs, provoke };
  return { kind: 'errors', ...base, ...(code === undefined ? {} : { code }) };
}
