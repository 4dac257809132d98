import type { SeriesSet, StepRanges } from '@nt/data';
import type { Workspace } from '../algebra/workspace.ts';
import type { LagLayout } from '../moments/lag-layout.ts';
import { addLagRun, type LagChannels, type LagRun } from '../moments/lag-moments.ts';
import type { Moments } from '../moments/moments.ts';
import { originRuns } from '../windows/origin-runs.ts';
import { seriesChannels } from '../windows/series-channels.ts';
import type { RidgeConfig } from './ridge-options.ts';

/** What windows are read from, and how much each counts. */
export interface WindowSource {
  readonly space: Workspace;
  /** Scaled. */
  readonly set: SeriesSet;
  readonly layout: LagLayout;
  readonly config: Pick<RidgeConfig, 'minimumAvailability' | 'weights'>;
  /** Whether inputs must lie in the ranges as well. */
  readonly strict: boolean;
  /** `[series]` the step from which age is counted; only with a half-life. */
  readonly reference: ArrayLike<number>;
}

/** The windows of a series whose targets lie in its range. */
export function runsOf(
  { set, layout, config, strict }: WindowSource,
  series: number,
  { starts, ends }: StepRanges,
): LagRun[] {
  const { lookback, horizon } = layout;
  const { minimumAvailability } = config;
  const range = { start: starts[series]!, end: ends[series]! };
  return originRuns(set, series, { ...range, horizon, lookback, strict, minimumAvailability });
}

/** Adds runs of windows of one series; a sign of −1 takes them away. */
export function addRuns(
  { space, layout, config, reference }: WindowSource,
  into: Moments,
  series: number,
  channels: LagChannels,
  runs: readonly LagRun[],
  halfLife: number | null,
  sign = 1,
): void {
  const decay = halfLife === null ? 1 : 0.5 ** (1 / halfLife);
  const weight = sign * (config.weights?.[series] ?? 1);
  for (const run of runs) {
    const last = weight * decay ** (reference[series]! - (run.end - 1));
    addLagRun(space, into, layout, channels, run, { last, decay });
  }
}

/** Adds all windows of some series whose targets lie in their ranges. */
export function gatherMoments(
  source: WindowSource,
  into: Moments,
  seriesList: readonly number[],
  ranges: StepRanges,
  halfLife: number | null,
): void {
  for (const series of seriesList) {
    const runs = runsOf(source, series, ranges);
    if (runs.length === 0) continue;
    addRuns(source, into, series, seriesChannels(source.set, series, source.layout), runs, halfLife);
  }
}
