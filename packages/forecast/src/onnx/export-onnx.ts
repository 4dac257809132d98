import { onnxGraph, type TraceTensor, traceOps, windowInputs } from '@nt/layers/onnx';
import { exportOnnx as exportRidge } from '@nt/linear/onnx';
import type { WindowTensors } from '@nt/tensor';
import type { RidgePredictor } from '../baselines/ridge-predictor.ts';
import { FittedForecaster } from '../fitted-forecaster.ts';
import { ForecastError } from '../forecast-error.ts';
import { headOf } from '../heads/heads.ts';
import { createNetwork } from '../models/create-network.ts';
import { modelFactories } from '../models/model-factories.ts';
import type { ModelFactory } from '../models/model-factory.ts';
import { checkKeys } from '../options/check-keys.ts';
import { badOption } from '../options/option.ts';
import type { Predictor } from '../predictor.ts';
import { residualNhits } from '../recipe/residual-nhits.ts';
import { readOutputs } from './read-outputs.ts';
import { savedScales } from './saved-scales.ts';
import { type TraceScaling, traceScaling } from './trace-scaling.ts';

/** What a file takes. */
export interface ExportOnnxOptions {
  /**
   * The series that the file is for. Default: every series that was trained on; where each has a scale of its own, the file
   * then has an input `series` `[batch]` of int64, the number of each window's series in the list `series` of its metadata.
   */
  readonly series?: string | undefined;
  /** Whether it has an input `inputMask`, 1 where the input was observed and 0 where not; default false. */
  readonly mask?: boolean | undefined;
  /** `data` (default): raw values in, forecasts in their unit out. `none`: both as the network has them. */
  readonly scaling?: 'data' | 'none' | undefined;
}

/**
 * A fitted network, or a ridge, as an ONNX file (opset 17, float32), scales included: inputs `input` `[batch, inputSize]`,
 * oldest first, and as the network has them `historic` `[batch, inputSize, count]`, `future`
 * `[batch, inputSize + horizon, count]` (calendar features are the last columns), `static` `[batch, count]`; output
 * `forecast` `[batch, horizon]`, and of the loss `quantile` `quantiles` `[batch, horizon, count]`. Names of covariates and
 * quantiles are in the metadata. Of a distribution it gives the point forecast.
 *
 * @throws ForecastError `forecast/cannot-export` for a predictor that is made of others or of a rule, and for scales that a
 *   file cannot hold; `forecast/option`; LinearError of a ridge
 */
export async function exportOnnx(predictor: Predictor, options: ExportOnnxOptions = {}): Promise<Uint8Array> {
  checkKeys('exportOnnx', options, ['series', 'mask', 'scaling']);
  const { series, mask = false, scaling = 'data' } = options;
  if (typeof mask !== 'boolean') throw badOption('mask', 'true or false', mask);
  if (scaling !== 'data' && scaling !== 'none') throw badOption('scaling', "'data' or 'none'", scaling);
  if (predictor instanceof FittedForecaster) return networkFile(predictor, { series, mask, scaling });
  if (predictor.saving?.kind !== 'ridge') throw notOneNetwork(predictor);
  if (scaling === 'none') throw badOption('scaling', "'data' of a ridge, whose file holds its scales", scaling);
  return exportRidge((predictor as RidgePredictor).ridge, { mask, ...(series !== undefined && { series }) });
}

async function networkFile(
  forecaster: FittedForecaster,
  { series, mask, scaling }: { series: string | undefined; mask: boolean; scaling: 'data' | 'none' },
): Promise<Uint8Array> {
  const { state } = forecaster;
  const scales = savedScales(state.scaler);
  const head = headOf(state.loss);
  const counts = { historic: scales.historic.length, future: scales.future.length, static: scales.staticNames.length };
  const { inputSize, horizon } = state.forecaster;
  const graph = onnxGraph(state.modelType);
  const ops = traceOps(graph);
  // Computing parts of a training again is no matter of a file.
  const { recompute: _, ...model } = state.forecaster.model;
  const network = createNetwork(
    factoryOf(state.modelType),
    { ops },
    { ...state.forecaster, model },
    counts,
    head,
    true,
  );
  network.loadWeights(await forecaster.saveWeights());
  const given = windowInputs(graph, { inputSize, horizon, outputs: head.outputs, ...counts }, mask);
  const unit = traceScaling({ graph, ops, scales, series, isScaled: scaling === 'data' });
  const window = masked(unit.window(given), (x, where) => ops.mul(x, where));
  const output = network.forward(window, { training: false, random: { seed: 0, counter: 0 } });
  const { point, quantiles } = readOutputs(graph, ops, state.loss, head, output, horizon);
  const back = (x: TraceTensor): TraceTensor => unit.back(x);
  graph.output('forecast', back(point).name, ['batch', horizon]);
  if (quantiles.length > 0)
    graph.output('quantiles', stacked(quantiles.map(back)).name, ['batch', horizon, quantiles.length]);
  return graph.toBytes(metadata(forecaster, scales, unit));

  function stacked(columns: readonly TraceTensor[]): TraceTensor {
    return ops.concat(
      columns.map((column) => ops.reshape(column, [column.shape[0]!, horizon, 1])),
      2,
    );
  }
}

/** What was not observed is 0 on the scale of the network, whatever the input holds. */
function masked(
  window: WindowTensors<TraceTensor>,
  product: (x: TraceTensor, where: TraceTensor) => TraceTensor,
): WindowTensors<TraceTensor> {
  return window.inputMask ? { ...window, input: product(window.input, window.inputMask) } : window;
}

function metadata(
  { state, quantiles }: FittedForecaster,
  { historic, future, staticNames }: ReturnType<typeof savedScales>,
  { ids }: TraceScaling,
): Record<string, string> {
  return {
    model_type: state.modelType,
    config: JSON.stringify(state.forecaster),
    target: state.data.target,
    series: JSON.stringify(ids),
    covariates: JSON.stringify({ historic, future, static: staticNames }),
    quantiles: JSON.stringify(quantiles === 'any' ? [] : quantiles),
  };
}

function factoryOf(modelType: string): ModelFactory {
  const factory = [...Object.values(modelFactories), residualNhits()].find((one) => one.modelType === modelType);
  if (factory) return factory;
  throw cannotExport(`a network of type '${modelType}' has no operations known here`, 'export it by its own package');
}

function notOneNetwork(predictor: Predictor): ForecastError {
  const { kind = 'predictor of your own', members = [] } = predictor.saving ?? {};
  if (members.length === 0) return cannotExport(`${predictor.method} is no network (${kind})`, 'it has no file');
  const names = members.map(({ method }, member) => `${member} ${method}`).join(', ');
  return cannotExport(`${predictor.method} is made of others (${kind})`, `export its members: ${names}`);
}

/** For what no file can be made of. */
function cannotExport(found: string, remedy: string): ForecastError {
  return new ForecastError('forecast/cannot-export', `ONNX export: ${found}; ${remedy}.`, { found });
}
