import type { PredictOptions, Predictor } from '@nt/forecast';
import { askedQuantiles, type QuantileFlags } from './asked-quantiles.ts';

/** What the flags ask of a model: horizon, and quantiles or levels. @throws UsageError */
export function askedForecast(
  flags: QuantileFlags & { readonly horizon?: number },
  forecaster: Predictor,
): Pick<PredictOptions, 'horizon' | 'levels' | 'quantiles'> {
  const { horizon } = flags;
  const isRecursive = horizon !== undefined && horizon > forecaster.horizon;
  const told = isRecursive ? { quantiles: isAsked(flags) ? forecaster.quantiles : [] } : forecaster;
  return { ...askedQuantiles(flags, told), ...(horizon !== undefined && { horizon }) };
}

const isAsked = ({ levels, quantiles }: QuantileFlags): boolean => levels !== undefined || quantiles !== undefined;
