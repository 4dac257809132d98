import type { Backend, NetworkOps } from '@nt/tensor';
import { TensorError } from '@nt/tensor';
import {
  type ConformanceOptions,
  type ConformanceResult,
  conformanceCases,
  runConformance,
} from '@nt/tensor/conformance';
import { createReferenceBackend, type ReferenceTensor } from '@nt/tensor/reference';
import { describe, expect, it } from 'vitest';
import { referenceDefects } from './known-defects.ts';

type Ops = NetworkOps<ReferenceTensor>;

const reference = createReferenceBackend();

/** A reference with one thing wrong, run on the cases whose names begin with `cases`. */
async function runBroken(
  change: (ops: Ops, backend: Backend<ReferenceTensor>) => Partial<Ops>,
  cases: string,
  options: ConformanceOptions = {},
): Promise<readonly ConformanceResult[]> {
  const backend = createReferenceBackend();
  const engine = { ...backend, ops: { ...backend.ops, ...change(backend.ops, backend) } };
  const chosen = conformanceCases.filter(({ name }) => name.startsWith(cases));
  expect(chosen.length).toBeGreaterThan(0);
  return (await runConformance(engine, reference, { cases: chosen, ...options })).failures;
}

describe('runConformance finds', () => {
  it('a wrong value', async () => {
    const [failure] = await runBroken((ops) => ({ sqrt: (x) => ops.mul(x, x) }), 'sqrt/positive');
    expect(failure?.message).toMatch(/against the reference: element 0 of \[5,7\]: expected .*, found .*; 35 of 35/);
  });

  it('a value that is off by a rounding error too many', async () => {
    const wrong = (ops: Ops): Partial<Ops> => ({ exp: (x) => ops.mul(ops.exp(x), ops.tensor([1 + 3e-12], [])) });
    expect(await runBroken(wrong, 'exp/order 1')).toHaveLength(1);
    const tolerances = { values: { relative: 1e-11, absolute: 0 } };
    expect(await runBroken(wrong, 'exp/order 1', { tolerances })).toEqual([]);
  });

  it('a wrong shape', async () => {
    const [failure] = await runBroken((ops) => ({ sum: (x) => ops.reshape(ops.sum(x), [1]) }), 'sum/all axes');
    expect(failure?.message).toContain('expected shape [], found [1]');
  });

  it('a wrong gradient, along random directions', async () => {
    const doubled: Ops['variableGrads'] = (f, variables) => {
      const { value, grads } = reference.ops.variableGrads(f, variables);
      for (const gradient of Object.values(grads)) gradient.values[0] = gradient.values[0]! * 1.001;
      return { value, grads };
    };
    const backend = reference;
    const cases = conformanceCases.filter(({ name }) => name === 'exp/each element, gradient');
    const ops = { ...backend.ops, variableGrads: doubled };
    const { failures } = await runConformance({ ...backend, ops }, createReferenceBackend(), { cases });
    expect(failures[0]?.message).toMatch(/derivative along direction 0: expected .*, found/);
  });

  it('a gradient that is missing', async () => {
    const none = (ops: Ops): Partial<Ops> => ({
      variableGrads: (f, variables) => ({ value: ops.variableGrads(f, variables.slice(0, 0)).value, grads: {} }),
    });
    const [failure] = await runBroken(none, 'exp/each element, gradient');
    expect(failure?.message).toContain("no gradient for 'conformance.0', only for: nothing");
  });

  it('a leak', async () => {
    const leaky = (ops: Ops): Partial<Ops> => ({
      exp: (x) => {
        ops.keep(ops.exp(x));
        return ops.exp(x);
      },
    });
    const [failure] = await runBroken(leaky, 'exp/order 1');
    expect(failure?.message).toBe('tensors alive afterwards: expected 0, found 1');
  });

  it('memory that is freed twice', async () => {
    const shared = (ops: Ops): Partial<Ops> => ({ reshape: (x) => x, add: ops.add });
    const [failure] = await runBroken(shared, 'dispose/a view');
    expect(failure?.message).toContain('used after it had been disposed');
  });

  it('donated memory that somebody else still reads', async () => {
    const careless = (ops: Ops): Partial<Ops> => ({
      elementwise: (rule, inputs, scalars, options) => {
        const outputs = ops.elementwise(rule, inputs, scalars);
        for (const input of Object.values<ReferenceTensor>(inputs)) if (options?.donate) input.values.fill(0);
        return outputs;
      },
    });
    const failures = await runBroken(careless, 'elementwise/inputs that were not donated stay');
    expect(failures.map((failure) => failure.case)).toEqual(['elementwise/inputs that were not donated stay']);
  });

  it('an error with another code, and none at all', async () => {
    const other = (): Partial<Ops> => ({
      tensor: () => {
        throw new TensorError('tensor/option', 'no');
      },
    });
    const [wrongCode] = await runBroken(other, 'tensor/too few');
    expect(wrongCode?.message).toBe("expected TensorError 'tensor/shape', found TensorError 'tensor/option': no");
    const [silent] = await runBroken((ops) => ({ tensor: () => ops.zeros([2, 2]) }), 'tensor/too few');
    expect(silent?.message).toBe("expected TensorError 'tensor/shape', but nothing was thrown");
  });

  it('random integers of another generator', async () => {
    const other = (ops: Ops): Partial<Ops> => ({
      randomUniform: (shape, key) => {
        const { seed, counter } = typeof key === 'function' ? key() : key;
        return ops.randomUniform(shape, { seed: counter, counter: seed });
      },
    });
    const failures = await runBroken(other, 'randomUniform/many');
    expect(failures[0]?.message).toContain('1031 of 1031 elements differ');
  });

  it('goes on after a case that throws half-way, with its variables gone', async () => {
    let broken = true;
    const once = (ops: Ops): Partial<Ops> => ({
      add: (a, b) => {
        if (broken) {
          broken = false;
          throw new Error('once');
        }
        return ops.add(a, b);
      },
    });
    const failures = await runBroken(once, 'variable/');
    expect(failures.map(({ message }) => message)).toEqual(['threw Error: once']);
  });
});

