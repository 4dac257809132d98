import { type SeriesSet, seriesFromArrays } from '@nt/data';
import { expect, it } from 'vitest';
import { checkParts } from '../src/fit/part-windows.ts';
import { leakcheck, rulePredictor } from '../src/index.ts';
import { calendarOf } from '../src/recipe/seasons.ts';

/** More than a call takes arguments, so that a list of them must not be spread into one. */
const many = 200_000;
const of = (value: number): Float64Array => new Float64Array(many).fill(value);

it.each<[what: string, run: () => unknown]>([
  [
    'a part that is too short, in very many series',
    () => {
      const [empty, part] = [
        { starts: of(0), ends: of(0) },
        { starts: of(5), ends: of(8) },
      ];
      const split = { train: empty, validation: part, test: empty, strict: false };
      expect(() => checkParts(split, { validation: 3, test: 0 }, 7)).toThrow(/at most 3 time steps in a series/);
    },
  ],
  [
    'the calendar of very many series',
    () => {
      const one = seriesFromArrays([{ id: 'a', values: Array(60).fill(1), start: '2020-01-01' }], { frequency: 'day' });
      const all = Array.from({ length: many }, () => 0);
      const fields = ['ids', 'starts', 'rules', 'lengths'] as const;
      const repeated = Object.fromEntries(fields.map((name) => [name, all.map((k) => one[name][k])]));
      const set = { ...one, ...repeated, times: null } as unknown as SeriesSet;
      expect(calendarOf(set, of(60))).toEqual(['dayOfWeek']);
    },
  ],
  [
    'a leak that shows in very many steps',
    async () => {
      const horizon = 700;
      const oracle = rulePredictor('oracle', horizon, ({ values }, _, origin) =>
        Array.from({ length: horizon }, (_unused, step) => values[Math.min(origin + step, values.length - 1)]!),
      );
      const values = Array.from({ length: 4000 }, (_, t) => Math.sin(t));
      const set = seriesFromArrays([{ id: 'a', values, start: '2020-01-01' }], { frequency: 'day' });
      const { checks } = await leakcheck(oracle, set, { futures: ['shuffled'] });
      const { differences } = checks.find(({ name }) => name === 'windows')!;
      expect(differences.length).toBeGreaterThan(0);
    },
  ],
])('%s', async (_, run) => {
  await run();
});
