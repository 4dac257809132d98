import { describe, expect, it } from 'vitest';
import { addStatic, forecastWindows, seriesFromArrays, timeAt } from '../src/index.ts';
import { errorOf } from './support/bytes.ts';
import { readText } from './support/read-text.ts';

describe('layouts and roles', () => {
  it('makes a series of every column of a wide file, which share their times', async () => {
    const set = await readText('date,a,b\n2020-01-01,1,10\n2020-01-02,2,20\n', { layout: 'wide' });
    expect([set.ids, [...set.values], [...set.contextOffsets]]).toEqual([
      ['a', 'b'],
      [1, 2, 10, 20],
      [0, 0],
    ]);
  });

  it('names series by id and target when there are several of both', async () => {
    const set = await readText('s,date,a,b\nx,2020-01-01,1,10\nx,2020-01-02,2,20\n', { id: 's', target: ['a', 'b'] });
    expect([set.ids, [...set.values]]).toEqual([
      ['x/a', 'x/b'],
      [1, 2, 10, 20],
    ]);
  });

  it('keeps rows behind the last target for covariates known ahead', async () => {
    const set = await readText('ds,y,x\n2020-01-01,1,5\n2020-01-02,2,6\n2020-01-03,,7\n', {
      target: 'y',
      future: ['x'],
    });
    expect([[...set.lengths], [...set.future!.values], set.report.futureRows]).toEqual([[2], [5, 6, 7], 1]);
    expect(forecastWindows(set, { inputSize: 1, horizon: 1 }).count).toBe(1);
    expect((await errorOf(() => forecastWindows(set, { inputSize: 1, horizon: 2 }))).message).toMatch(
      /lacks 1 of 2 steps, first 2020-01-04/,
    );
  });

  it('turns texts into one column per level and one for the unseen', async () => {
    const csv = (levels: readonly string[]) =>
      `ds,y,w\n${levels.map((level, step) => `2020-01-0${step + 1},${step},${level}`).join('\n')}\n`;
    const train = await readText(csv(['sun', 'rain']), { target: 'y', historic: ['w'] });
    expect(train.historic!.names).toEqual(['w=rain', 'w=sun', 'w=(unseen)']);
    const later = await readText(csv(['snow', 'sun']), {
      target: 'y',
      historic: ['w'],
      levels: train.historic!.levels,
    });
    expect([...later.historic!.values]).toEqual([0, 0, 1, 0, 1, 0]);
  });

  it('joins static rows by id', async () => {
    const set = seriesFromArrays([
      { id: 'a', values: [1, 2] },
      { id: 'b', values: [3, 4] },
    ]);
    const joined = addStatic(
      set,
      [
        { id: 'b', size: 2, kind: 'x' },
        { id: 'a', size: 1, kind: 'y' },
      ],
      { id: 'id' },
    );
    expect([joined.static!.names, [...joined.static!.values]]).toEqual([
      ['size', 'kind=x', 'kind=y', 'kind=(unseen)'],
      [1, 0, 1, 0, 2, 1, 0, 0],
    ]);
    expect((await errorOf(() => addStatic(set, [{ id: 'a', size: 1 }], { id: 'id' }))).message).toMatch(
      /no row for series 'b'/,
    );
  });

  it('reads the order of rows when there is no time column', async () => {
    const set = await readText('y\n1\n2\n3\n', { time: false });
    expect([set.frequency.unit, timeAt(set, 0, 2)]).toEqual(['row', 2]);
  });
});
