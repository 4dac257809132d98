import { closeSync, openSync, writeSync } from 'node:fs';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Writes hourly bars of several symbols as CSV; the same seed gives the same file. */
export function makeOhlcv(path: string, rows: number, symbols: number): void {
  const random = xoroshiro128plus(42);
  const uniform = () => (random.next() >>> 0) / 4294967296;
  const file = openSync(path, 'w');
  const lines = ['symbol,timestamp,open,high,low,close,volume'];
  const perSymbol = rows / symbols;
  for (let symbol = 0; symbol < symbols; symbol++) {
    let price = 50 + 100 * uniform();
    for (let step = 0; step < perSymbol; step++) {
      const time = new Date(Date.UTC(2015, 0, 1) + step * 3_600_000).toISOString().slice(0, 19);
      const open = price;
      price *= 1 + (uniform() - 0.5) / 100;
      const high = Math.max(open, price) * (1 + uniform() / 500);
      const low = Math.min(open, price) * (1 - uniform() / 500);
      lines.push(
        `S${symbol},${time},${open.toFixed(4)},${high.toFixed(4)},${low.toFixed(4)},${price.toFixed(4)},${Math.round(1e6 * uniform())}`,
      );
    }
    writeSync(file, `${lines.splice(0).join('\n')}\n`);
  }
  closeSync(file);
}
