"""Golden numbers of @nt/linear: ridge regression by numpy's solver (LAPACK), on rows and on windows of series.

    python -m venv venv && venv/bin/pip install numpy && venv/bin/python ridge.py > ../ridge.json
"""
import json

import numpy as np

rng = np.random.default_rng(16)


def solve(x, y, lam, intercept, weights):
    w = np.ones(len(x)) if weights is None else weights
    mx = (w @ x) / w.sum() if intercept else np.zeros(x.shape[1])
    my = (w @ y) / w.sum() if intercept else np.zeros(y.shape[1])
    xc, yc = x - mx, y - my
    gram = (xc * w[:, None]).T @ xc
    coefficients = np.linalg.solve(gram + lam * np.eye(x.shape[1]), (xc * w[:, None]).T @ yc)
    return gram, coefficients, my - mx @ coefficients


def rows():
    x = rng.standard_normal((40, 6)) @ rng.standard_normal((6, 6)) + 3
    y = x[:, :3] * [1, -2, 0.5] + rng.standard_normal((40, 3)) + 7
    weights = rng.uniform(0.2, 3, 40)
    cases = []
    for intercept in (True, False):
        for w in (None, weights):
            for lam in (1e-3, 0.7, 200.0):
                _, c, b = solve(x, y, lam, intercept, w)
                cases.append(dict(intercept=intercept, weighted=w is not None, lam=lam, weights=c.ravel().tolist(), bias=b.tolist()))
    return dict(x=x.ravel().tolist(), y=y.ravel().tolist(), rowWeights=weights.tolist(), cases=cases)


def windows():
    """Two series, a covariate known ahead, a historic one; every choice of the fit told, so that nothing is searched."""
    n, train, H, L, back, season, lam, half = 90, 70, 3, 6, 2, 4, 0.01, 25.0
    t = np.arange(n)
    future = rng.standard_normal((2, n + H))
    historic = rng.standard_normal((2, n))
    values = np.stack([
        10 + 3 * np.sin(2 * np.pi * t / 4) + np.cumsum(rng.standard_normal(n)) + 2 * future[0, :n],
        -5 + 0.1 * t + rng.standard_normal(n) - future[1, :n],
    ])
    z = lambda v, k: (v - v[:k].mean()) / v[:k].std()
    rows, targets, weights = [], [], []
    forecasts = np.zeros((2, H))
    scaled = [(z(values[s], train), z(historic[s], train), z(future[s], train)) for s in range(2)]
    # Covariates are scaled per series, as the target is.
    def row(s, o):
        v, h, f = scaled[s]
        return np.concatenate([v[o - L : o], h[o - back : o], f[o - back : o + H]])
    for s in range(2):
        for o in range(L, train - H + 1):
            rows.append(row(s, o))
            targets.append(scaled[s][0][o : o + H])
            weights.append(0.5 ** ((train - o) / half))
    x, y, w = np.array(rows), np.array(targets), np.array(weights)
    for k in (1, season):
        centre = lambda r: r[:, L - k : L].mean(1, keepdims=True)
        xc = x.copy()
        xc[:, :L] -= centre(x)
        yc = y - centre(x)
        # lambda is told in units of the mean diagonal of the centred normal equations
        mx = (w @ xc) / w.sum()
        diagonal = (((xc - mx) ** 2) * w[:, None]).sum(0).mean()
        _, c, b = solve(xc, yc, lam * diagonal, True, w)
        for s in range(2):
            r = row(s, n)[None]
            rc = r.copy()
            rc[:, :L] -= centre(r)
            v = values[s][:train]
            forecasts[s] += (((rc @ c + b + centre(r))[0]) * v.std() + v.mean()) / 2
    return dict(train=train, horizon=H, lookback=L, covariateLookback=back, season=season, lam=lam, halfLife=half,
                values=values.tolist(), future=future.tolist(), historic=historic.tolist(), forecasts=forecasts.tolist())


print(json.dumps(dict(generator=f"numpy {np.__version__}, float64, seed 16", rows=rows(), windows=windows())))
