import type { backend_util } from '@tensorflow/tfjs-core';
import type { WindowSizes } from '../kernels/kernels.ts';

/** tfjs's description of a convolution or pool, in the kernels' words. */
export function windowSizes(info: backend_util.Conv2DInfo, batch: number = info.batchSize): WindowSizes {
  return {
    batch,
    height: info.inHeight,
    width: info.inWidth,
    channels: info.inChannels,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    windowHeight: info.filterHeight,
    windowWidth: info.filterWidth,
    strideHeight: info.strideHeight,
    strideWidth: info.strideWidth,
    dilationHeight: info.dilationHeight,
    dilationWidth: info.dilationWidth,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
  };
}
