"""Lion: Chen et al. 2023, "Symbolic discovery of optimization algorithms", algorithm 2."""
import numpy as np

from problem import flat, load, write

SOURCE = "Chen et al. 2023, algorithm 2"


def run(learningRate=1e-4, beta1=0.9, beta2=0.99, weightDecay=0.0):
    _, weights, gradients, _ = load()
    momenta = [np.zeros_like(w) for w in weights]
    trajectory = []
    for gradient in gradients:
        for i, g in enumerate(gradient):
            c = beta1 * momenta[i] + (1 - beta1) * g
            weights[i] = weights[i] - learningRate * (np.sign(c) + weightDecay * weights[i])
            momenta[i] = beta2 * momenta[i] + (1 - beta2) * g
        trajectory.append(flat(weights))
    return trajectory


cases = [("default", {}), ("decay", dict(learningRate=0.01, weightDecay=0.3)), ("betas", dict(learningRate=0.02, beta1=0.5, beta2=0.8))]
write("lion", SOURCE, [dict(name=n, options=o, params=run(**o)) for n, o in cases])
