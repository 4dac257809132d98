import { forecastWindows, seriesFromArrays, splitByTime } from '@nt/data';
import { fitRidge } from '@nt/linear';

const load = (hour: number): number => 50 + 12 * Math.sin((2 * Math.PI * hour) / 24) + (hour % 7) / 10;
const values = Array.from({ length: 1000 }, (_, hour) => load(hour));
const data = seriesFromArrays([{ id: 'town', values, start: '2026-01-01' }], { frequency: 'hour' });

const model = await fitRidge(data, splitByTime(data, { validation: 0.15, test: 0.15 }), { horizon: 24 });
const forecast = await model.forecastWindows(forecastWindows(data, { inputSize: 1, horizon: 24 }));
console.log(forecast.length, forecast[0]!.toFixed(1), load(1000).toFixed(1));
//> 24 40.2 40.2
