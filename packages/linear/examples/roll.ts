import { seriesFromArrays, splitByTime } from '@nt/data';
import { fitRidge } from '@nt/linear';

const price = (hour: number): number => 40 + 9 * Math.sin((2 * Math.PI * hour) / 24) + 4 * Math.sin(hour * 12.9898);
const upTo = (hours: number) =>
  seriesFromArrays(
    [{ id: 'NO1', values: Array.from({ length: hours }, (_, hour) => price(hour)), start: '2026-01-01' }],
    {
      frequency: 'hour',
    },
  );

const before = upTo(1000);
const model = await fitRidge(before, splitByTime(before, { validation: 0.2 }), { horizon: 24, keepEquations: true });

// A day later: the newest windows in, the oldest out, all choices kept.
const today = await model.roll(upTo(1024), { starts: Float64Array.of(24), ends: Float64Array.of(1024) });
console.log(model.state.learned.ends, today.state.learned.starts, today.state.learned.ends);
//> [ 800 ] [ 24 ] [ 1024 ]
