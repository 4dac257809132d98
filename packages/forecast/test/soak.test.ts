import { expect, it } from 'vitest';
import { growthOf, type HeldMoment, notFlat } from '../soak/growth.ts';
import { type SoakOptions, soak } from '../soak/soak.ts';

const flat = { rss: 2e8, heap: 3e7, arrays: 1e5, engine: 3e6, engineReserved: 16e6, tensors: 0 };
const megabyte = 2 ** 20;

/** An hour's moments, a minute apart. */
const moments = (change: (minute: number) => Partial<HeldMoment>): HeldMoment[] =>
  Array.from({ length: 60 }, (_, i) => ({ ...flat, minutes: i + 1, updates: 1e4 * (i + 1), ...change(i) }));

it.each<[string, (minute: number) => Partial<HeldMoment>, RegExp | undefined]>([
  ['nothing changes', () => ({}), undefined],
  ['it goes up and down', (minute) => ({ rss: 2e8 + 1e7 * (minute % 3), arrays: 4e6 * (minute % 2) }), undefined],
  ['one moment is high', (minute) => ({ heap: minute === 59 ? 9e7 : 3e7 }), undefined],
  ['caches fill in the first minutes', (minute) => ({ rss: 2e8 + 3e7 * Math.min(minute, 9) }), undefined],
  ['half a megabyte a minute', (minute) => ({ rss: 2e8 + minute * 0.52 * megabyte }), /^rss grew by 25\d{6}, more/],
  ['objects', (minute) => ({ heap: 3e7 + minute * 1e5 }), /^heap grew/],
  ['arrays', (minute) => ({ arrays: minute * 5e4 }), /^arrays grew/],
  ['64 bytes of the engine a minute', (minute) => ({ engine: 3e6 + 64 * minute }), /^engine grew/],
  ['a tensor a minute', (minute) => ({ tensors: minute }), /^tensors grew/],
])('memory over an hour: %s', (_, change, expected) => {
  const faults = notFlat(moments(change));
  expect(faults).toHaveLength(expected ? 1 : 0);
  if (expected) expect(faults[0]).toMatch(expected);
});

it('a soak that ends at once says that it tells nothing', () => {
  expect(() => growthOf(moments(() => ({})).slice(0, 4))).toThrow(/at least 5 moments; it had 4/);
});

const short: SoakOptions = {
  minutes: Number.POSITIVE_INFINITY,
  fits: 8,
  secondsAMoment: 0,
  updatesAFit: 120,
  hiddenSize: 8,
  threads: 1,
};

it('a short soak: captured updates, validation, checkpoints; the engine holds the same after each fit', {
  timeout: 120_000,
}, async () => {
  const outcome = await soak(short);
  expect(outcome).toMatchObject({ fits: 8, validations: 8 * 20, swollen: [] });
  expect(outcome.checkpoints).toBeGreaterThanOrEqual(8 * 4);
  expect(outcome.replays).toBeGreaterThan(8 * 100);
  expect(growthOf(outcome.moments)).toMatchObject({ engine: 0, engineReserved: 0, tensors: 0 });
});

it('what each fit leaves behind is found', { timeout: 120_000 }, async () => {
  const kept: Uint8Array[] = [];
  const { moments: found } = await soak({ ...short, afterFit: () => kept.push(new Uint8Array(megabyte)) });
  expect(notFlat(found).join()).toMatch(/arrays grew/);
});
