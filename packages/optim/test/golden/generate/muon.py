"""Muon: Jordan et al. 2024, in float64 (torch.optim.Muon iterates in bfloat16), AdamW for what is not a matrix.

Matrices are [inputs, outputs] unless layout says otherwise. The iteration is the published one on the wide matrix:
X <- aX + (bA + cA^2)X with A = XX^T, and the transpose of the result for a tall one.
"""
import numpy as np

from problem import flat, load, write

SOURCE = "Jordan et al. 2024 (Muon), float64; Loshchilov & Hutter 2019 (AdamW) for vectors"


def orthogonalize(g, steps, eps=1e-7, coefficients=(3.4445, -4.7750, 2.0315)):
    a, b, c = coefficients
    x = g.T if g.shape[0] > g.shape[1] else g
    x = x / max(np.sqrt(np.sum(x * x)), eps)
    for _ in range(steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.T if g.shape[0] > g.shape[1] else x


def run(learningRate=1e-3, momentum=0.95, nesterov=True, weightDecay=0.1, adjustRate="original", layout="inputsOutputs", iterations=5):
    _, weights, gradients, _ = load()
    buffer, m, v = np.zeros_like(weights[0]), np.zeros_like(weights[1]), np.zeros_like(weights[1])
    inputs, outputs = weights[0].shape if layout == "inputsOutputs" else weights[0].shape[::-1]
    factor = np.sqrt(max(1.0, outputs / inputs)) if adjustRate == "original" else 0.2 * np.sqrt(max(inputs, outputs))
    trajectory = []
    for t, (matrix, vector) in enumerate(gradients, start=1):
        buffer = momentum * buffer + (1 - momentum) * matrix
        direction = (1 - momentum) * matrix + momentum * buffer if nesterov else buffer
        weights[0] = (1 - learningRate * weightDecay) * weights[0] - learningRate * factor * orthogonalize(direction, iterations)
        m = 0.9 * m + 0.1 * vector
        v = 0.999 * v + 0.001 * vector**2
        adam = (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        weights[1] = (1 - 1e-3 * 0.01) * weights[1] - 1e-3 * adam
        trajectory.append(flat(weights))
    return trajectory


cases = [
    ("default", {}),
    ("outputs first", dict(learningRate=0.02, layout="outputsInputs")),
    ("matchRmsAdamw without nesterov", dict(learningRate=0.02, nesterov=False, momentum=0.8, adjustRate="matchRmsAdamw", weightDecay=0.0)),
    ("two iterations", dict(learningRate=0.01, iterations=2)),
]
write("muon", SOURCE, [dict(name=n, options=o, params=run(**o)) for n, o in cases])
