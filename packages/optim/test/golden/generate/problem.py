"""The fixed problem of the second-source golden files: the parameters and gradients of PyTorch's golden files.

Every script here states one algorithm as its paper does, in plain NumPy float64, one parameter at a time. They share
nothing with the TypeScript but the numbers that go in.
"""
import json
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


def load():
    with open(os.path.join(HERE, "..", "optim_adam.json")) as file:
        golden = json.load(file)
    shapes = golden["shapes"]
    as_arrays = lambda values: [np.array(v, dtype=np.float64).reshape(s) for v, s in zip(values, shapes)]
    return shapes, as_arrays(golden["params0"]), [as_arrays(g) for g in golden["grads"]], golden


def flat(arrays):
    return [a.reshape(-1).tolist() for a in arrays]


def write(family, source, cases):
    _, _, _, golden = load()
    header = dict(generator=f"generate/{family}.py", source=source, numpy=np.__version__, dtype="float64", family=family)
    body = {key: golden[key] for key in ("shapes", "params0", "grads")}
    with open(os.path.join(HERE, "..", f"second_{family}.json"), "w") as file:
        json.dump({**header, **body, "cases": cases}, file, separators=(",", ":"))
