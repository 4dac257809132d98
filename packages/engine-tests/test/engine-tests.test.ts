import { createCpuBackend } from '@nt/backend-cpu';
import type { Backend } from '@nt/tensor';
import { keep, scalar, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectSameCurves } from '../src/expectations/expect-same-curves.ts';
import { expectSameNetworks } from '../src/expectations/expect-same-networks.ts';
import { expectSameRidge } from '../src/expectations/expect-same-ridge.ts';
import { expectSteadyMemory } from '../src/expectations/expect-steady-memory.ts';
import { testEngine } from '../src/index.ts';
import { compareCurves } from '../src/programs/compare-curves.ts';
import { compareNetworks } from '../src/programs/compare-networks.ts';
import { createStockCpu, enginePrograms } from '../src/programs/index.ts';
import { largestDifference } from '../src/programs/largest-difference.ts';
import { runRidge } from '../src/programs/run-ridge.ts';
import { watchMemory } from '../src/programs/watch-memory.ts';
import type { WatchedRun } from '../src/programs/watched-run.ts';
import { curveTolerance } from './tolerances.ts';

/** The stock engine with some of its operations replaced. */
async function createWith(change: (ops: Backend<Tensor>['ops']) => object): Promise<Backend<Tensor>> {
  const backend = await createStockCpu();
  return { ...backend, ops: { ...backend.ops, ...change(backend.ops) } };
}

describe("tfjs's own CPU engine", () => {
  const programs = enginePrograms(createStockCpu, []);
  testEngine({ tfjsName: 'cpu', curveTolerance, run: (name) => programs[name]() });
});

/** Its adapter cannot be tested with `testEngine`, which is for engines of tfjs that tfjs chooses itself. */
describe.each([undefined, 'wasm', 'js'] as const)('nt-cpu, kernels %s', (kernels) => {
  const create = async (): Promise<Backend<Tensor>> =>
    (await createCpuBackend({ ...(kernels && { kernels }), threads: 1 })) as unknown as Backend<Tensor>;

  it('runs every network', async () => {
    expectSameNetworks(await compareNetworks(create));
  }, 120_000);

  it('forecasts with a ridge', async () => {
    expectSameRidge(await runRidge(create));
  }, 120_000);
});

it.each([
  [[1, 2], [1, 4], 0.5],
  [[1, Number.NaN], [1, 4], Number.POSITIVE_INFINITY],
  [[1], [1, 4], Number.POSITIVE_INFINITY],
  [[], [], Number.POSITIVE_INFINITY],
])('%j is away from %j by %d of the largest', (found, expected, difference) => {
  expect(largestDifference(found, expected)).toBe(difference);
});

describe('an engine', () => {
  it('that keeps one tensor at each update is found', async () => {
    const leaky = (): Promise<Backend<Tensor>> =>
      createWith((ops) => ({
        matMul(...parameters: Parameters<typeof ops.matMul>) {
          keep(scalar(0));
          return ops.matMul(...parameters);
        },
      }));
    const run = await watchMemory(leaky, 500);
    expect(() => expectSteadyMemory(run, 500)).toThrow('tensors after an update');
    expect(run.outside.after - run.outside.before).toBe(500 + run.validations.length);
  });

  it('that computes a little wrong is found', async () => {
    const wrong = (): Promise<Backend<Tensor>> =>
      createWith((ops) => ({
        abs: (x: Tensor) => ops.mul(ops.abs(x), ops.tensor([1.01], [])),
      }));
    const stock = await compareCurves(createStockCpu);
    const { engine } = await compareCurves(wrong);
    expect(() => expectSameCurves(stock, 1e-3)).not.toThrow();
    expect(() => expectSameCurves({ ...stock, engine }, 1e-3)).toThrow();
  });

  it('that computes one network a little wrong is found', async () => {
    const wrong = (): Promise<Backend<Tensor>> =>
      createWith((ops) => ({ abs: (x: Tensor) => ops.mul(ops.abs(x), ops.tensor([1.001], [])) }));
    const compared = await compareNetworks(wrong);
    expect(() => expectSameNetworks(compared)).toThrow(
      'nhits invariant, covariates, PReLU, linear skip, recomputed: forecast',
    );
    expect(() => expectSameNetworks(compared.slice(0, 1))).toThrow();
  }, 120_000);

  it('that computes a ridge a little wrong is found', async () => {
    const wrong = (): Promise<Backend<Tensor>> =>
      createWith((ops) => ({
        dense: (...[x, w, b, activation]: Parameters<typeof ops.dense>) =>
          ops.dense(ops.mul(x, ops.tensor([1.001], [])), w, b, activation),
      }));
    const run = await runRidge(wrong);
    expect(() => expectSameRidge(run)).toThrow('forecast');
    expect(() => expectSameRidge({ ...run, forecast: 0 })).toThrow('losses');
    expect(() => expectSameRidge({ ...run, forecast: 0, losses: 0, learned: 1 })).toThrow('last loss over first');
  }, 120_000);
});

describe('a run', () => {
  let run: WatchedRun;
  beforeAll(async () => {
    run = await watchMemory(createStockCpu, 500);
  });

  it('is steady as it is', () => {
    expect(() => expectSteadyMemory(run, 500)).not.toThrow();
  });

  /** The same list with another last item. */
  const ending = <T>(list: readonly T[], change: (last: T) => T): readonly T[] => [
    ...list.slice(0, -1),
    change(list.at(-1)!),
  ];
  it.each<[string, (whole: WatchedRun) => Partial<WatchedRun>]>([
    ['with an update too few', ({ tensors }) => ({ tensors: tensors.slice(1) })],
    ['without a validation', ({ validations }) => ({ validations: validations.slice(1) })],
    ['without a checkpoint', ({ checkpoints }) => ({ checkpoints: checkpoints.filter((update) => update !== 250) })],
    ['whose checkpoints were not stored', () => ({ stored: [] })],
    ['without a logged row', ({ logged }) => ({ logged: { ...logged, rows: 0 } })],
    ['with a line that was not written', ({ logged }) => ({ logged: { ...logged, lines: logged.lines - 1 } })],
    ['that learns nothing', ({ validations }) => ({ validations: validations.map((each) => ({ ...each, loss: 1 })) })],
    ['with a tensor more at its end', ({ tensors }) => ({ tensors: ending(tensors, (count) => count + 1) })],
    [
      'with bytes more on the GPU at its end',
      ({ validations }) => ({
        validations: ending(validations, ({ held, ...rest }) => ({ ...rest, held: { ...held, bytesInGpu: 4 } })),
      }),
    ],
    ['that leaves a tensor behind', ({ outside }) => ({ outside: { ...outside, after: outside.before + 1 } })],
  ])('%s is found', (_, change) => {
    expect(() => expectSteadyMemory({ ...run, ...change(run) }, 500)).toThrow();
  });
});
