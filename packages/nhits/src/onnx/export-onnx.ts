import { type ExportOnnxOptions, onnxFile } from '@nt/layers/onnx';
import type { Tensor } from '@nt/tensor';
import { createNhits } from '../create-nhits.ts';
import type { NhitsModel } from '../nhits-model.ts';
import type { NhitsConfig } from '../nhits-options.ts';

/**
 * The network as an ONNX file (opset 17, float32): inputs `input` `[batch, inputSize]`, oldest first, and as the network
 * has them `historic` `[batch, inputSize, count]`, `future` `[batch, inputSize + horizon, count]`, `static`
 * `[batch, count]`; output `forecast` `[batch, horizon, outputs]`. Batches of any size. Window normalisation, the linear
 * skip and the scales of distributions are in it.
 *
 * @throws LayersError `layers/onnx` for options it does not know, and for scaling of outputs that are no values
 */
export function exportOnnx<T extends Tensor>(
  model: NhitsModel<T>,
  options: ExportOnnxOptions = {},
): Promise<Uint8Array> {
  const config: NhitsConfig = model.config;
  const create: Parameters<typeof onnxFile<T>>[0]['create'] = (ops) =>
    createNhits(ops, { ...config, recompute: false }, { weightsFollow: true });
  return onnxFile({ model, size: config, scaleDecouple: config.scaleDecouple, create }, options);
}
