"""LAMB: You et al. 2020, "Large batch optimization for deep learning", algorithm 2, phi = identity."""
import numpy as np

from problem import flat, load, write

SOURCE = "You et al. 2020, algorithm 2, phi = identity"


def run(learningRate=1e-3, beta1=0.9, beta2=0.999, eps=1e-6, weightDecay=0.01):
    _, weights, gradients, _ = load()
    m = [np.zeros_like(w) for w in weights]
    v = [np.zeros_like(w) for w in weights]
    trajectory = []
    for t, gradient in enumerate(gradients, start=1):
        for i, g in enumerate(gradient):
            m[i] = beta1 * m[i] + (1 - beta1) * g
            v[i] = beta2 * v[i] + (1 - beta2) * g * g
            r = (m[i] / (1 - beta1**t)) / (np.sqrt(v[i] / (1 - beta2**t)) + eps)
            update = r + weightDecay * weights[i]
            size, length = np.sqrt(np.sum(weights[i] ** 2)), np.sqrt(np.sum(update**2))
            ratio = size / length if size > 0 and length > 0 else 1.0
            weights[i] = weights[i] - learningRate * ratio * update
        trajectory.append(flat(weights))
    return trajectory


cases = [("default", {}), ("decay", dict(learningRate=0.02, weightDecay=0.2)), ("betas", dict(learningRate=0.01, beta1=0.8, beta2=0.95, eps=1e-4))]
write("lamb", SOURCE, [dict(name=n, options=o, params=run(**o)) for n, o in cases])
