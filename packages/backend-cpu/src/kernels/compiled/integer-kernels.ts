import { type IntegerKernels, integerOperations, integerReductions } from '../indexed-and-integer-calls.ts';
import { type CommandWriter, operations } from './command.ts';
import type { ChunkCount } from './indexed-kernels.ts';

const maxRank = 8;
const mostInputs = 3;
/** Elements that integer.c works on at a time. */
const tile = 512;

/** Writes the commands of integer.c. */
export function integerKernels(command: CommandWriter, chunks: ChunkCount): IntegerKernels {
  return {
    apply({ operation, count, sizes, inputs, out, outByte }) {
      const work = count * inputs.length;
      command.begin(operations.integer, chunks(Math.ceil(count / tile), work), work);
      command.words(integerOperations.indexOf(operation), count, sizes.length, inputs.length);
      command.padded(sizes, maxRank, 1);
      for (let i = 0; i < mostInputs; i++) {
        const { offset = 0, byte = false, strides = [] } = inputs[i] ?? {};
        command.words(offset, byte ? 1 : 0);
        command.padded(strides, maxRank, 0);
      }
      command.words(out, outByte ? 1 : 0);
      command.submit();
    },
    reduce({ source, sourceByte, destination, destinationByte, outer, count, inner, kind }) {
      const work = outer * count * inner;
      command.begin(operations.integerReduce, chunks(outer * inner, work), work);
      command.words(source, sourceByte ? 1 : 0, destination, destinationByte ? 1 : 0, outer, count, inner);
      command.words(integerReductions.indexOf(kind));
      command.submit();
    },
  };
}
