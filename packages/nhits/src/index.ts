export { type ScaleDecouple, scaleDecouples, type WindowNormalization, windowNormalizations } from '@nt/layers';
export { type CreateNhitsOptions, createNhits } from './create-nhits.ts';
export type { NhitsPart } from './decompose-nhits.ts';
export { type InterpolationMode, interpolationMatrix, interpolationModes } from './interpolation-matrix.ts';
export { nhitsConfig } from './nhits-config.ts';
export { NhitsError, type NhitsErrorCode } from './nhits-error.ts';
export type { NhitsModel } from './nhits-model.ts';
export type {
  LinearSkip,
  NhitsActivation,
  NhitsConfig,
  NhitsOptions,
  NhitsVariant,
  PoolingMode,
} from './nhits-options.ts';
