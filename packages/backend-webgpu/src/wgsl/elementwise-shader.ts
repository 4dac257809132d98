import type { RuleCode } from './rule-code.ts';
import { type ShaderBuffer, shader, threads } from './shader.ts';
import { specialValues } from './special-values.ts';

/** Elements that a thread computes. */
const perThread = 4;

/** Elements that a workgroup computes. */
export const tile: number = threads * perThread;

interface Counts {
  readonly inputs: number;
  readonly outputs: number;
  readonly scalars: number;
}

const scalarBuffers = (count: number): ShaderBuffer[] =>
  Array.from({ length: count }, (_, i) => ({ name: `tensor${i}`, type: 'f32', access: 'read' }));

const scalarLines = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `  let scalar${i} = tensor${i}[0];`);

const constantLines = (count: number, first: number): string[] =>
  Array.from({ length: count }, (_, i) => `  let constant${i} = number(${first + i}u);`);

function loop(reads: readonly string[], { statements }: RuleCode, writes: readonly string[]): string {
  return `  for (var step = 0u; step < ${perThread}u; step++) {
    let i = first + step * ${threads}u + lane;
    if (i >= count) { return; }
${reads.map((line) => `    ${line}`).join('\n')}
${statements}
${writes.map((line) => `    ${line}`).join('\n')}
  }`;
}

/**
 * A rule over one group of tensors, each bound by itself.
 *
 * Parameters: the number of elements, then constants.
 */
export function apartShader(code: RuleCode, { inputs, outputs, scalars }: Counts): string {
  const buffers: ShaderBuffer[] = [
    ...Array.from({ length: inputs }, (_, i) => ({ name: `x${i}`, type: 'f32', access: 'read' }) as const),
    ...Array.from({ length: outputs }, (_, i) => ({ name: `y${i}`, type: 'f32', access: 'read_write' }) as const),
    ...scalarBuffers(scalars),
  ];
  const reads = Array.from({ length: inputs }, (_, i) => `let in${i} = x${i}[i];`);
  const writes = Array.from({ length: outputs }, (_, i) => `y${i}[i] = out${i};`);
  // Each buffer must be used, or it is no part of the layout.
  const uses = buffers.map(({ name }) => `  _ = ${name}[0];`);
  const body = [
    '  let count = parameters[0];',
    `  let first = group * ${tile}u;`,
    ...uses,
    ...constantLines(code.constantCount, 1),
    ...scalarLines(scalars),
    loop(reads, code, writes),
  ];
  return shader(buffers, body.join('\n'), { declarations: specialValues });
}

/**
 * A rule over many groups of tensors that all lie in one buffer.
 *
 * Parameters: the number of groups; constants; then for each group its first tile, its number of elements and, in
 * elements from the start of the buffer, where each input and output begins.
 */
export function heapShader(code: RuleCode, { inputs, outputs, scalars }: Counts): string {
  const row = 2 + inputs + outputs;
  const place = (which: number): string => `parameters[entry + ${2 + which}u]`;
  const reads = Array.from({ length: inputs }, (_, i) => `let in${i} = heap[${place(i)} + i];`);
  const writes = Array.from({ length: outputs }, (_, i) => `heap[${place(inputs + i)} + i] = out${i};`);
  const body = [
    '  let groups = parameters[0];',
    ...constantLines(code.constantCount, 1),
    ...scalarLines(scalars),
    searchGroup(1 + code.constantCount, row),
    '  let count = parameters[entry + 1u];',
    `  let first = (group - parameters[entry]) * ${tile}u;`,
    loop(reads, code, writes),
  ];
  const buffers: ShaderBuffer[] = [{ name: 'heap', type: 'f32', access: 'read_write' }, ...scalarBuffers(scalars)];
  return shader(buffers, body.join('\n'), { declarations: specialValues });
}

/** Sets `entry` to the row of the last group whose first tile is not behind this workgroup's. */
export const searchGroup = (firstRow: number, row: number): string => `
  var low = 0u;
  var high = groups;
  while (high - low > 1u) {
    let middle = (low + high) / 2u;
    if (parameters[${firstRow}u + middle * ${row}u] <= group) { low = middle; } else { high = middle; }
  }
  let entry = ${firstRow}u + low * ${row}u;`;
