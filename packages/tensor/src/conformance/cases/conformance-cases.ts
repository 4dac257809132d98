import type { ConformanceCase } from '../conformance-case.ts';
import { arithmeticCases } from './arithmetic-cases.ts';
import { denseCases } from './dense-cases.ts';
import { donationCases } from './donation-cases.ts';
import { elementwiseCases } from './elementwise-cases.ts';
import { errorsCases } from './errors-cases.ts';
import { gradientsCases } from './gradients-cases.ts';
import { layerGradientsCases } from './layer-gradients-cases.ts';
import { layoutCases } from './layout-cases.ts';
import { matrixCases } from './matrix-cases.ts';
import { memoryCases } from './memory-cases.ts';
import { mlpCases } from './mlp-cases.ts';
import { networkCases } from './network-cases.ts';
import { poolCases } from './pool-cases.ts';
import { randomCases } from './random-cases.ts';
import { tieCases } from './tie-cases.ts';
import { variableCases } from './variable-cases.ts';

/** All that is asked of an engine, as data. Names are unique; filter by `name` or `kind` to run a part. */
export const conformanceCases: readonly ConformanceCase[] = [
  ...arithmeticCases,
  ...layoutCases,
  ...matrixCases,
  ...denseCases,
  ...mlpCases,
  ...poolCases,
  ...elementwiseCases,
  ...donationCases,
  ...networkCases,
  ...variableCases,
  ...gradientsCases,
  ...layerGradientsCases,
  ...tieCases,
  ...memoryCases,
  ...errorsCases,
  ...randomCases,
];
