// A file in, one page out that tells everything: nothing is configured but how far to look ahead.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCpuBackend } from '@nt/backend-cpu';
import { readTable } from '@nt/data/node';
import { fitBlend } from '@nt/forecast';
import { reportForecast, reportPage } from '@nt/report';

// Your file: here 500 days of sales with a week in them.
const folder = await mkdtemp(join(tmpdir(), 'sales-'));
const rows = Array.from({ length: 500 }, (_, day) => {
  const date = new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);
  return `${date},${(100 + 0.05 * day + 25 * Math.sin((2 * Math.PI * day) / 7) + 8 * Math.sin(day * 12.9898)).toFixed(1)}`;
});
await writeFile(join(folder, 'sales.csv'), `date,sales\n${rows.join('\n')}\n`);
const sales = await readTable(join(folder, 'sales.csv'), { target: 'sales' });

// `fast` and few updates, so that it takes seconds; without these two it takes minutes and is better.
const backend = await createCpuBackend();
const options = { horizon: 14, test: 0.2, preset: 'fast', maxUpdates: 50 } as const;
const { predictor, explanation } = await fitBlend(backend, sales, options);
const evaluation = await predictor.evaluate(sales, { levels: [80] });
const forecast = await predictor.predict(sales, { levels: [80] });

const page = reportPage({
  title: 'Sales of the shop',
  target: sales.target,
  times: sales,
  forecast: reportForecast(sales, forecast),
  evaluation,
  recipe: explanation,
  data: sales.report,
});
await writeFile(join(folder, 'report.html'), page);
console.error(`open ${join(folder, 'report.html')}`);

const headings = [...page.matchAll(/<h2[^>]*>([^<]*)/g)].map(([, heading]) => heading);
console.log(headings.join(' · '));
console.log(explanation.verdict.answer, 'instead of', explanation.verdict.against);
predictor.dispose();
await backend.dispose();
//> Forecast · Compared with simple methods · Intervals · Where the errors are · What the recipe chose · Data
//> blend instead of seasonal naive
