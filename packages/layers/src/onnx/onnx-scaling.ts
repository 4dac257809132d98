import type { NetworkOps, WindowTensors } from '@nt/tensor';
import type { OnnxGraph } from './onnx-graph.ts';
import type { ExportOnnxOptions, Scale } from './onnx-options.ts';
import { anyBatch, type TraceTensor, traceTensor } from './trace-tensor.ts';

/** A window as the network wants it, and the way back: rank 0, or `[batch, 1]`. */
export interface ScaledWindow {
  readonly window: WindowTensors<TraceTensor>;
  readonly back: { readonly shift: TraceTensor; readonly scale: TraceTensor } | null;
}

/** Puts the scaling of raw values before the network. */
export function scaledWindow(
  graph: OnnxGraph,
  ops: NetworkOps<TraceTensor>,
  window: WindowTensors<TraceTensor>,
  scaling: NonNullable<ExportOnnxOptions['scaling']>,
): ScaledWindow {
  if (scaling === 'none') return { window, back: null };
  const there = (x: TraceTensor, shift: TraceTensor, scale: TraceTensor): TraceTensor =>
    ops.div(ops.sub(x, shift), scale);
  if (scaling === 'inputs') {
    const ofWindow = (name: string): TraceTensor => {
      graph.input(name, ['batch', 1]);
      return traceTensor(name, [anyBatch, 1]);
    };
    const back = { shift: ofWindow('shift'), scale: ofWindow('scale') };
    return { window: { ...window, input: there(window.input, back.shift, back.scale) }, back };
  }
  const numbers = (scales: readonly Scale[], key: keyof Scale): TraceTensor =>
    ops.tensor(
      scales.map((scale) => scale[key]),
      [scales.length],
    );
  const covariates = (['historic', 'future', 'static'] as const).flatMap((kind) => {
    const [x, scales] = [window[kind], scaling[kind]];
    return x && scales ? [[kind, there(x, numbers(scales, 'shift'), numbers(scales, 'scale'))] as const] : [];
  });
  const scalar = (key: keyof Scale): TraceTensor => ops.tensor([scaling.target[key]], []);
  const back = { shift: scalar('shift'), scale: scalar('scale') };
  const input = there(window.input, back.shift, back.scale);
  return { window: { ...window, ...Object.fromEntries(covariates), input }, back };
}

/** The forecast `[batch, horizon, outputs]` in the unit of the raw values. */
export function scaledForecast(
  ops: NetworkOps<TraceTensor>,
  forecast: TraceTensor,
  back: ScaledWindow['back'],
): TraceTensor {
  if (!back) return forecast;
  const wide = (x: TraceTensor): TraceTensor => (x.shape.length === 0 ? x : ops.reshape(x, [anyBatch, 1, 1]));
  return ops.add(ops.mul(forecast, wide(back.scale)), wide(back.shift));
}
