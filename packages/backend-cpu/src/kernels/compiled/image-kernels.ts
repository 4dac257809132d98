import type { DepthwiseCall, ImageKernels, WindowCall } from '../kernels.ts';
import { type CommandWriter, operations } from './command.ts';
import type { ChunkCount } from './indexed-kernels.ts';

/** Writes the commands of image.c and depthwise.c. */
export function imageKernels(command: CommandWriter, chunks: ChunkCount): ImageKernels {
  const window = (operation: number) => (call: WindowCall) => {
    const work = windowWork(call);
    command.begin(operation, chunks(call.sizes.batch, work), work);
    writeWindow(command, call);
    command.submit();
  };
  return {
    im2col: window(operations.im2col),
    col2im: window(operations.col2im),
    pool2d: window(operations.pool2d),
    pool2dGrad: window(operations.pool2dGrad),
    depthwise: (result: 'y' | 'x' | 'filter', call: DepthwiseCall) => {
      const { batch, outHeight, height, windowHeight, windowWidth } = call.sizes;
      const units = { y: batch * outHeight, x: batch * height, filter: windowHeight * windowWidth }[result];
      const operation = { y: 'depthwise', x: 'depthwiseInput', filter: 'depthwiseFilter' } as const;
      const work = windowWork(call) * call.multiplier;
      command.begin(operations[operation[result]], chunks(units, work), work);
      writeWindow(command, call);
      command.words(call.filter, call.multiplier);
      command.submit();
    },
  };
}

function writeWindow(command: CommandWriter, { x, y, dy = 0, average = false, sizes }: WindowCall): void {
  const { batch, height, width, channels, outHeight, outWidth, windowHeight, windowWidth } = sizes;
  command.words(x, y, dy, batch, height, width, channels, outHeight, outWidth, windowHeight, windowWidth);
  command.words(sizes.strideHeight, sizes.strideWidth, sizes.dilationHeight, sizes.dilationWidth);
  command.words(sizes.padTop, sizes.padLeft, average ? 1 : 0);
}

function windowWork({ sizes }: WindowCall): number {
  const { batch, outHeight, outWidth, windowHeight, windowWidth, channels } = sizes;
  return batch * outHeight * outWidth * windowHeight * windowWidth * channels;
}
