/** Every tolerance of this package's metrics, statistics and calibration tests, with its reason. */
export const tolerances = {
  /** float64 against numpy's float64: the same formulae, sums in another order. Relative. */
  golden: 1e-12,
  /** Distributions against scipy: continued fractions stop at 1e-16, the logarithm of gamma is good to about 1e-15 of its value. Relative. */
  distribution: 1e-10,
  /** A forecast of float32 weights by another engine or kernel than the one that wrote it down. */
  oldModel: 1e-5,
  /** Forecasts by neuralforecast's float32 weights on another engine, relative to the largest of a series. */
  neuralforecast: 1e-5,
  /** One model on other kernels, relative to the largest value: sums in another order, in float32. */
  otherKernels: 1e-5,
  /**
   * One model in onnxruntime, relative to the largest value of its series: raw values are scaled in float32, which knows a level of
   * many deviations to fewer digits of a deviation.
   */
  onnx: 2e-5,
  /** Gradients of products whose operands have 8 bits (0.2 % each), relative to the largest of a tensor. */
  bfloat16Gradients: 2e-2,
  /** What a training in mixed-bfloat16 may lose or win by it, relative. */
  bfloat16Loss: 1e-2,
} as const;
