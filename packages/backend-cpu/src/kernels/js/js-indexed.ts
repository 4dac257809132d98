import type { Heap } from '../../heap/heap.ts';
import type { IndexedKernels } from '../indexed-and-integer-calls.ts';

/** Kernels of indices and running sums in plain loops. */
export function jsIndexed(heap: Heap): IndexedKernels {
  return {
    gather({ source, indices, destination, outer, size, slice, count }) {
      const { words, ints } = heap;
      let to = destination / 4;
      for (let i = 0; i < outer; i++) {
        for (let k = 0; k < count; k++, to += slice) {
          const from = source / 4 + (i * size + ints[indices / 4 + k]!) * slice;
          words.copyWithin(to, from, from + slice);
        }
      }
    },
    segmentSum({ source, ids, destination, rows, width, segments }) {
      const { floats, ints } = heap;
      floats.fill(0, destination / 4, destination / 4 + segments * width);
      for (let row = 0; row < rows; row++) {
        const id = ints[ids / 4 + row]!;
        if (id < 0 || id >= segments) continue;
        const [from, to] = [source / 4 + row * width, destination / 4 + id * width];
        for (let i = 0; i < width; i++) floats[to + i] = floats[to + i]! + floats[from + i]!;
      }
    },
    arg({ source, destination, outer, count, inner, smallest, integers }) {
      const values = integers ? heap.ints : heap.floats;
      for (let line = 0; line < outer * inner; line++) {
        const start = source / 4 + firstOf(line, count, inner);
        let best = 0;
        for (let i = 1; i < count; i++) {
          const [value, leader] = [values[start + i * inner]!, values[start + best * inner]!];
          if (smallest ? value < leader : value > leader) best = i;
        }
        heap.ints[destination / 4 + line] = best;
      }
    },
    scan({ source, destination, outer, count, inner, product, exclusive, reverse }) {
      const { floats } = heap;
      for (let line = 0; line < outer * inner; line++) {
        const start = firstOf(line, count, inner);
        let total = product ? 1 : 0;
        for (let i = 0; i < count; i++) {
          const at = start + (reverse ? count - 1 - i : i) * inner;
          const value = floats[source / 4 + at]!;
          if (exclusive) floats[destination / 4 + at] = total;
          total = product ? total * value : total + value;
          if (!exclusive) floats[destination / 4 + at] = total;
        }
      }
    },
  };
}

/** Where a line of [outer, count, inner] begins. */
const firstOf = (line: number, count: number, inner: number): number =>
  Math.floor(line / inner) * count * inner + (line % inner);
