import { computeMetric, coverage, mae, mase, maseScale, metricNames } from '@nt/forecast/metrics';

const history = [10, 20, 12, 22, 14, 24];
const actual = [16, 26, Number.NaN, 28]; // the third value is not known: it does not count
const forecast = [15, 27, 18, 31];

console.log(mae(actual, forecast).toFixed(3), mae(actual, forecast, { weights: [1, 1, 1, 2] }).toFixed(3));
console.log(mase(actual, forecast, { scale: maseScale(history, 2) }).toFixed(3));

const lower = forecast.map((value) => value - 2);
const upper = forecast.map((value) => value + 2);
console.log(coverage(actual, { lower, upper }).toFixed(3));

const input = { actual, point: forecast, mask: [true, true, true, false] };
console.log(metricNames.length, computeMetric('rmse', input), computeMetric('wape', input).toFixed(2));
//> 1.667 2.000
//> 0.833
//> 0.667
//> 18 1 4.76
