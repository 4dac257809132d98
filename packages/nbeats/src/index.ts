export { type CreateNbeatsOptions, createNbeats } from './create-nbeats.ts';
export { nbeatsConfig } from './nbeats-config.ts';
export { NbeatsError, type NbeatsErrorCode } from './nbeats-error.ts';
export type { NbeatsModel, NbeatsPart } from './nbeats-model.ts';
export { type NbeatsConfig, type NbeatsOptions, type StackType, stackTypes } from './nbeats-options.ts';
export { type TrendBasis, trendBases } from './trend-basis.ts';
