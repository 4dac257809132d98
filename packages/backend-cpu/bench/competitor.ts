// The benchmark's network on one engine of tfjs, in a process of its own.
// Arguments: `train`, `captured` (recorded updates) or `inference`, engine (see engine-under-test.ts), threads, batch, width.
import { answerCannot, answerLines } from './answer-lines.ts';
import { createEngine } from './engine-under-test.ts';
import { createTraining } from './network.ts';

const [what, engine, threads, batch, width] = process.argv.slice(2) as [string, string, string, string, string];

try {
  const backend = await createEngine(engine, Number(threads));
  const training = createTraining(backend, {
    batch: Number(batch),
    width: Number(width),
    isCaptured: what === 'captured',
  });
  const losses: number[] = [];
  if (what !== 'inference') for (let i = 0; i < 3; i++) losses.push(await training.update());
  const { kernelSet } = await backend.describe();
  const step = what !== 'inference' ? () => training.updateOnly() : () => training.forecastOnly();
  answerLines({ kernelSet, parameters: training.parameters, losses }, step);
} catch (error) {
  answerCannot(error);
}
