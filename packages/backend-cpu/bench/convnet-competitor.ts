// The convnet of the tests on one engine, in a process of its own. A repetition is the whole program: images, model, fit.
// Arguments: engine (see engine-under-test.ts, or `tfjs-node`), threads, side, filters, count, epochs.
import { trainConvnet } from '../test/train-convnet.ts';
import { answerCannot, answerLines } from './answer-lines.ts';
import { createEngine } from './engine-under-test.ts';
import { useTfjsNode } from './use-tfjs-node.ts';

const [engine, threads, side, filters, count, epochs] = process.argv.slice(2) as [string, ...string[]];
const program = { side: Number(side), filters: Number(filters), count: Number(count), epochs: Number(epochs) };
/** The batch size of the program. */
const stepsPerEpoch = Math.ceil(program.count / 16);

try {
  const about = engine === 'tfjs-node' ? await useTfjsNode() : await useEngine();
  const losses = await trainConvnet(program);
  const repeat = async (): Promise<void> => {
    await trainConvnet(program);
  };
  answerLines({ ...about, losses }, repeat, stepsPerEpoch * program.epochs);
} catch (error) {
  answerCannot(error);
}

async function useEngine(): Promise<{ kernelSet: string }> {
  const backend = await createEngine(engine, Number(threads));
  const { kernelSet } = await backend.describe();
  return { kernelSet };
}
