import { type DataReport, scalerFromJson } from '@nt/data';
import type { Json } from '@nt/tensor';
import { FittedForecaster } from '../fitted-forecaster.ts';
import { ForecastError } from '../forecast-error.ts';
import { headOf } from '../heads/heads.ts';
import { createNetwork } from '../models/create-network.ts';
import { fittedNetwork } from '../predict/fitted-network.ts';
import { calendarColumns } from '../predict/with-calendar.ts';
import { historyRows } from './history-csv.ts';
import type { ModelRecords } from './model-records.ts';
import { readJsonFile } from './read-json-file.ts';
import { readState } from './read-state.ts';
import { readWeights } from './read-weights.ts';
import type { SavedFiles } from './saved-files.ts';

/** A fitted network from its files. */
export function loadNetwork({ folder, config, file, backend, factories }: SavedFiles): FittedForecaster {
  const state = readState(`${folder}config.json`, config);
  const factory = factories.find(({ modelType }) => modelType === state.modelType);
  if (!factory) {
    const known = factories.map(({ modelType }) => modelType).join(', ');
    throw new ForecastError(
      'forecast/model-file',
      `${folder}config.json: the model is of type '${state.modelType}'; known here: ${known}.`,
      { modelType: state.modelType },
    );
  }
  const weights = readWeights(`${folder}model.safetensors`, file('model.safetensors'));
  const { historic, future, static: fixed } = state.data;
  const ahead = future.length + calendarColumns(state.forecaster);
  const counts = { historic: historic.length, future: ahead, static: fixed.length };
  const head = headOf(state.loss);
  const model = createNetwork(factory, backend, state.forecaster, counts, head, true);
  try {
    model.loadWeights(weights);
    const scaler = scalerFromJson(state.scaler);
    return new FittedForecaster(fittedNetwork({ backend, model, head, counts }), scaler, state, readRecords(file));
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function readRecords(file: SavedFiles['file']): ModelRecords {
  const json = (name: string): unknown => {
    const bytes = file(name, 'optional');
    return bytes ? readJsonFile(name, bytes) : null;
  };
  const history = file('history.csv', 'optional');
  return {
    history: history ? historyRows(new TextDecoder().decode(history)) : [],
    report: json('data-report.json') as DataReport | null,
    evaluation: json('metrics.json') as Json | null,
  };
}
