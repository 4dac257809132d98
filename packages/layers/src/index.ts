export { assembleModel, type ModelParts } from './assemble-model.ts';
export { checkWindow } from './check-window.ts';
export { initialWeights, type LayerWeights } from './initial-weights.ts';
export { LayersError, type LayersErrorCode } from './layers-error.ts';
export type { NetworkSize } from './network-size.ts';
export { type ParameterStore, parameterStore } from './parameter-store.ts';
export {
  type BlockLayers,
  initialSlope,
  type LayerActivation,
  type LayerPlan,
  type LayersRun,
  layerActivations,
  runLayers,
} from './run-layers.ts';
export { normalizeWindow, revinNames } from './window/normalize-window.ts';
export { scaleBack, sumInUnit, type WindowScaling } from './window/scale-back.ts';
export { distributionParameters, type ScaleDecouple, scaleDecouples } from './window/scale-decouple.ts';
export { addScalerWeights } from './window/scaler-weights.ts';
export { type WindowNormalization, type WindowStatistics, windowNormalizations } from './window/window-statistics.ts';
