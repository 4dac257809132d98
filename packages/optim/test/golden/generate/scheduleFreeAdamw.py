"""Schedule-free AdamW: Defazio et al. 2024, algorithm 1, with x, y and z all kept.

As in the authors' code, Adam's bias correction stands in the denominator and an iterate counts in the average with
t^r * (largest rate so far)^p.
"""
import numpy as np

from problem import flat, load, write

SOURCE = "Defazio et al. 2024, algorithm 1"


def run(learningRate=2.5e-3, beta1=0.9, beta2=0.999, eps=1e-8, weightDecay=0.0, warmupUpdates=0, averagePower=0.0, learningRatePower=2.0):
    _, start, gradients, _ = load()
    x, z = [w.copy() for w in start], [w.copy() for w in start]
    v = [np.zeros_like(w) for w in start]
    counted, largest, trajectory, averages = 0.0, 0.0, [], []
    for t, gradient in enumerate(gradients, start=1):
        rate = learningRate * min(1.0, t / warmupUpdates) if warmupUpdates else learningRate
        largest = max(largest, rate)
        weight = t**averagePower * largest**learningRatePower
        counted += weight
        share = weight / counted
        for i, g in enumerate(gradient):
            y = (1 - beta1) * z[i] + beta1 * x[i]
            v[i] = beta2 * v[i] + (1 - beta2) * g**2
            z[i] = z[i] - rate * (g / (np.sqrt(v[i] / (1 - beta2**t)) + eps) + weightDecay * y)
            x[i] = (1 - share) * x[i] + share * z[i]
        trajectory.append(flat([(1 - beta1) * z[i] + beta1 * x[i] for i in range(len(x))]))
        averages.append(flat(x))
    return dict(params=trajectory, evaluation=averages)


cases = [
    ("default", {}),
    ("decay and warm-up", dict(learningRate=0.02, weightDecay=0.2, warmupUpdates=5)),
    ("powers", dict(learningRate=0.01, beta1=0.95, beta2=0.9, averagePower=1.0, learningRatePower=1.0, warmupUpdates=3)),
]
write("scheduleFreeAdamw", SOURCE, [dict(name=n, options=o, **run(**o)) for n, o in cases])
