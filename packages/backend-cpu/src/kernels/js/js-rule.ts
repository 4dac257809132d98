import type { Heap } from '../../heap/heap.ts';
import { evaluateUniform } from '../../rules/evaluate-uniform.ts';
import type { ElementType, RuleCall, RuleInput } from '../rule-call.ts';
import { walkStrides } from './walk-strides.ts';

/** Interprets an elementwise program instruction by instruction on whole arrays, in double precision. */
export function jsRule(heap: Heap, call: RuleCall): void {
  const { program, count } = call;
  const registers: Float64Array[] = call.inputs.map((input) => readInput(heap, call, input));
  for (const value of call.constants) registers.push(new Float64Array(count).fill(value));
  while (registers.length < program.inputs + program.constants + program.temporaries + program.outputs) {
    registers.push(new Float64Array(count));
  }
  for (const { operation, result, a, b, c } of program.steps) {
    const [to, x, y, z] = [registers[result]!, registers[a]!, registers[b]!, registers[c]!];
    for (let i = 0; i < count; i++) to[i] = evaluateUniform(operation, [x[i]!, y[i]!, z[i]!]);
  }
  const firstOutput = registers.length - program.outputs;
  call.outputs.forEach(({ offset, type }, i) => {
    const values = registers[firstOutput + i]!;
    const to = elements(heap, type);
    const start = type === 'byte' ? offset : offset / 4;
    for (let j = 0; j < count; j++) to[start + j] = type === 'byte' ? Number(values[j] !== 0) : values[j]!;
  });
}

function elements(heap: Heap, type: ElementType): Float32Array | Uint8Array | Int32Array {
  return type === 'float' ? heap.floats : type === 'byte' ? heap.bytes : heap.ints;
}

function readInput(heap: Heap, call: RuleCall, { offset, type, strides }: RuleInput): Float64Array {
  const from = elements(heap, type);
  const start = type === 'byte' ? offset : offset / 4;
  const values = new Float64Array(call.count);
  if (!strides) {
    for (let i = 0; i < call.count; i++) values[i] = from[start + i]!;
    return values;
  }
  let to = 0;
  walkStrides(call.sizes, strides, strides, (at) => {
    values[to++] = from[start + at]!;
  });
  return values;
}
