import type { NetworkOps, Tensor } from '@nt/tensor';
import { type ConformanceReport, conformanceCases, runConformance } from '@nt/tensor/conformance';
import { createReferenceBackend } from '@nt/tensor/reference';
import { describe, expect, it } from 'vitest';

// An engine author's first afternoon: sixteen lines that claim a part of TensorOps.
interface Toy extends Tensor {
  readonly values: readonly number[];
}
const make = (shape: readonly number[], values: readonly number[]): Toy => {
  const rounded = values.map(Math.fround);
  return { shape, dtype: 'float32', values: rounded, data: async () => rounded, dispose: () => {} };
};
const each = (f: (x: number) => number) => (x: Toy) => make(x.shape, x.values.map(f));
const toy = {
  tensor: (values, shape) => make(shape, Array.from(values)),
  zeros: (shape) => make(shape, Array(shape.reduce((a, b) => a * b, 1)).fill(0)),
  abs: each(Math.abs),
  sqrt: each(Math.sqrt),
  exp: each(Math.exp),
  reshape: (x, shape) => make(shape, x.values),
} satisfies Partial<NetworkOps<Toy>>;

const reference = createReferenceBackend();
const run = (ops: Partial<NetworkOps<Toy>>, partial: boolean): Promise<ConformanceReport> =>
  runConformance({ name: 'toy', ops }, reference, { partial });
const outcomes = (report: ConformanceReport, member: string): (readonly [string, string])[] =>
  report.results.filter((r) => r.case.startsWith(`${member}/`)).map((r) => [r.case, r.outcome]);

describe('a toy engine that claims six members', () => {
  it('is told by name which members it lacks, all of them', async () => {
    const { missing, summary } = await run(toy, true);
    const members = Object.keys(reference.ops);
    expect(missing).toEqual(members.filter((name) => !(name in toy)));
    expect(missing).toContain('matMul');
    expect(summary).toContain(`Missing members (${members.length - 6}): add, sub,`);
  });

  it('is told for each case that it cannot run what that needs', async () => {
    const { results } = await run(toy, true);
    const lacking = results.find((result) => result.case === 'concat/each axis');
    expect(lacking).toMatchObject({ outcome: 'lacking', missing: ['concat'], message: 'needs concat' });
    const gradient = results.find((result) => result.case === 'sqrt/each element, gradient');
    expect(gradient?.missing).toEqual(['variable', 'variableGrads', 'sum', 'mul']);
  });

  it('passes what it does right', async () => {
    const report = await run(toy, true);
    expect(outcomes(report, 'zeros')).toEqual([['zeros/every rank', 'passed']]);
    expect(outcomes(report, 'abs').slice(0, 2)).toEqual([
      ['abs/both signs', 'passed'],
      ['abs/zero and infinities', 'passed'],
    ]);
    expect(report.results.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(5);
  });

  it('is told precisely what it does wrong: no length is checked, no fraction dropped, no shape', async () => {
    const report = await run(toy, true);
    expect(report.failures.map((failure) => [failure.case, failure.message])).toEqual([
      [
        'tensor/int32 drops fractions',
        'result 0 against the reference: element 0 of [3]: expected 1, found 1.899999976158142; 2 of 3 elements differ; ' +
          'result 0 against the known answer: element 0 of [3]: expected 1, found 1.899999976158142; 2 of 3 elements differ',
      ],
      ['tensor/too few values', "expected TensorError 'tensor/shape', but nothing was thrown"],
      ['tensor/too many values', "expected TensorError 'tensor/shape', but nothing was thrown"],
      ['reshape/another size', 'expected an error, but nothing was thrown'],
    ]);
  });

  it('fails by every lacking case unless it says that it is partial', async () => {
    const partial = await run(toy, true);
    const whole = await run(toy, false);
    const lacking = whole.results.filter(({ outcome }) => outcome === 'lacking');
    expect(whole.failures.length).toBe(partial.failures.length + lacking.length);
    expect(lacking.length).toBeGreaterThan(conformanceCases.length / 2);
  });

  it('gives a report that is plain data', async () => {
    const report = await run(toy, true);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
