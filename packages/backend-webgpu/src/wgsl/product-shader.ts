import type { Activation } from '@nt/tensor';
import type { Half } from '../engine/half-products.ts';
import { activationCode, derivativeCode } from './activation-code.ts';
import { halfCode } from './half-code.ts';
import { type ShaderBuffer, shader, threads } from './shader.ts';
import { specialValues } from './special-values.ts';

/** Which product: everything here is another shader. */
export interface ProductKind {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** Adds a vector to each row. */
  readonly bias: boolean;
  /** Applied to the sums. */
  readonly activation: Activation;
  /** Multiplies the sums by the derivative of this activation, whose outputs are given; `linear` is none. */
  readonly through: Activation;
  /** Also gives the sums over the rows of B, which is not transposed. */
  readonly columnSums: boolean;
  /** Rows and columns of a workgroup's part of the result. */
  readonly tile: ProductTile;
  /** Rounds A and B to float16; their products, which float32 holds exactly, are added in float32. */
  readonly half: Half | undefined;
  /** What lies in memory as float16, or is rounded as if it did. */
  readonly narrow: Narrow;
}

/** Which tensors of a product are float16. */
export interface Narrow {
  readonly a: boolean;
  readonly b: boolean;
  readonly outputs: boolean;
  readonly result: boolean;
}

/** 64 reads less, 32 keeps more of a device busy with a small result. */
export type ProductTile = 32 | 64;

/** Steps of the inner dimension that lie in a workgroup's memory. */
const depth = 16;

/** Threads of a workgroup are a square. */
const side = 16;

/** Another text, another shader. */
export const productName = (kind: ProductKind): string => `product ${JSON.stringify(kind)}`;

/**
 * `activation(A · B + bias)`, tile by tile, for equal batches of matrices; each element is summed in order of the inner
 * dimension by one thread, whatever the tile.
 *
 * Parameters: workgroups; rows, columns and inner length; elements from one A to the next and from one B to the next.
 */
export function productShader(kind: ProductKind): string {
  const { bias, through, columnSums, tile, half, narrow } = kind;
  const isF16 = half === 'f16';
  const typeOf = (isNarrow: boolean): 'f16' | 'f32' => (isF16 && isNarrow ? 'f16' : 'f32');
  const isThrough = through !== 'linear';
  const buffers: ShaderBuffer[] = [
    { name: 'a', type: typeOf(narrow.a), access: 'read' },
    { name: 'b', type: typeOf(narrow.b), access: 'read' },
    ...(bias ? [{ name: 'bias', type: 'f32', access: 'read' } as const] : []),
    ...(isThrough ? [{ name: 'outputs', type: typeOf(narrow.outputs), access: 'read' } as const] : []),
    { name: 'result', type: typeOf(narrow.result), access: 'read_write' },
    ...(columnSums ? [{ name: 'sums', type: 'f32', access: 'read_write' } as const] : []),
  ];
  const each = tile / side;
  const stored = (value: string): string => (half && narrow.result ? `toHalf(${value})` : value);
  const inTile = isF16 ? 'f16' : 'f32';
  const declarations = `${specialValues}${half ? halfCode[half] : ''}
var<workgroup> tileA: array<${inTile}, ${tile * depth}>;
var<workgroup> tileB: array<${inTile}, ${tile * depth}>;
fn activated(x: f32) -> f32 { return ${activationCode[kind.activation]}; }
fn derived(x: f32, y: f32) -> f32 { return ${derivativeCode[through]}; }`;
  const body = `  if (group >= parameters[0]) { return; }
  let rows = parameters[1];
  let columns = parameters[2];
  let inner = parameters[3];
  let tilesAcross = (columns + ${tile - 1}u) / ${tile}u;
  let tilesDown = (rows + ${tile - 1}u) / ${tile}u;
  let matrix = group / (tilesAcross * tilesDown);
  let place = group % (tilesAcross * tilesDown);
  let firstRow = (place / tilesAcross) * ${tile}u;
  let firstColumn = (place % tilesAcross) * ${tile}u;
  let startA = matrix * parameters[4];
  let startB = matrix * parameters[5];
  let row = (lane / ${side}u) * ${each}u;
  let column = (lane % ${side}u) * ${each}u;
  var sum: array<f32, ${each * each}>;
  ${columnSums ? `var columnSum: array<f32, ${each}>;` : ''}
  for (var start = 0u; start < inner; start = start + ${depth}u) {
${load('A', kind.transposeA, kind)}
${load('B', !kind.transposeB, kind)}
    workgroupBarrier();
    for (var k = 0u; k < ${depth}u; k++) {
${multiply(each, kind)}
    }
    workgroupBarrier();
  }
  for (var i = 0u; i < ${each}u; i++) {
    for (var j = 0u; j < ${each}u; j++) {
      let r = firstRow + row + i;
      let c = firstColumn + column + j;
      if (r >= rows || c >= columns) { continue; }
      let at = (matrix * rows + r) * columns + c;
      let total = sum[i * ${each}u + j]${bias ? ' + bias[c]' : ''};
      result[at] = ${stored(isThrough ? `derived(activated(total), ${wide(isF16, 'outputs[at]')})` : 'activated(total)')};
    }
  }
${columnSums ? writeSums(each) : ''}`;
  return shader(buffers, body, { declarations });
}

