import { adamw, chain, clipByGlobalNorm, createOptimizer, OptimError, onlyFor, sgd } from '@nt/optim';
import { createReferenceBackend } from '@nt/tensor/reference';

// Any engine will do; the reference computes in float64.
const { ops } = createReferenceBackend();
const weight = ops.variable(ops.tensor([1, -2, 3, -4], [2, 2]), { name: 'weight' });
const bias = ops.variable(ops.tensor([0.5, 0.5], [2]), { name: 'bias' });
const parameters = { weight, bias };

// Parameter groups by name or shape: no decay and another rate for vectors.
const isVector = ({ shape }: { shape: readonly number[] }): boolean => shape.length === 1;
const transform = chain(
  clipByGlobalNorm(1),
  onlyFor(isVector, sgd({ learningRate: 0.01 }), { name: 'vectors' }),
  onlyFor((parameter) => !isVector(parameter), adamw({ learningRate: 0.1, weightDecay: 0.1 })),
);
const optimizer = createOptimizer({ ops, parameters, transform, skipNonFinite: true });
console.log(Object.keys(optimizer.hyperparameters()).join(' '));

const gradients = { weight: ops.tensor([3, 0, -1, 2], [2, 2]), bias: ops.tensor([1, -1], [2]) };
optimizer.apply(gradients);
console.log(`norm before clipping ${(await optimizer.lastGradientNorm!.data())[0]}`);

// A gradient that is not finite changes nothing; settle() reads the one number that tells.
optimizer.apply({ ...gradients, bias: ops.tensor([Number.NaN, 0], [2]) });
console.log(`applied: ${await optimizer.settle()}, completed updates: ${optimizer.completedUpdates}`);

// State by name, as JSON and typed arrays: resuming gives the bits of a run that was never interrupted.
const { header, arrays } = await optimizer.snapshot();
console.log(Object.keys(arrays).join(' '));
const resumed = createOptimizer({ ops, parameters, transform });
resumed.restore({ header: JSON.parse(JSON.stringify(header)), arrays });
console.log(`resumed after ${resumed.completedUpdates} update`);

try {
  adamw({ learningrate: 0.1 } as never);
} catch (error) {
  if (OptimError.isInstance(error)) console.log(error.code, error.message.slice(0, 66));
}
//> maxNorm vectors.learningRate beta1 beta2 eps learningRate weightDecay
//> norm before clipping 4
//> applied: false, completed updates: 1
//> expAvg/weight expAvgSq/weight
//> resumed after 1 update
//> optim/unknown-option adamw: 'learningrate' is not an option; did you mean 'learningRate
