import type { IndexedKernels } from '../indexed-and-integer-calls.ts';
import { type CommandWriter, operations } from './command.ts';

/** Into how many parts to cut so many units that are so much work together. */
export type ChunkCount = (units: number, work: number) => number;

/** Columns that one part of a segment sum has at least: a cache line. */
const fewestColumns = 16;

/** Writes the commands of gather.c and scan.c. */
export function indexedKernels(command: CommandWriter, chunks: ChunkCount): IndexedKernels {
  return {
    gather({ source, indices, destination, outer, size, slice, count }) {
      const work = outer * count * slice;
      command.begin(operations.gather, chunks(outer * count, work), work);
      command.words(source, indices, destination, outer, size, slice, count);
      command.submit();
    },
    segmentSum({ source, ids, destination, rows, width, segments }) {
      const work = (rows + segments) * width;
      command.begin(operations.segmentSum, chunks(Math.ceil(width / fewestColumns), work), work);
      command.words(source, ids, destination, rows, width, segments);
      command.submit();
    },
    arg({ source, destination, outer, count, inner, smallest, integers }) {
      const work = outer * count * inner;
      command.begin(operations.arg, chunks(outer * inner, work), work);
      command.words(source, destination, outer, count, inner, smallest ? 1 : 0, integers ? 1 : 0);
      command.submit();
    },
    scan({ source, destination, outer, count, inner, product, exclusive, reverse }) {
      const work = outer * count * inner;
      command.begin(operations.scan, chunks(outer * inner, work), work);
      command.words(source, destination, outer, count, inner, product ? 1 : 0, exclusive ? 1 : 0, reverse ? 1 : 0);
      command.submit();
    },
  };
}
