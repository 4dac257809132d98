import type { Covariates, SeriesSet } from '@nt/data';
import type { LagLayout } from '../moments/lag-layout.ts';
import type { LagChannels } from '../moments/lag-moments.ts';
import { fillForward } from './fill-forward.ts';

/** A scaled series as the channels of a layout: target, historic, future, static covariates, and 1. */
export function seriesChannels(set: SeriesSet, series: number, layout: LagLayout): LagChannels {
  const pad = layout.blocks.reduce((most, { from }) => Math.max(most, -from), 0);
  const steps = pad + set.lengths[series]! + layout.horizon;
  const columns = (covariates: Covariates | null): Float64Array[] =>
    (covariates?.names ?? []).map((_, column) => contextColumn(set, series, covariates!, column, pad, steps));
  const fixed = set.static?.names ?? [];
  return {
    pad,
    channels: [
      fillForward(set, series, pad, layout.horizon),
      ...columns(set.historic),
      ...columns(set.future),
      ...fixed.map((_, column) =>
        new Float64Array(steps).fill(set.static!.values[series * fixed.length + column]! || 0),
      ),
      new Float64Array(steps).fill(1),
    ],
  };
}

/** One covariate of a series; steps without a value are 0, the mean of a scaled column. */
function contextColumn(
  set: SeriesSet,
  series: number,
  { names, values }: Covariates,
  column: number,
  pad: number,
  steps: number,
): Float64Array {
  const out = new Float64Array(steps);
  const rows = Math.min(set.offsets[series + 1]! - set.offsets[series]!, steps - pad);
  const first = set.contextOffsets[series]!;
  for (let step = 0; step < rows; step++) out[pad + step] = values[(first + step) * names.length + column]! || 0;
  return out;
}
