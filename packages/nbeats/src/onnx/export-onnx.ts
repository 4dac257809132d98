import { type ExportOnnxOptions, onnxFile } from '@nt/layers/onnx';
import type { Tensor } from '@nt/tensor';
import { createNbeats } from '../create-nbeats.ts';
import type { NbeatsModel } from '../nbeats-model.ts';
import type { NbeatsConfig } from '../nbeats-options.ts';

/**
 * The network as an ONNX file (opset 17, float32): input `input` `[batch, inputSize]`, oldest first; output `forecast`
 * `[batch, horizon, outputs]`. Batches of any size. Window normalisation and the scales of distributions are in it.
 *
 * @throws LayersError `layers/onnx` for options it does not know, and for scaling of outputs that are no values
 */
export function exportOnnx<T extends Tensor>(
  model: NbeatsModel<T>,
  options: ExportOnnxOptions = {},
): Promise<Uint8Array> {
  const config: NbeatsConfig = model.config;
  const create: Parameters<typeof onnxFile<T>>[0]['create'] = (ops) =>
    createNbeats(ops, config, { weightsFollow: true });
  return onnxFile({ model, size: config, scaleDecouple: config.scaleDecouple, create }, options);
}
