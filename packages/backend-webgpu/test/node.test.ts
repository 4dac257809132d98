import { testEngine } from '@nt/engine-tests';
import { describe, expect, it } from 'vitest';
import { expectLifeCycle } from './expect-life-cycle.ts';
import { needs } from './needs.ts';
import type { LifeCycle } from './observe-life-cycle.ts';
import { runProgram } from './run-program.ts';
import { curveTolerance } from './tolerances.ts';

describe.runIf(needs('vulkan'))('WebGPU in Node, on a software adapter', () => {
  testEngine({
    tfjsName: 'nt-webgpu',
    curveTolerance,
    run: (name) => runProgram('engine', [name]),
  });

  it('can be disposed and created again, says when its device is gone, and lets the process exit', async () => {
    expectLifeCycle((await runProgram('life-cycle')) as LifeCycle);
  }, 240_000);

  it('refuses a software adapter that nobody allowed', async () => {
    const result = await runProgram('refusal');
    expect(result).toMatchObject({
      reason: 'software-adapter',
      message: expect.stringMatching(/swiftshader.*allowSoftware: true/i),
    });
  });
});

describe('WebGPU in Node, where it cannot work', () => {
  it('says that there is no adapter when there is no driver', async () => {
    const result = await runProgram('refusal', [], { VK_DRIVER_FILES: '/nowhere.json' });
    expect(result).toMatchObject({
      code: 'tensor/backend-unavailable',
      reason: 'no-adapter',
      message: expect.stringMatching(/Vulkan driver/),
    });
  });

  it('says that the peer is not installed', async () => {
    const result = await runProgram('refusal', [], { NT_HIDE_PEER: 'missing' });
    expect(result).toMatchObject({
      reason: 'peer-missing',
      message: expect.stringMatching(/npm install webgpu@0\.6\.2/),
    });
  });

  it('says that the peer is there but does not load', async () => {
    const result = await runProgram('refusal', [], { NT_HIDE_PEER: 'broken' });
    expect(result).toMatchObject({ reason: 'peer-broken', message: expect.stringMatching(/GLIBCXX_3\.4\.32/) });
  });

  it('loads nothing before it is called, and leaves no trace of a failed attempt', async () => {
    const result = await runProgram('refusal', [], { VK_DRIVER_FILES: '/nowhere.json' });
    expect(result).toMatchObject({ loadedAtImport: false, navigatorGpu: false, backends: [] });
  });
});
