import { seriesFromArrays, windows } from '@nt/data';
import { evaluate, naive, seasonalNaive } from '@nt/forecast';
import { reportForecast, reportPage } from '@nt/report';

const sales = Array.from({ length: 200 }, (_, day) => 100 + 0.2 * day + 25 * Math.sin((2 * Math.PI * day) / 7));
const set = seriesFromArrays([{ id: 'shop', values: sales, start: '2026-01-01' }], {
  frequency: 'day',
  target: 'sales',
});

const model = seasonalNaive(14, 7);
const evaluation = await evaluate([model, naive(14)], windows(set, { inputSize: 14, horizon: 14 }));

const page = reportPage({
  title: 'Sales of the shop',
  target: set.target,
  times: set,
  forecast: reportForecast(set, await model.predict(set)),
  evaluation,
  data: set.report,
});

// One file: write it to disk, send it, show it in an <iframe srcdoc>.
const headings = [...page.matchAll(/<h2[^>]*>([^<]*)/g)].map(([, heading]) => heading);
console.log(headings.join(' · '));
console.log(page.includes('<script'), page.length < 100_000);
//> Forecast · Compared with simple methods · Where the errors are · Data
//> false true
