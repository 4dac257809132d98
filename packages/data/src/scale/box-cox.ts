/** (xᵏ − 1) / k, and ln x at k = 0 (Box & Cox 1964); x > 0. */
export function boxCox(value: number, lambda: number): number {
  return lambda === 0 ? Math.log(value) : Math.expm1(lambda * Math.log(value)) / lambda;
}

/** The value whose transform this is; what no value can have been becomes 0 (k > 0) or Infinity (k < 0). */
export function inverseBoxCox(transformed: number, lambda: number): number {
  if (lambda === 0) return Math.exp(transformed);
  const base = lambda * transformed;
  if (base <= -1) return lambda > 0 ? 0 : Infinity;
  return Math.exp(Math.log1p(base) / lambda);
}

const golden = (Math.sqrt(5) - 1) / 2;

/** The exponent in [−1, 2] with the largest profile likelihood, by golden-section search to 1e-6. */
export function boxCoxLambda(values: Float64Array): number {
  const logs = values.map((value) => Math.log(value));
  const logSum = logs.reduce((sum, value) => sum + value, 0);
  const cost = (lambda: number) => {
    const transformed = logs.map((value) => (lambda === 0 ? value : Math.expm1(lambda * value) / lambda));
    const mean = transformed.reduce((sum, value) => sum + value, 0) / transformed.length;
    const variance = transformed.reduce((sum, value) => sum + (value - mean) ** 2, 0) / transformed.length;
    return (transformed.length / 2) * Math.log(variance) - (lambda - 1) * logSum;
  };
  if (values.every((value) => value === values[0])) return 1;
  let [low, high] = [-1, 2];
  while (high - low > 1e-6) {
    const width = golden * (high - low);
    if (cost(high - width) < cost(low + width)) high = low + width;
    else low = high - width;
  }
  return (low + high) / 2;
}
