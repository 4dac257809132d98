export { mae } from './mae.ts';
export { maseScale } from './mase-scale.ts';
export { rmse } from './rmse.ts';
export { smape } from './smape.ts';
