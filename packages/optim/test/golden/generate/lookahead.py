"""Lookahead around plain SGD: Zhang et al. 2019, algorithm 1, as the nested loops of the paper."""
from problem import flat, load, write

SOURCE = "Zhang et al. 2019, algorithm 1, inner SGD with learning rate 0.1"


def run(every=5, alpha=0.5):
    _, slow, gradients, _ = load()
    trajectory = []
    for outer in range(0, len(gradients), every):
        fast = [s.copy() for s in slow]
        inner = gradients[outer : outer + every]
        for k, gradient in enumerate(inner, start=1):
            fast = [f - 0.1 * g for f, g in zip(fast, gradient)]
            if k == every:
                slow = [s + alpha * (f - s) for s, f in zip(slow, fast)]
                fast = [s.copy() for s in slow]
            trajectory.append(flat(fast))
    return trajectory


cases = [("default", {}), ("three", dict(every=3, alpha=0.8)), ("each update", dict(every=1, alpha=0.25))]
write("lookahead", SOURCE, [dict(name=n, options=o, params=run(**o)) for n, o in cases])