/** Brings a part of A or B to the workgroup's memory, inner dimension first; neighbouring threads read neighbours. */
function load(which: 'A' | 'B', innerFirst: boolean, { tile, half, narrow }: ProductKind): string {
  const [buffer, outer, first] = which === 'A' ? ['a', 'rows', 'firstRow'] : ['b', 'columns', 'firstColumn'];
  const [along, inward] = innerFirst ? [`at % ${tile}u`, `at / ${tile}u`] : [`at / ${depth}u`, `at % ${depth}u`];
  // Nothing to round in what was rounded when it was written.
  const isExact = narrow[which === 'A' ? 'a' : 'b'];
  const source = innerFirst ? `k * ${outer} + o` : `o * inner + k`;
  return `    for (var at = lane; at < ${tile * depth}u; at = at + ${threads}u) {
      let o = ${first} + ${along};
      let k = start + ${inward};
      var value = ${isExact && half === 'f16' ? 'f16(0.0)' : '0.0'};
      if (o < ${outer} && k < inner) { value = ${buffer}[start${which} + ${source}]; }
      tile${which}[(${inward}) * ${tile}u + ${along}] = ${half && !isExact ? 'toHalf(value)' : 'value'};
    }`;
}

function multiply(each: number, { tile, columnSums, half }: ProductKind): string {
  const isF16 = half === 'f16';
  const all = Array.from({ length: each }, (_, i) => i);
  const lines = [
    ...all.map((i) => `let x${i} = ${wide(isF16, `tileA[k * ${tile}u + row + ${i}u]`)};`),
    ...all.map((j) => `let y${j} = ${wide(isF16, `tileB[k * ${tile}u + column + ${j}u]`)};`),
    ...all.flatMap((i) => all.map((j) => `sum[${i * each + j}] = sum[${i * each + j}] + x${i} * y${j};`)),
    ...(columnSums ? all.map((j) => `columnSum[${j}] = columnSum[${j}] + y${j};`) : []),
  ];
  return lines.map((line) => `      ${line}`).join('\n');
}

const wide = (isF16: boolean, value: string): string => (isF16 ? `f32(${value})` : value);

/** One workgroup of each column of tiles, and in it one row of threads. */
const writeSums = (each: number): string => `  if (firstRow == 0u && row == 0u) {
    for (var j = 0u; j < ${each}u; j++) {
      let c = firstColumn + column + j;
      if (c < columns) { sums[c] = columnSum[j]; }
    }
  }`;
