export { negativeBinomialLoss, normalLoss, studentTLoss } from './distribution-losses.ts';
export { type FreDFOptions, freDF } from './fre-df.ts';
export { type HuberOptions, huber } from './huber.ts';
export type { Loss, LossWhere } from './loss.ts';
export { type MaseLoss, type MaseOptions, type MaseWhere, mase } from './mase.ts';
export { mae, maeMse, mape, mse, rmse, smape } from './point-losses.ts';
export { multiQuantileLoss, quantileLoss } from './quantile-losses.ts';
export { type TukeyOptions, tukey } from './tukey.ts';
