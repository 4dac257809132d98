import { forecastWindows, seriesFromArrays, splitByTime } from '@nt/data';
import { fitRidge } from '@nt/linear';

const load = Array.from({ length: 1000 }, (_, hour) => 50 + 12 * Math.sin((2 * Math.PI * hour) / 24) + (hour % 7) / 10);
const data = seriesFromArrays([{ id: 'town', values: load, start: '2026-01-01' }], { frequency: 'hour' });

const model = await fitRidge(data, splitByTime(data, { validation: 0.15, test: 0.15 }), { horizon: 24 });
const forecast = await model.forecastWindows(forecastWindows(data, { inputSize: 1, horizon: 24 }));
console.log(forecast.length, forecast[0]!.toFixed(1), (50 + 12 * Math.sin((2 * Math.PI * 1000) / 24)).toFixed(1));
console.log(new Set(model.state.choice.shared.map(({ lookback }) => lookback)).size > 1 ? 'look-backs averaged' : 'one look-back');
