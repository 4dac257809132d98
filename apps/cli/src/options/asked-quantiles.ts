import { type FittedForecaster, quantilesOfLevels } from '@nt/forecast';
import { UsageError } from '../usage-error.ts';

/** The flags that ask for intervals or quantiles. */
export interface QuantileFlags {
  readonly levels?: readonly number[];
  readonly quantiles?: readonly number[];
}

/** What is to be asked of a model: what the flags say, without them all that it has. @throws UsageError */
export function askedQuantiles(
  { levels, quantiles }: QuantileFlags,
  { quantiles: told }: Pick<FittedForecaster, 'quantiles'>,
): { readonly quantiles?: readonly number[]; readonly levels?: readonly number[] } {
  if (levels !== undefined && quantiles !== undefined)
    throw new UsageError('--levels and --quantiles ask for the same in two ways; give one of them.');
  const asked = levels === undefined ? ascending(quantiles ?? []) : quantilesOfLevels(levels);
  if (told !== 'any' && asked.some((quantile) => !told.includes(quantile))) throw notTold(asked, told);
  if (levels !== undefined) return { levels };
  return { quantiles: quantiles === undefined && told !== 'any' ? told : asked };
}

const ascending = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

function notTold(asked: readonly number[], told: readonly number[]): UsageError {
  const has = told.length === 0 ? 'gives a point forecast only' : `gives the quantiles ${told.join(', ')}`;
  const wanted = ascending([...asked, 0.5]).join(',');
  return new UsageError(
    `The model ${has}; asked for are ${asked.join(', ')}. Train one with --loss quantile:quantiles=${wanted}.`,
  );
}
