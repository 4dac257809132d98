import { formatFrequency } from '@nt/data';
import type { Json } from '@nt/tensor';
import type { ModelState } from './model-state.ts';

/** What a model is, in words of the field: network, data, training and result. */
export function describeState({ modelType, forecaster, loss, data, training }: ModelState): Json {
  const { horizon, inputSize, scaler, scalerScope, calendar, model, seed } = forecaster;
  return {
    method: modelType,
    horizon,
    inputSize,
    network: model,
    seed,
    loss,
    data: {
      target: data.target,
      frequency: formatFrequency(data.frequency),
      series: Object.keys(data.seenUntil).length,
      historic: data.historic,
      future: data.future,
      static: data.static,
      calendar,
      scaler,
      scalerScope,
    },
    training,
  };
}
