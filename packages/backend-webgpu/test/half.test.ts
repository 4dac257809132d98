import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { halfCases } from './half/half-cases.ts';
import { buildLayer, type Lavapipe } from './lavapipe/build-layer.ts';
import { needs } from './needs.ts';
import { runProgram } from './run-program.ts';
import { halfCurveTolerance } from './tolerances.ts';

interface HalfRun {
  readonly differences: readonly string[];
  readonly bits: Readonly<Record<string, unknown>>;
  readonly curves: {
    readonly half: readonly number[];
    readonly captured: readonly number[];
    readonly float32: readonly number[];
  };
}

/** Two hundred updates as one command, a few with every run of the tests. */
const updates = process.env['NT_LONG'] === '1' ? 200 : 20;

const run = async (kind: 'f16' | 'quantized', environment: NodeJS.ProcessEnv = {}): Promise<HalfRun> =>
  (await runProgram('half', [kind, String(updates)], environment)) as HalfRun;

function expectHalf({ differences, bits, curves }: HalfRun): void {
  expect(differences).toEqual([]);
  expect(Object.keys(bits)).toEqual(Object.keys(halfCases));
  expect(curves.half).toHaveLength(updates / 10);
  expect(curves.captured).toEqual(curves.half);
  expect(curves.half).not.toEqual(curves.float32);
  for (const [i, loss] of curves.half.entries()) {
    expect(Math.abs(loss / curves.float32[i]! - 1)).toBeLessThan(halfCurveTolerance);
  }
}

describe('mixed-float16', () => {
  let adapter: Lavapipe;
  let twin: HalfRun;
  const [hasVulkan, hasLavapipe] = [needs('vulkan'), needs('lavapipe')];
  beforeAll(async () => {
    if (hasVulkan) twin = await run('quantized');
    if (hasLavapipe) adapter = await buildLayer();
  }, 480_000);
  afterAll(() => (hasLavapipe ? rm(adapter.folder, { recursive: true }) : undefined));

  it.runIf(hasVulkan)('rounds in a twin what it promises to, on an adapter without float16', () => {
    expectHalf(twin);
  });

  it.runIf(hasVulkan)('is refused on an adapter without float16', async () => {
    expect(await runProgram('refusal', ['{"allowSoftware":true,"precision":"mixed-float16"}'])).toMatchObject({
      code: 'tensor/backend-unavailable',
      reason: 'no-float16',
      message: expect.stringMatching(/swiftshader.*offers no shader-f16.*float32/i),
    });
  });

  it.runIf(hasLavapipe)(
    'computes in float16 on an adapter that has it, the same bits as the twin',
    async () => {
      const own = await run('f16', adapter.environment);
      expectHalf(own);
      if (!hasVulkan) return;
      expect(own.bits).toEqual(twin.bits);
      expect(own.curves.half).toEqual(twin.curves.half);
    },
    480_000,
  );
});
