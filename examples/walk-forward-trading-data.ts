// Bars as an exchange gives them, a network retrained as time goes on, and an honest answer: is there an edge?
import { createCpuBackend } from '@nt/backend-cpu';
import { readJson } from '@nt/data';
import { backtest, estimatorOf, NhitsForecaster, naive } from '@nt/forecast';

/** `[ms, open, high, low, close, volume]` as ccxt's fetchOHLCV: here a random walk, in which nothing can be forecast. */
function randomWalk(days: number): number[][] {
  let [seed, close] = [42, 100];
  const uniform = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  return Array.from({ length: days }, (_, day) => {
    const open = close;
    close *= 1 + 0.03 * (uniform() - 0.5);
    const [high, low] = [1.004 * Math.max(open, close), 0.996 * Math.min(open, close)];
    return [Date.UTC(2023, 0, 1 + day), open, high, low, close, 1000 + Math.round(500 * uniform())];
  });
}

const bars = await readJson(new Blob([JSON.stringify(randomWalk(900))]), { target: 'close', historic: ['volume'] });
console.log(bars.ids.length, bars.lengths[0], bars.report.bars?.length ?? 0);

const backend = await createCpuBackend();
const recipe = new NhitsForecaster(backend, { horizon: 5, inputSize: 20, scaler: 'log', model: { hiddenSize: 16 } });
const { evaluation, folds, unused, trading } = await backtest(
  estimatorOf(recipe, { maxUpdates: 30, batchSize: 64 }),
  bars,
  {
    folds: 4,
    testSize: 60,
    mode: 'rolling',
    trainSize: 500,
    gap: 1, // the last bar is not complete yet
    purge: 5, // targets span five days, and must not reach into the part that follows
    embargo: 5,
    refit: 'warm',
    rivals: [naive(5)],
    // Costs on entry and exit, and how many variants were tried before this one: luck has to be paid for.
    trading: { fee: 0.001, trials: 10 },
  },
);
console.log(folds.length, unused);
console.log(evaluation.skill!.verdict === 'better' ? 'better than the last price' : 'not better than the last price');
console.log(trading!.verdict.text);
await backend.dispose();
//> 1 900 0
//> 4 { gap: 4, purge: 16, embargo: 15 }
//> not better than the last price
//> no edge over a random walk
