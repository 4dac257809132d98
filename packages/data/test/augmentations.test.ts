import { describe, expect, it } from 'vitest';
import {
  type Augmentation,
  batches,
  jitter,
  magnitudeWarp,
  mixup,
  scaling,
  seriesFromArrays,
  timeWarp,
  windowSlice,
  windows,
} from '../src/index.ts';
import { errorOf, ramp } from './support/bytes.ts';
import { all, contents, set } from './support/three-series.ts';

describe('augmentations', () => {
  const plain = () => batches(all, { batchSize: 31 });
  const changed = (augment: Augmentation, seed = 3) => batches(all, { batchSize: 31, augment: [augment], seed });
  const list: readonly Augmentation[] = [
    jitter({ sigma: 0.1 }),
    scaling({ sigma: 0.1 }),
    magnitudeWarp({ sigma: 0.1 }),
    timeWarp({ sigma: 0.2 }),
    windowSlice(),
    mixup(),
  ];

  it.each(list)('$name changes the input, the same way for the same seed, another for another', (augment) => {
    const first = contents(changed(augment));
    expect(first).not.toEqual(contents(plain()));
    expect(first).toEqual(contents(changed(augment)));
    expect(first).not.toEqual(contents(changed(augment, 4)));
  });

  it.each(list)('$name continues in mid-epoch as if never stopped', (augment) => {
    const source = changed(augment);
    const whole = contents(source);
    const again = changed(augment);
    for (const _ of again) break;
    const resumed = changed(augment);
    resumed.restore(again.state());
    expect(contents(resumed)).toEqual(whole.slice(1));
  });

  it('jitter leaves targets and masked inputs alone', () => {
    const padded = windows(set, { inputSize: 4, horizon: 2, padInput: true });
    const source = [...batches(padded, { batchSize: 8, augment: [jitter({ sigma: 1 })], seed: 1 })];
    const before = [...batches(padded, { batchSize: 8 })];
    source.forEach((batch, index) => {
      expect(batch.target).toEqual(before[index]!.target);
      batch.inputMask.forEach((mask, k) => {
        if (mask === 0) expect(batch.input[k]).toBe(0);
      });
    });
  });

  it('scaling multiplies input and target by one factor', () => {
    const [after, before] = [[...changed(scaling({ sigma: 0.1 }))][1]!, [...plain()][1]!];
    for (let slot = 0; slot < after.size; slot++) {
      const factor = after.input[slot * 4]! / before.input[slot * 4]!;
      expect(after.target[slot * 2 + 1]! / before.target[slot * 2 + 1]!).toBeCloseTo(factor, 5);
    }
  });

  it('timeWarp keeps a ramp rising and its ends in place; windowSlice shortens it', () => {
    const [warped, sliced, before] = [
      [...changed(timeWarp({ sigma: 0.5 }))][0]!,
      [...changed(windowSlice({ share: 0.5 }))][0]!,
      [...plain()][0]!,
    ];
    for (let slot = 0; slot < before.size; slot++) {
      const window = [
        ...warped.input.subarray(slot * 4, slot * 4 + 4),
        ...warped.target.subarray(slot * 2, slot * 2 + 2),
      ];
      expect(window).toEqual([...window].sort((x, y) => x - y));
      expect([window[0], window[5]]).toEqual([before.input[slot * 4], before.target[slot * 2 + 1]]);
      expect(sliced.target[slot * 2 + 1]! - sliced.input[slot * 4]!).toBeCloseTo(2, 5);
    }
  });

  it('probability and knots have an effect', () => {
    const rare = [...changed(scaling({ sigma: 1, probability: 0.2 }))][1]!;
    const before = [...plain()][1]!;
    const same = Array.from(
      { length: 31 },
      (_, slot) => rare.input[slot * 4 + 3] === before.input[slot * 4 + 3],
    ).filter(Boolean).length;
    expect(same).toBeGreaterThan(15);
    expect(same).toBeLessThan(31);
    expect(contents(changed(magnitudeWarp({ sigma: 0.1, knots: 1 })))).not.toEqual(
      contents(changed(magnitudeWarp({ sigma: 0.1, knots: 5 }))),
    );
    expect(contents(changed(timeWarp({ sigma: 0.1, knots: 1 })))).not.toEqual(
      contents(changed(timeWarp({ sigma: 0.1, knots: 5 }))),
    );
    expect(contents(changed(mixup({ strength: 0.1 })))).not.toEqual(contents(changed(mixup({ strength: 1 }))));
  });

  it('refuses what cannot be', async () => {
    expect((await errorOf(() => jitter({ sigma: 0 }))).code).toBe('data/bad-option');
    expect((await errorOf(() => windowSlice({ share: 2 }))).code).toBe('data/bad-option');
    const withCovariate = seriesFromArrays([{ id: 'a', values: ramp(20), historic: { h: ramp(20) } }]);
    const error = await errorOf(() =>
      batches(windows(withCovariate, { inputSize: 4, horizon: 2 }), {
        batchSize: 2,
        seed: 1,
        augment: [timeWarp({ sigma: 1 })],
      }),
    );
    expect(error.message).toMatch(/without timeWarp when there are covariates/);
  });
});