describe('known defects', () => {
  const cases = conformanceCases.filter(({ name }) => name.startsWith('sqrt/'));
  const reason = 'for this test';

  it('that pass are failures, so that the list stays exact', async () => {
    const knownDefects = [{ case: 'sqrt/positive numbers', reason }];
    const { failures } = await runConformance(createReferenceBackend(), reference, { cases, knownDefects });
    expect(failures).toMatchObject([{ case: 'sqrt/positive numbers', outcome: 'unexpected-pass' }]);
  });

  it('that fail are reported with their reason and stop nothing', async () => {
    const knownDefects = referenceDefects;
    const report = await runConformance(createReferenceBackend(), reference, { knownDefects });
    expect(report.failures).toEqual([]);
    const declared = report.results.filter(({ outcome }) => outcome === 'known-defect');
    expect(declared.map((result) => result.case)).toEqual(referenceDefects.map((defect) => defect.case));
    expect(declared[0]?.message).toContain('central differences');
  });

  it.each([
    ['a name that no case has', [{ case: 'sqrt/nothing', reason }]],
    [
      'the same case twice',
      [
        { case: 'sqrt/positive numbers', reason },
        { case: 'sqrt/positive numbers', reason },
      ],
    ],
  ])('are refused for %s', async (_fact, knownDefects) => {
    const run = runConformance(createReferenceBackend(), reference, { cases, knownDefects });
    await expect(run).rejects.toMatchObject({ code: 'tensor/option' });
  });

  it('of cases that are not run are not looked at', async () => {
    const knownDefects = [{ case: 'abs/both signs', reason }];
    const { failures } = await runConformance(createReferenceBackend(), reference, { cases, knownDefects });
    expect(failures).toEqual([]);
  });
});

it('unknown options are errors that name the nearest', async () => {
  const options = { knownDefect: [] } as unknown as ConformanceOptions;
  await expect(runConformance(createReferenceBackend(), reference, options)).rejects.toThrow(
    "did you mean 'knownDefects'",
  );
});

it('a reference that rounds is refused', async () => {
  const rounded = createReferenceBackend({ storage: 'float32' });
  await expect(runConformance(reference, rounded)).rejects.toMatchObject({ code: 'tensor/option' });
});

it('a reference that stores float16 is within the tolerance of its width', async () => {
  const half = createReferenceBackend({ storage: 'float16' });
  const cases = conformanceCases.filter(({ name }) => name.startsWith('matMul/5×7') || name.startsWith('exp/order'));
  const { failures } = await runConformance(half, reference, { cases });
  expect(failures).toEqual([]);
  const tolerances = { values: { relative: 1e-5, absolute: 1e-6 } };
  expect((await runConformance(half, reference, { cases, tolerances })).failures).toHaveLength(cases.length);
});
