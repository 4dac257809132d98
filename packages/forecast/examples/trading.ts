import { seriesFromArrays } from '@nt/data';
import { backtest, drift } from '@nt/forecast';

const close = [100];
for (let day = 1; day < 500; day++) close.push(close[day - 1]! * (1 + 0.01 * Math.sin(day ** 2)));
const data = seriesFromArrays([{ id: 'share', values: close, start: '2026-01-01' }], { frequency: 'day' });

const { trading } = await backtest(drift(5), data, { folds: 4, testSize: 50, trading: { trials: 20, fee: 0.001 } });
const { verdict, series } = trading!;
console.log(verdict.text, `(break-even fee ${(100 * series[0]!.report.costs.breakEvenFee).toFixed(2)} %)`);
console.log(verdict.reasons[0]);
//> no edge over a random walk (break-even fee -1.89 %)
//> errors are not shown to be smaller than the random walk's (Diebold–Mariano p 0.995, 0.0025 or less needed with 20 trials)
