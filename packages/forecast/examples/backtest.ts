import { seriesFromArrays } from '@nt/data';
import { backtest, naive, seasonalNaive } from '@nt/forecast';

const sales = Array.from(
  { length: 300 },
  (_, day) => 100 + 25 * Math.sin((2 * Math.PI * day) / 7) + 9 * Math.sin(day ** 2),
);
const data = seriesFromArrays([{ id: 'shop', values: sales, start: '2026-01-01' }], { frequency: 'day' });

// A network: estimatorOf(recipe, { maxUpdates: 500 }) in place of seasonalNaive, with refit: 1, 4, 'warm' or 'never'.
const walk = { folds: 5, testSize: 28, gap: 1, purge: 7, embargo: 7 };
const { evaluation, folds, unused, rollingConformal } = await backtest(seasonalNaive(7, 7), data, {
  ...walk,
  rivals: [naive(7)],
  levels: [80],
  rollingConformal: true,
});

const { skill, windows } = evaluation;
console.log(`${windows} windows; ${skill!.verdict} than ${skill!.against} by ${(100 * skill!.skill!).toFixed(0)} %`);
console.log('by fold', folds.map((fold) => fold.evaluation.rows[0]!.mae.toFixed(1)).join(' '), unused);
const { level, coverage, width } = rollingConformal!.scores[0]!;
console.log(`${level} % intervals covered ${(100 * coverage).toFixed(0)} %, ${width.toFixed(1)} wide`);
//> 110 windows; better than naive by 67 %
//> by fold 6.3 6.8 8.6 7.4 6.5 { gap: 5, purge: 30, embargo: 42 }
//> 80 % intervals covered 81 %, 26.7 wide
