import { expect } from 'vitest';
import type { LifeCycle } from './observe-life-cycle.ts';

/** What every runtime promises. */
export function expectLifeCycle(life: LifeCycle): void {
  expect(life.description).toMatchObject({
    name: 'webgpu',
    engine: '@tensorflow/tfjs-backend-webgpu 4.22.0',
    device: expect.stringMatching(/swiftshader.*, software$/i),
    kernelSet: 'wgsl',
    floatWidth: 32,
    limitations: expect.arrayContaining([expect.stringMatching(/^A software adapter/)]),
  });
  expect(life.hasOneGpu).toBe(true);
  expect(life.product).toEqual([7, 10, 15, 22]);
  expect(life.sumOfNine).toBe(9);
  expect(life.smallSumIsOnDevice).toBe(true);
  expect(life.secondWhileActive).toMatchObject({ code: 'tensor/backend-active' });
  expect(life.afterDispose).toMatchObject({ code: 'tensor/backend-disposed' });
  expect(life.activeAfterDispose).toBeNull();
  expect(life.afterLoss).toEqual({ code: 'tensor/backend-unavailable', reason: 'device-lost' });
  expect(life.settleAfterLoss).toEqual({ code: 'tensor/backend-unavailable', reason: 'device-lost' });
  expect(life.afterError).toEqual({ code: 'tensor/backend-unavailable', reason: 'device-error' });
  expect(life.again).toEqual([1, 1]);
}
