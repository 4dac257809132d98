import type { Tensor } from '@nt/tensor';

/** Tensors taken out of plain objects and arrays, and the way back. */
export interface Apart<T extends Tensor, I> {
  readonly tensors: readonly T[];
  /** Everything that is no tensor, and where the tensors were. */
  readonly key: string;
  rebuild(tensors: readonly T[]): I;
}

/** Undefined for what holds anything but tensors, plain objects, arrays and JSON's values. */
export function takeApart<T extends Tensor, I>(inputs: I): Apart<T, I> | undefined {
  const tensors: T[] = [];
  try {
    const key = JSON.stringify(mapTensors(inputs, (tensor) => `tensor ${tensors.push(tensor as T)}`));
    const rebuild = (others: readonly T[]): I => {
      let next = 0;
      return mapTensors(inputs, () => others[next++]!) as I;
    };
    return { tensors, key, rebuild };
  } catch {
    return undefined;
  }
}

function mapTensors(value: unknown, replace: (tensor: Tensor) => unknown): unknown {
  if (isTensor(value)) return replace(value);
  if (Array.isArray(value)) return value.map((item) => mapTensors(item, replace));
  if (value === null || value === undefined || ['string', 'boolean'].includes(typeof value)) return value;
  if (typeof value === 'number') return told(value);
  if (Object.getPrototypeOf(value) !== Object.prototype) throw new TypeError('not plain');
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapTensors(item, replace)]));
}

/** JSON takes these for other numbers, and another number is another key. */
function told(value: number): number {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  throw new TypeError('not plain');
}

const isTensor = (value: unknown): value is Tensor =>
  Array.isArray((value as Tensor | null)?.shape) && typeof (value as Tensor).data === 'function';
