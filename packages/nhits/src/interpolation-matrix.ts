/** Ways from knots to a forecast: those of neuralforecast (PyTorch's `interpolate`, align_corners = false). */
export const interpolationModes = ['linear', 'nearest', 'cubic'] as const;

/** One of `interpolationModes`. */
export type InterpolationMode = (typeof interpolationModes)[number];

/** PyTorch's bicubic coefficient. */
const cubicA = -0.75;

/**
 * Interpolation as a constant `[knots, horizon]` matrix, so that it is one product, deterministic, and has the right
 * gradient on every engine. Row-major; each column sums to 1.
 *
 * Source: `torch.nn.functional.interpolate(size=horizon, align_corners=False)`; `cubic` is one row of its bicubic mode.
 * Golden: test/golden/interpolation.json (torch 2.15, float64).
 */
export function interpolationMatrix(mode: InterpolationMode, knots: number, horizon: number): Float64Array {
  const matrix = new Float64Array(knots * horizon);
  const add = (knot: number, t: number, weight: number): void => {
    const row = Math.min(Math.max(knot, 0), knots - 1);
    matrix[row * horizon + t] = matrix[row * horizon + t]! + weight;
  };
  for (let t = 0; t < horizon; t++) {
    if (mode === 'nearest') {
      add(Math.floor((t * knots) / horizon), t, 1);
      continue;
    }
    const centre = ((t + 0.5) * knots) / horizon - 0.5;
    const position = mode === 'linear' ? Math.max(centre, 0) : centre;
    const left = Math.floor(position);
    const weights = mode === 'linear' ? linearWeights(position - left) : cubicWeights(position - left);
    const first = mode === 'linear' ? left : left - 1;
    weights.forEach((weight, i) => {
      add(first + i, t, weight);
    });
  }
  return matrix;
}

const linearWeights = (fraction: number): number[] => [1 - fraction, fraction];

/** Keys' convolution kernel at the four knots around a position. */
function cubicWeights(fraction: number): number[] {
  const near = (d: number): number => ((cubicA + 2) * d - (cubicA + 3)) * d * d + 1;
  const far = (d: number): number => ((cubicA * d - 5 * cubicA) * d + 8 * cubicA) * d - 4 * cubicA;
  return [far(1 + fraction), near(fraction), near(1 - fraction), far(2 - fraction)];
}
