import { type WindowNormalization, windowNormalizations } from '../window/window-statistics.ts';
import { cannotRead } from './refuse.ts';

/** neuralforecast's `scaler_type` as `windowNormalization`. @throws LayersError `layers/neuralforecast` */
export function savedScaler(saved: unknown): WindowNormalization {
  if (saved === undefined || saved === null || saved === 'identity') return 'none';
  const known = windowNormalizations.find((name) => name === saved && name !== 'none');
  if (known) return known;
  throw cannotRead(
    `its scaler_type is ${String(saved)}`,
    `known: identity, ${windowNormalizations.slice(1).join(', ')}`,
  );
}
