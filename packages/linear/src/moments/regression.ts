import { type Moments, momentOf } from './moments.ts';

/** Which columns explain which others. */
export interface Columns {
  readonly inputs: Int32Array;
  readonly outputs: Int32Array;
}

/** What is subtracted from every target column of a row before anything else: a weighted sum of columns of that row. */
export interface Centre {
  /** `[size]` weight of each column in the centre. */
  readonly weights: Float64Array;
  /** `[size]` 1 for the columns from which it is subtracted. */
  readonly from: Uint8Array;
}

/** The parts of moments that a regression reads, for centred columns. */
export interface Regression {
  readonly features: number;
  readonly outputs: number;
  /** `[features, features]`, both triangles */
  readonly gram: Float64Array;
  /** `[features, outputs]` */
  readonly cross: Float64Array;
  /** `[outputs]` sums of squares */
  readonly squares: Float64Array;
}

/** Picks columns and centres them: Rᵀ E R for the moments E and the linear map R that subtracts the centre. */
export function regressionOf(moments: Moments, { inputs, outputs }: Columns, centre?: Centre): Regression {
  const { size } = moments;
  const shift = new Float64Array(size);
  let square = 0;
  if (centre) {
    const used = [...centre.weights.keys()].filter((column) => centre.weights[column] !== 0);
    for (let column = 0; column < size; column++) {
      for (const other of used) shift[column]! += centre.weights[other]! * momentOf(moments, column, other);
    }
    for (const column of used) square += centre.weights[column]! * shift[column]!;
  }
  const entry = (a: number, b: number): number => {
    const fromA = centre?.from[a] ?? 0;
    const fromB = centre?.from[b] ?? 0;
    return momentOf(moments, a, b) - fromA * shift[b]! - fromB * shift[a]! + fromA * fromB * square;
  };
  const features = inputs.length;
  const gram = new Float64Array(features * features);
  const cross = new Float64Array(features * outputs.length);
  for (let i = 0; i < features; i++) {
    for (let j = i; j < features; j++) {
      gram[i * features + j] = gram[j * features + i] = entry(inputs[i]!, inputs[j]!);
    }
    for (let j = 0; j < outputs.length; j++) cross[i * outputs.length + j] = entry(inputs[i]!, outputs[j]!);
  }
  return { features, outputs: outputs.length, gram, cross, squares: Float64Array.from(outputs, (h) => entry(h, h)) };
}
