import { seriesFromArrays } from '@nt/data';
import { leakcheck, rulePredictor } from '@nt/forecast';

const sales = Array.from(
  { length: 200 },
  (_, day) => 100 + 25 * Math.sin((2 * Math.PI * day) / 7) + 9 * Math.sin(day ** 2),
);
const data = seriesFromArrays([{ id: 'shop', values: sales, start: '2026-01-01' }], { frequency: 'day' });

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b) / values.length;

// "The mean of the series": of all of it, also of what has not happened yet.
const level = rulePredictor('level', 7, ({ values }) => Array(7).fill(mean(values)));

const { passed, checks } = await leakcheck(level, data);
console.log(
  passed,
  checks.filter((check) => !check.passed).map(({ name, detail }) => `${name}: ${detail}`),
);
//> false [
//>   'windows: forecasts look at or behind their origin: they are others when later values are cut, shuffled, opposite, flat, large'
//> ]
