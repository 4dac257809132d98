"""Golden numbers of trading/: Sharpe ratios with scipy's moments, drawdown and costs by plain loops in numpy's float64.

Run: python trading.py > ../trading.json (numpy 2.4, scipy 1.17)
"""
import json
import sys

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(11)
EULER = 0.5772156649015329
FEES = [0, 0.001, 0.01]


def sharpe(r, benchmark, trials, variance):
    sr = r.mean() / r.std(ddof=1)
    skew, kurtosis = stats.skew(r), stats.kurtosis(r, fisher=False)

    def psr(against):
        return stats.norm.cdf((sr - against) * np.sqrt(len(r) - 1) / np.sqrt(1 - skew * sr + (kurtosis - 1) / 4 * sr ** 2))

    top = np.sqrt(variance) * ((1 - EULER) * stats.norm.ppf(1 - 1 / trials) + EULER * stats.norm.ppf(1 - 1 / (trials * np.e)))
    wealth = np.concatenate([[1], np.cumprod(1 + r)])
    peak = np.maximum.accumulate(wealth)
    return dict(returns=list(r), benchmark=benchmark, trials=trials, trialVariance=variance, sharpe=sr,
                probability=psr(benchmark), deflatedBenchmark=top, deflated=psr(top), maxDrawdown=(1 - wealth / peak).max())


def costs(predicted, realised, horizon, stride, short):
    every = -(-horizon // stride)
    contiguous = every * stride == horizon
    p, r = np.sign(predicted[::every]), realised[::every]
    if not short:
        p = np.maximum(p, 0)
    rows = []
    for fee in FEES:
        wealth = 1.0
        for k in range(len(p)):
            if p[k] == 0:
                continue
            enters = not (contiguous and k > 0 and p[k - 1] == p[k])
            leaves = not (contiguous and k + 1 < len(p) and p[k + 1] == p[k])
            wealth *= (1 + p[k] * r[k]) * (1 - fee) ** (enters + leaves)
        rows.append(wealth - 1)
    return dict(predicted=list(predicted), realised=list(realised), horizon=horizon, stride=stride, short=short,
                fees=FEES, totalReturns=rows)


def series(n):
    realised = rng.normal(0, 0.02, n)
    predicted = 0.3 * realised + rng.normal(0, 0.01, n)
    predicted[::9] = 0
    return predicted, realised


json.dump(dict(
    generator="generate/trading.py", numpy=np.__version__, scipy=scipy.__version__, dtype="float64", seed=11,
    sharpe=[sharpe(rng.normal(0.004, 0.02, 60), 0, 10, 0.02), sharpe(rng.standard_t(3, 90) * 0.01 + 0.001, 0.05, 200, 0.005),
            sharpe(rng.normal(-0.002, 0.01, 25), 0.1, 2, 0.01)],
    costs=[costs(*series(40), 1, 1, True), costs(*series(40), 1, 1, False), costs(*series(41), 5, 2, True),
           costs(*series(41), 4, 2, True), costs(*series(30), 1, 7, True)],
), sys.stdout)
