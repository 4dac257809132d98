import type { Covariates, SeriesSet, StepRanges } from '@nt/data';

/**
 * A copy in which targets and historic covariates of some steps are not available. Rows that several series share (wide
 * files) lose their covariates only where all of these series lose the step.
 */
export function withoutSteps(set: SeriesSet, except: readonly StepRanges[]): SeriesSet {
  const values = set.values.slice();
  const available = set.available?.slice() ?? new Uint8Array(values.length).fill(1);
  const kept = new Uint8Array(set.historic ? set.historic.values.length / set.historic.names.length : 0);
  for (let series = 0; series < set.ids.length; series++) {
    const rows = set.offsets[series + 1]! - set.offsets[series]!;
    const isDropped = new Uint8Array(rows);
    for (const { starts, ends } of except) isDropped.fill(1, starts[series]!, ends[series]!);
    for (let step = 0; step < rows; step++) {
      if (!isDropped[step]) kept[set.contextOffsets[series]! + step] = 1;
      else {
        values[set.offsets[series]! + step] = Number.NaN;
        available[set.offsets[series]! + step] = 0;
      }
    }
  }
  return { ...set, values, available, historic: set.historic && withoutRows(set.historic, kept) };
}

function withoutRows(covariates: Covariates, kept: Uint8Array): Covariates {
  const width = covariates.names.length;
  const values = covariates.values.slice();
  for (const [row, isKept] of kept.entries()) if (!isKept) values.fill(Number.NaN, row * width, (row + 1) * width);
  return { ...covariates, values };
}
