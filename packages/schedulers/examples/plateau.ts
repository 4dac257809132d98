import { SchedulerError } from '@nt/schedulers';
import { reduceOnPlateau } from '@nt/schedulers/plateau';

const plateau = reduceOnPlateau({ learningRate: 0.1, factor: 0.5, patience: 1 });
for (const loss of [1, 0.9, 0.9, 0.9]) plateau.observe(loss);
console.log(plateau.learningRate(0), JSON.stringify(plateau.state()));

const resumed = reduceOnPlateau({ learningRate: 0.1, factor: 0.5, patience: 1 });
resumed.restore(JSON.parse(JSON.stringify(plateau.state())));
console.log(resumed.observe(0.9), resumed.observe(0.9));

try {
  reduceOnPlateau({ learningRate: 0.1, patence: 3 } as never);
} catch (error) {
  if (SchedulerError.isInstance(error)) console.log(error.code, error.message.slice(0, 70));
}
//> 0.05 {"learningRate":0.05,"best":0.9,"bad":0,"cooling":0}
//> 0.05 0.025
//> schedulers/unknown-option reduceOnPlateau: expected an option to be one of patience,learningRate
