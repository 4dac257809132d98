export {
  type AdaptiveConformal,
  type AdaptiveConformalOptions,
  type AdaptiveConformalState,
  adaptiveConformal,
  type ObservedStep,
} from './adaptive-conformal.ts';
export type { CalibrationState } from './calibration-state.ts';
export {
  type ConformalQuantiles,
  type ConformalQuantilesInput,
  conformalizeQuantiles,
  conformalQuantilesFromJson,
  fitConformalQuantiles,
} from './conformal-quantiles.ts';
export { scoresNeeded, type TooFewOptions } from './conformal-radius.ts';
export { type RepairedQuantiles, repairQuantiles } from './repair-quantiles.ts';
export { type RollingConformal, type RollingConformalInput, rollingConformal } from './rolling-conformal.ts';
export {
  type ConformalInterval,
  fitSplitConformal,
  type SplitConformal,
  type SplitConformalInput,
  type SplitConformalOptions,
  splitConformalFromJson,
  splitConformalInterval,
} from './split-conformal.ts';
export type { CalibrationTruth } from './step-scores.ts';
