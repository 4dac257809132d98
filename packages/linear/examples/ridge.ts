import { ridge } from '@nt/linear';

const x = [1, 0, 0, 1, 1, 1, 2, 1]; // four rows of two
const y = [3, 2, 4, 7];
const [loose, strict] = await ridge(x, y, { features: 2, outputs: 1, lambdas: [1e-6, 10] });
console.log(
  [...loose!.weights].map((weight) => weight.toFixed(2)),
  loose!.intercept[0]!.toFixed(2),
);
console.log(
  [...strict!.weights].map((weight) => weight.toFixed(2)),
  strict!.intercept[0]!.toFixed(2),
);
//> [ '2.50', '1.33' ] 0.50
//> [ '0.32', '0.07' ] 3.63
