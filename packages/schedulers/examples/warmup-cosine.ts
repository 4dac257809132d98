import { cosine, perEpoch, sample, step, warmup } from '@nt/schedulers';

// 3 updates of warm-up, then a cosine over 4; completed updates in, the next update's rate out.
const learningRate = warmup({ schedule: cosine({ learningRate: 0.1, tMax: 4 }), warmupUpdates: 3 });
console.log(
  sample(learningRate, 8)
    .map((rate) => rate.toFixed(3))
    .join(' '),
);

// Options count updates; perEpoch makes them count epochs.
const halving = perEpoch(step({ learningRate: 0.1, stepSize: 1, gamma: 0.5 }), 3);
console.log(sample(halving, 8).join(' '));
//> 0.000 0.033 0.067 0.100 0.085 0.050 0.015 0.000
//> 0.1 0.1 0.1 0.05 0.05 0.05 0.025 0.025
