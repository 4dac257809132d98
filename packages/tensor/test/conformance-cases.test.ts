import type { NetworkOps, Tensor } from '@nt/tensor';
import { type ConformanceCase, conformanceCases, type GradientsCase, runConformance } from '@nt/tensor/conformance';
import { createReferenceBackend } from '@nt/tensor/reference';
import { expect, it } from 'vitest';
import { referenceSlope } from '../src/conformance/reference-slope.ts';
import { uniformValues } from '../src/random/uniform-values.ts';
import { referenceDefects } from './known-defects.ts';

const reference = createReferenceBackend();
const members = Object.keys(reference.ops);
const named = conformanceCases.map((testCase): [string, ConformanceCase] => [testCase.name, testCase]);

it('names are unique', () => {
  const names = conformanceCases.map(({ name }) => name);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

it('inputs are exact in float32, so that every engine starts from the same numbers', () => {
  for (const { inputs } of conformanceCases) {
    for (const { values, shape } of inputs) {
      expect(values.length).toBe(shape.reduce((a, b) => a * b, 1));
      expect(values.filter((value) => !Object.is(Math.fround(value), value))).toEqual([]);
    }
  }
});

it('every member of NetworkOps has a case', () => {
  const covered = new Set<string>(conformanceCases.flatMap((testCase) => testCase.members));
  expect(members.filter((name) => !covered.has(name))).toEqual([]);
});

it('every differentiable member has its gradient checked', () => {
  const withoutGradient =
    'tensor borrow zeros randomUniform elementwise elementwiseEach globalNorm tidy keep dispose variable variableGrads'.split(
      ' ',
    );
  const checked = conformanceCases.filter(({ kind }) => kind === 'gradients').map(({ name }) => name.split('/')[0]);
  expect(members.filter((name) => !withoutGradient.includes(name) && !checked.includes(name))).toEqual([]);
});

it.each(named)('declares exactly the members it uses: %s', async (_name, testCase) => {
  const used = new Set<string>();
  const backend = createReferenceBackend();
  const ops = new Proxy(backend.ops, {
    get(target, name: string) {
      // `tidy` is used by the runner where it exists; a case that calls it itself must say so.
      used.add(name);
      return target[name as keyof NetworkOps<Tensor>];
    },
  });
  const memory = (): ReturnType<typeof backend.memory> => backend.memory();
  const engine = { name: 'spy', ops: ops as typeof backend.ops, memory, describe: () => backend.describe() };
  await runConformance(engine, reference, { cases: [testCase], knownDefects: referenceDefects });
  const declared = testCase.members.filter((name) => name !== 'memory');
  const left = { ...backend.ops } as Partial<typeof backend.ops>;
  for (const name of members) {
    if (!declared.includes(name as keyof NetworkOps<Tensor>)) delete left[name as keyof NetworkOps<Tensor>];
  }
  const alone = await runConformance({ ...engine, ops: left }, reference, {
    cases: [testCase],
    knownDefects: referenceDefects,
  });
  expect(alone.failures, 'it needs no more than it declares').toEqual([]);
  expect(
    declared.filter((name) => !used.has(name)),
    'it declares no more than it needs',
  ).toEqual([]);
});

const smooth = conformanceCases.filter((testCase): testCase is GradientsCase => testCase.kind === 'gradients');

it.each(
  smooth.filter(({ expected }) => !expected).map((testCase): [string, GradientsCase] => [testCase.name, testCase]),
)('away from kinks and ties: %s', async (_name, testCase) => {
  const direction = testCase.inputs.map(({ values }, i) =>
    Array.from(uniformValues(values.length, { seed: 1, counter: i }), (u) => 2 * u - 1),
  );
  // Over a distance a thousand times that of the check, a kink would bend the slope by far more than curvature does.
  const near = await referenceSlope(testCase, reference.ops, direction);
  const wide = await referenceSlope(testCase, reference.ops, direction, 1e-3);
  expect(Math.abs(wide - near)).toBeLessThanOrEqual(2e-4 * Math.max(1, Math.abs(near)));
});
