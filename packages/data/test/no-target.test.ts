import { describe, expect, it } from 'vitest';
import { joinFuture, readRows } from '../src/index.ts';
import { errorOf } from './support/bytes.ts';
import { readText } from './support/read-text.ts';

const day = (number: number): string => `2024-01-${String(number).padStart(2, '0')}`;
const known = Array.from({ length: 10 }, (_, i) => `a,${day(i + 1)},${i},${i % 2}`);
const ahead = Array.from({ length: 4 }, (_, i) => `a,${day(i + 11)},${5 + i}`);
const roles = { id: 'id', time: 'ds', future: ['promo'] };

describe('a file of what is known ahead has no target', () => {
  it.each([1, 4])('and is joined by id and time, of %i rows', async (rows) => {
    const set = await readText(`id,ds,y,promo\n${known.join('\n')}\n`, { ...roles, target: 'y' });
    const future = await readText(`id,ds,promo\n${ahead.slice(0, rows).join('\n')}\n`, {
      ...roles,
      target: false,
      frequency: 'day',
    });
    expect([future.lengths[0], future.future!.values.length, future.report.lastTime]).toEqual([0, rows, null]);
    const joined = joinFuture(set, future, rows);
    expect(Array.from(joined.future!.values.slice(10))).toEqual([5, 6, 7, 8].slice(0, rows));
  });

  it('in rows as in files; a target that the file has does not matter', async () => {
    const rows = ahead
      .map((line) => line.split(','))
      .map(([id, ds, promo]) => ({ id, ds, promo: Number(promo), y: 1 }));
    const future = await readRows(rows, { ...roles, target: false });
    expect([future.lengths[0], Array.from(future.future!.values)]).toEqual([0, [5, 6, 7, 8]]);
  });

  it('but must have something that is known ahead', async () => {
    const error = await errorOf(() => readText('ds,y\n2024-01-01,1\n', { target: false }));
    expect(error.message).toMatch(/future must be some columns where there is no target/);
  });
});
