import { type JsonValue, type Scaler, type ScalerKind, scalerFromJson } from '@nt/data';
import { type ImportedModel, ownValue } from '@nt/layers/neuralforecast';
import { ForecastError } from '../forecast-error.ts';

/** neuralforecast's scalers of whole series that do the same as ours of that name. */
const kinds: Readonly<Record<string, ScalerKind>> = { standard: 'standard', robust: 'robust', minmax: 'minmax' };

/**
 * A scaler that knows no series: as neuralforecast does, each is scaled by the rows that a forecast is made from, target
 * and covariates but static ones alike.
 *
 * @throws ForecastError `forecast/model-file` for scalers that have no counterpart here
 */
export function unfittedScaler(model: ImportedModel<unknown>): Scaler {
  const { localScalerType, localStaticScalerType, historic, future } = model;
  if (localStaticScalerType !== null) throw refused('local_static_scaler_type', localStaticScalerType);
  const kind = localScalerType === null ? 'none' : ownValue(kinds, localScalerType);
  if (kind === undefined) throw refused('local_scaler_type', localScalerType!);
  const json: JsonValue = {
    format: 'nt.scaler',
    version: 1,
    kind,
    scope: 'series',
    covariates: kind,
    historic: [...historic],
    future: [...future],
    staticNames: [...model.static],
    series: [],
    constants: [],
    static: model.static.flatMap(() => [0, 1, 0]),
  };
  return scalerFromJson(json);
}

function refused(option: string, found: string): ForecastError {
  const known = option === 'local_scaler_type' ? `none, ${Object.keys(kinds).join(', ')}` : 'none';
  return new ForecastError(
    'forecast/model-file',
    `configuration.json: ${option} '${found}' has no counterpart here; expected ${known}. Train with one of these, or with scaler_type, which the network does itself.`,
    { option, found },
  );
}
