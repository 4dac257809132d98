import '@tensorflow/tfjs-backend-cpu';
import { getKernelsForBackend, type KernelFunc, registerKernel, unregisterKernel, util } from '@tensorflow/tfjs-core';

/** A call of a stock kernel: its name and the elements of its largest input or output. */
export interface StockKernelCall {
  readonly kernel: string;
  readonly elements: number;
}

/**
 * Notes every call of a kernel that an engine has inherited from tfjs's stock `cpu` engine, whose loops are plain
 * JavaScript. To be called before that engine is made: it inherits what is registered then.
 *
 * @returns the calls so far; emptied by the test
 */
export function watchStockKernels(): StockKernelCall[] {
  const calls: StockKernelCall[] = [];
  for (const stock of getKernelsForBackend('cpu')) {
    const kernelFunc: KernelFunc = (call) => {
      const result = stock.kernelFunc(call);
      const inputs = Object.values(call.inputs).filter((input) => input !== undefined);
      const outputs = [result].flat();
      // Identity, Reshape and casts without loss hand their input's memory on under another name.
      const isView = inputs.some((input) => outputs.some((output) => input.dataId === output.dataId));
      const elements = Math.max(0, ...[...inputs, ...outputs].map(({ shape }) => util.sizeFromShape(shape)));
      if (!isView) calls.push({ kernel: stock.kernelName, elements });
      return result;
    };
    unregisterKernel(stock.kernelName, 'cpu');
    registerKernel({ ...stock, kernelFunc });
  }
  return calls;
}
