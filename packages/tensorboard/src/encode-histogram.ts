import { doubleField, doublesField, type Field } from './protobuf.ts';
import { TensorboardError } from './tensorboard-error.ts';

/**
 * A `HistogramProto`: the range of the values, their count, sum and sum of squares, and their number in each of
 * `buckets` parts of equal width; one part when all values are equal.
 *
 * A value on a border belongs to the part above it, the largest value to the last part.
 */
export function encodeHistogram(tag: string, values: ArrayLike<number>, buckets: number): readonly Field[] {
  if (!Number.isSafeInteger(buckets) || buckets < 1) {
    throw new TensorboardError(
      'tensorboard/invalid-buckets',
      `histogram ${JSON.stringify(tag)}: expected buckets to be a whole number ≥ 1; found ${String(buckets)}.`,
      { tag, buckets },
    );
  }
  const { least, most, sum, squares } = summarize(tag, values);
  const width = (most - least) / buckets;
  const parts = width > 0 ? buckets : 1;
  const counts = new Array<number>(parts).fill(0);
  for (let index = 0; index < values.length; index += 1) {
    const part = parts === 1 ? 0 : Math.min(Math.floor((values[index]! - least) / width), parts - 1);
    counts[part] = counts[part]! + 1;
  }
  const limits = counts.map((_, part) => (part === parts - 1 ? most : least + width * (part + 1)));
  return [
    doubleField(1, least),
    doubleField(2, most),
    doubleField(3, values.length),
    doubleField(4, sum),
    doubleField(5, squares),
    doublesField(6, limits),
    doublesField(7, counts),
  ];
}

interface Summary {
  readonly least: number;
  readonly most: number;
  readonly sum: number;
  readonly squares: number;
}

function summarize(tag: string, values: ArrayLike<number>): Summary {
  let [least, most, sum, squares] = [Infinity, -Infinity, 0, 0];
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!;
    if (!Number.isFinite(value)) throw invalidValues(tag, `${String(value)} at index ${index}`);
    least = Math.min(least, value);
    most = Math.max(most, value);
    sum += value;
    squares += value * value;
  }
  if (values.length === 0) throw invalidValues(tag, 'no values');
  return { least, most, sum, squares };
}

function invalidValues(tag: string, found: string): TensorboardError {
  return new TensorboardError(
    'tensorboard/invalid-values',
    `histogram ${JSON.stringify(tag)}: expected at least one value, all of them finite; found ${found}. Log it as text, or leave it out.`,
    { tag },
  );
}
