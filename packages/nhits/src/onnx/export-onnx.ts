import type { Tensor, WindowTensors } from '@nt/tensor';
import { createNhits } from '../create-nhits.ts';
import type { NhitsModel } from '../nhits-model.ts';
import type { NhitsConfig } from '../nhits-options.ts';
import { type OnnxGraph, onnxGraph } from './onnx-graph.ts';
import { checkOnnxOptions, type ExportOnnxOptions } from './onnx-options.ts';
import { scaledForecast, scaledWindow } from './onnx-scaling.ts';
import { traceOps } from './trace-ops.ts';
import { anyBatch, isDynamic, type TraceTensor, traceTensor } from './trace-tensor.ts';

/**
 * The network as an ONNX file (opset 17, float32): inputs `input` `[batch, inputSize]`, oldest first, and as the network
 * has them `historic` `[batch, inputSize, count]`, `future` `[batch, inputSize + horizon, count]`, `static`
 * `[batch, count]`; output `forecast` `[batch, horizon, outputs]`. Batches of any size.
 *
 * The file is what the network does on an engine, written down operation by operation, so window normalisation, the linear
 * skip and the scales of distributions are in it. Dropout is not: it forecasts.
 *
 * @throws NhitsError `nhits/onnx` for options it does not know, and for scaling of outputs that are no values
 */
export async function exportOnnx<T extends Tensor>(
  model: NhitsModel<T>,
  options: ExportOnnxOptions = {},
): Promise<Uint8Array> {
  const config: NhitsConfig = model.config;
  const { mask = false, scaling = 'none' } = checkOnnxOptions(options, config);
  const graph = onnxGraph('nhits');
  const ops = traceOps(graph);
  const network = createNhits(ops, { ...config, recompute: false }, { weightsFollow: true });
  network.loadWeights(await model.saveWeights());
  const given = windowInputs(graph, config, mask);
  const { window, back } = scaledWindow(graph, ops, given, scaling);
  const forecast = network.forward(window, { training: false, random: { seed: 0, counter: 0 } });
  const raw = scaledForecast(ops, forecast, back);
  graph.output('forecast', raw.name, ['batch', config.horizon, config.outputs]);
  return graph.toBytes({ model_type: 'nhits', config: JSON.stringify(config) });
}

function windowInputs(graph: OnnxGraph, config: NhitsConfig, mask: boolean): WindowTensors<TraceTensor> {
  const { inputSize, horizon, historic, future } = config;
  const input = (name: string, ...shape: number[]): TraceTensor => {
    const whole = [anyBatch, ...shape];
    graph.input(
      name,
      whole.map((length) => (isDynamic(length) ? 'batch' : length)),
    );
    return traceTensor(name, whole);
  };
  return {
    input: input('input', inputSize),
    ...(mask && { inputMask: input('inputMask', inputSize) }),
    ...(historic > 0 && { historic: input('historic', inputSize, historic) }),
    ...(future > 0 && { future: input('future', inputSize + horizon, future) }),
    ...(config.static > 0 && { static: input('static', config.static) }),
  };
}
