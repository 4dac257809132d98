import { testEngine } from '@nt/engine-tests';
import { describe, expect, it } from 'vitest';
import { breakPackage, type Damage } from './broken-package.ts';
import { builtPackage, needs } from './needs.ts';
import { runProgram } from './run-program.ts';
import { curveTolerance, engineCurveTolerance, repeatTolerance } from './tolerances.ts';

describe.runIf(needs('addon'))('tfjs-node-gpu with its real addon, on TensorFlow for CPUs', () => {
  testEngine({
    tfjsName: 'tensorflow',
    curveTolerance,
    run: (name) => runProgram('engine', name),
  });

  it('leaves an active backend in peace, says what it is, and can be created again', async () => {
    const result = await runProgram('life-cycle');
    expect(result).toMatchObject({
      loadedAtImport: false,
      whileCpuIsActive: { code: 'tensor/backend-active' },
      activeThen: 'cpu',
      sumOnCpu: [3],
      product: [7, 10, 15, 22],
      active: 'tensorflow',
      description: {
        name: 'node-gpu',
        engine: '@tensorflow/tfjs-node-gpu 4.22.0, TensorFlow 2.15.1',
        device: 'cpu',
        kernelSet: 'tensorflow',
        floatWidth: 32,
        limitations: expect.arrayContaining(['TensorFlow found no usable GPU and computes on the CPU.']),
      },
      afterDispose: { code: 'tensor/backend-disposed' },
      again: [1, 1],
    });
  });

  it('learns in 200 updates what the CPU engine does, and twice the same to what its README says', async () => {
    const [cpu, first, second] = (await runProgram('repeat', '200')) as [number[], number[], number[]];
    expect(cpu).toHaveLength(200);
    const difference = (a: readonly number[], b: readonly number[]): number =>
      Math.max(...a.map((loss, i) => Math.abs(b[i]! / loss - 1)));
    expect(difference(cpu, first)).toBeLessThan(engineCurveTolerance);
    expect(difference(first, second)).toBeLessThan(repeatTolerance);
  }, 240_000);

  it('works without the functions that Node 23 removed, where the package alone does not', async () => {
    const result = await runProgram('removed-util');
    expect(result).toEqual({
      withoutShim: expect.stringMatching(/isNullOrUndefined\) is not a function/),
      withShim: [4, 6],
    });
  });

  it('refuses the CPU that nobody allowed', async () => {
    const result = await runProgram('refusal', builtPackage);
    expect(result).toMatchObject({
      code: 'tensor/backend-unavailable',
      reason: 'no-gpu',
      message: expect.stringMatching(/TensorFlow 2\.15\.1 loaded, but runs on the CPU\..*CUDA 11\.2.*allowCpu: true/s),
    });
  });

  it.each<[Damage, string, RegExp]>([
    ['not built', 'not-built', /never built.*npm rebuild @tensorflow\/tfjs-node-gpu/s],
    ['library missing', 'library-missing', /libtensorflow_cc\.so\.9: cannot open shared object file.*LD_LIBRARY_PATH/s],
    ['dependency missing', 'load-failed', /Cannot find module '@mapbox\/node-pre-gyp'/],
    ['other version', 'wrong-version', /expected @tensorflow\/tfjs-node-gpu 4\.22\.0, found 4\.21\.0.*npm install/s],
  ])('tells apart a package that is %s', async (damage, reason, message) => {
    const { folder, remove } = breakPackage(damage);
    try {
      const result = await runProgram('refusal', folder);
      expect(result).toMatchObject({
        code: 'tensor/backend-unavailable',
        reason,
        message: expect.stringMatching(message),
      });
    } finally {
      remove();
    }
  });
});

it('diagnoses what is there without an error, and leaves the active engine alone', async () => {
  const here = { platform: `${process.platform} ${process.arch}`, node: process.version };
  expect(await runProgram('diagnose')).toMatchObject({
    diagnosis: {
      ...here,
      works: false,
      reason: 'not-installed',
      problem: expect.stringMatching(/npm install/),
      tensorflow: null,
    },
    active: 'cpu',
  });
  if (!needs('addon')) return;
  expect(await runProgram('diagnose', builtPackage)).toMatchObject({
    diagnosis: {
      ...here,
      works: false,
      reason: 'no-gpu',
      problem: expect.stringMatching(/runs on the CPU/),
      tensorflow: '2.15.1',
    },
    active: 'cpu',
  });
});

it('says that the peer is not installed, and how to install it', async () => {
  const result = await runProgram('refusal');
  expect(result).toMatchObject({
    code: 'tensor/backend-unavailable',
    reason: 'not-installed',
    message: expect.stringMatching(/npm install @tensorflow\/tfjs-node-gpu@4\.22\.0.*TFJS_NODE_CDN_STORAGE/s),
  });
});
