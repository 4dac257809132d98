import { type Expression, elementwiseRule } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { expect, test } from 'vitest';
import { tolerances } from '../../test/tolerances.ts';
import { normalQuantile } from './normal-quantile.ts';

function normalRule() {
  const definitions: (readonly [string, Expression])[] = [];
  const define = (name: string, expression: Expression): Expression => {
    definitions.push([name, expression]);
    return name;
  };
  const y = normalQuantile('u', define);
  return elementwiseRule({ name: 'normal', inputs: ['u'], scalars: [], definitions, outputs: [['y', y]] });
}

test('quantiles are those of the normal distribution in float64 and float32, the ends included', async () => {
  // statistics.NormalDist().inv_cdf(u + 2**-25) of Python 3, rounded to ten decimals.
  const expected: readonly (readonly [number, number])[] = [
    [0, -5.4199831749],
    [2 ** -24, -5.2201130606],
    [0.001953125, -2.8856301096],
    [0.0625, -1.534120302],
    [0.125, -1.1503492356],
    [0.5, 0.0000000747],
    [0.75, 0.674489844],
    [0.9375, 1.5341207867],
    [1 - 2 ** -24, 5.4199831749],
  ];
  for (const storage of ['float64', 'float32'] as const) {
    const { ops } = createReferenceBackend({ storage });
    const u = ops.tensor(
      expected.map(([x]) => x),
      [expected.length],
    );
    const { y } = ops.elementwise(normalRule(), { u }, {});
    const values = await y!.data();
    for (const [i, [, quantile]] of expected.entries())
      expect(Math.abs(values[i]! - quantile)).toBeLessThan(tolerances.normalQuantile);
  }
});
