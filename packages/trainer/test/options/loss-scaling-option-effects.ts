import { expect } from 'vitest';
import { type LossScalingOptions, readCheckpoint } from '../../src/index.ts';
import { createMixedReference } from '../../src/precision/index.ts';
import { memoryStorage } from '../../src/storage/memory/index.ts';
import { type EffectTable, observe } from './observe.ts';

/** The rules of the state are tested with the policy; here, that each option reaches a run. */
export const lossScalingOptionEffects: EffectTable<LossScalingOptions> = {
  initialScale: async () => expect(await finalScale({ initialScale: 8 })).toBe(8),
  growthFactor: async () => expect(await finalScale({ initialScale: 8, growthInterval: 5, growthFactor: 3 })).toBe(72),
  growthInterval: async () => expect(await finalScale({ initialScale: 8, growthInterval: 10 })).toBe(16),
  backoffFactor: async () => {
    const scales = await Promise.all(
      [0.5, 0.3].map((backoffFactor) => finalScale({ initialScale: 2 ** 20, backoffFactor })),
    );
    expect(scales[0]).not.toBe(scales[1]);
  },
};

async function finalScale(lossScaling: LossScalingOptions): Promise<number> {
  const storage = memoryStorage();
  await observe({ lossScaling, checkpoint: { storage } }, { backend: createMixedReference('mixed-float16') } as never);
  return (await readCheckpoint(storage, 'last')).state.lossScale!.scale;
}
