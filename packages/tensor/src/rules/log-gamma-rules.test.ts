import { it } from 'vitest';
import { expectNear } from '../../test/near.ts';
import { tolerances } from '../../test/tolerances.ts';
import { createReferenceBackend } from '../reference/create-reference-backend.ts';
import { digammaRule } from './log-gamma-rules.ts';

const { ops } = createReferenceBackend();

// mpmath 1.3 with 40 digits: loggamma(x), digamma(x).
const table: readonly (readonly [x: number, logGamma: number, digamma: number])[] = [
  [1e-8, 18.42068073818021, -100000000.57721564],
  [1e-3, 6.907178885383853, -1000.5755719318103],
  [0.1, 2.252712651734206, -10.423754940411076],
  [0.5, 0.5723649429247001, -1.9635100260214235],
  [0.9, 0.06637623973474295, -0.7549269499470513],
  [1, 0, -0.5772156649015329],
  [1.25, -0.09827183642181316, -0.22745353337626542],
  [1.4616321449683622, -0.12148629053584961, -9.241265521729427e-17],
  [1.5, -0.12078223763524522, 0.03648997397857652],
  [2, 0, 0.42278433509846713],
  [2.5, 0.2846828704729192, 0.7031566406452432],
  [3, Math.LN2, 0.9227843350984671],
  [5, 3.1780538303479458, 1.5061176684318005],
  [7.99, 8.50501160608848, 2.014309222046224],
  [8, 8.525161361065415, 2.01564147795561],
  [10, 12.801827480081469, 2.251752589066721],
  [33.3, 82.60372358165495, 3.490467238520243],
  [100, 359.1342053695754, 4.600161852738087],
  [1234.5, 7550.550901077895, 7.118016231827998],
  [1e6, 12815504.569147611, 13.815510057964191],
  [1e10, 220258509288.81058, 23.025850929890456],
];
const x = ops.tensor(
  table.map((row) => row[0]),
  [table.length],
);

it('logGamma agrees with mpmath to 1e-12 from 1e-8 to 1e10', () => {
  expectNear(
    ops.logGamma(x).values,
    table.map((row) => row[1]),
    tolerances.float64,
  );
});

it('digamma agrees with mpmath to 1e-12 from 1e-8 to 1e10', () => {
  expectNear(
    ops.elementwise(digammaRule, { x }, {}).y.values,
    table.map((row) => row[2]),
    tolerances.float64,
  );
});

it('Γ(n) = (n − 1)! for the first twenty integers', () => {
  const integers = Array.from({ length: 20 }, (_, i) => i + 1);
  const factorials: number[] = [];
  for (const n of integers) factorials.push((factorials.at(-1) ?? 1) * Math.max(n - 1, 1));
  expectNear(ops.logGamma(ops.tensor(integers, [20])).values, factorials.map(Math.log), tolerances.float64);
});
