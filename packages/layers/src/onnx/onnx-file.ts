import type { NetworkOps, NeuralModel, Tensor } from '@nt/tensor';
import { LayersError } from '../layers-error.ts';
import type { NetworkSize } from '../network-size.ts';
import type { ScaleDecouple } from '../window/scale-decouple.ts';
import { onnxGraph } from './onnx-graph.ts';
import { checkOnnxOptions, type ExportOnnxOptions } from './onnx-options.ts';
import { scaledForecast, scaledWindow } from './onnx-scaling.ts';
import { traceOps } from './trace-ops.ts';
import type { TraceTensor } from './trace-tensor.ts';
import { windowInputs } from './window-inputs.ts';

/** A network that becomes a file. */
export interface OnnxNetwork<T extends Tensor> {
  readonly model: NeuralModel<T>;
  readonly size: NetworkSize;
  /** What the outputs are: parameters of a distribution cannot be scaled back by numbers. */
  readonly scaleDecouple: ScaleDecouple;
  /** The same network on other operations, whose weights are loaded next. */
  create(ops: NetworkOps<TraceTensor>): NeuralModel<TraceTensor>;
}

/**
 * A network as an ONNX file (opset 17, float32): inputs as `windowInputs` names them; output `forecast`
 * `[batch, horizon, outputs]`. Batches of any size. The file is what the network does on an engine, written down operation
 * by operation; dropout is not in it: it forecasts.
 *
 * @throws LayersError `layers/onnx` for options it does not know, and for scaling of outputs that are no values
 */
export async function onnxFile<T extends Tensor>(
  { model, size, scaleDecouple, create }: OnnxNetwork<T>,
  options: ExportOnnxOptions = {},
): Promise<Uint8Array> {
  const { mask = false, scaling = 'none' } = checkOnnxOptions(options, size);
  if (scaling !== 'none' && scaleDecouple !== 'none') {
    const problem = `scaling: the outputs are parameters of ${scaleDecouple}, no values; export without`;
    throw new LayersError('layers/onnx', `ONNX export: ${problem}.`, { received: scaling });
  }
  const graph = onnxGraph(model.modelType);
  const ops = traceOps(graph);
  const network = create(ops);
  network.loadWeights(await model.saveWeights());
  const { window, back } = scaledWindow(graph, ops, windowInputs(graph, size, mask), scaling);
  const forecast = network.forward(window, { training: false, random: { seed: 0, counter: 0 } });
  graph.output('forecast', scaledForecast(ops, forecast, back).name, ['batch', size.horizon, size.outputs]);
  return graph.toBytes({ model_type: model.modelType, config: JSON.stringify(model.config) });
}
