import { expect } from 'vitest';
import type { ValidationOptions } from '../../src/index.ts';
import { type EffectTable, observe, updatesOf, validated } from './observe.ts';

export const validationOptionEffects: EffectTable<ValidationOptions<never, never, never>> = {
  batches: async () => {
    const other = { batches: () => [...validated.batches()].slice(1) };
    expect((await observe({ validation: other })).result.best!.value).not.toBe((await observe()).result.best!.value);
    await expect(observe({ validation: { batches: () => [] } })).rejects.toMatchObject({ code: 'trainer/bad-batch' });
  },
  everyEpochs: async () => {
    const { of } = await observe({ maxEpochs: 5, validation: { ...validated, everyEpochs: 2 } });
    expect(updatesOf(of('validation-end'))).toEqual([10, 20, 25]);
  },
  everyUpdates: async () => {
    const { of } = await observe({ validation: { ...validated, everyUpdates: 4 } });
    expect(updatesOf(of('validation-end'))).toEqual([4, 8, 10]);
    const both = await observe({ validation: { ...validated, everyUpdates: 4, everyEpochs: 1 } });
    expect(updatesOf(both.of('validation-end'))).toEqual([4, 5, 8, 10]);
  },
  metricsOf: async () => {
    const metricsOf: ValidationOptions<never, never, never>['metricsOf'] = ((_: never, { ops }: never) => ({
      seven: (ops as { tensor: (v: number[], s: number[]) => never }).tensor([7], []),
    })) as never;
    const { of, result } = await observe({
      validation: { ...validated, metricsOf: metricsOf as never },
      monitor: 'seven',
    });
    expect(of('validation-end')[0]!.metrics['seven']).toBeCloseTo(7, 12);
    expect(result.best!.metric).toBe('seven');
  },
};
