"""Golden numbers of statistics/: distributions and correlations from scipy, Diebold-Mariano from its formulae in numpy.

Run: python statistics.py > ../statistics.json (numpy 2.4, scipy 1.17)
"""
import json
import sys

import numpy as np
import scipy
from scipy import special, stats

rng = np.random.default_rng(7)
x = np.concatenate([np.linspace(-8, 8, 33), [-37, -20, -1e-9, 0, 12, 1.9999999, 2, 5.9999999, 6]])
# scipy's t rounds P(T <= -1e-9) to 0.5 for one degree, where Cauchy's arctangent gives 0.49999999968.
xt = x[x != -1e-9]
p = np.array([1e-300, 1e-100, 1e-15, 1e-5, 0.001, 0.02425, 0.1, 0.3, 0.4999, 0.5, 0.75, 0.975, 0.999, 1 - 1e-9])
degrees = np.array([0.5, 1, 2, 3, 7.5, 30, 200, 10_000])
gamma_at = np.array([1e-3, 0.1, 0.5, 0.9, 1.5, 2.5, 10, 171, 1e4])
beta = np.array([(0.3, 0.5, 0.5), (0.9, 2, 7), (0.01, 3, 0.5), (0.5, 50, 60), (0.999, 5, 0.5)])


def diebold_mariano(a, b, h):
    d = a - b
    known = ~np.isnan(d)
    n, mean = known.sum(), np.nanmean(d)
    centred = d - mean
    gamma = np.array([np.nansum(centred[k:] * centred[:len(d) - k]) / n for k in range(h)])
    plain = gamma[0] + 2 * gamma[1:].sum()
    weights = 1 - np.arange(1, h) / h
    variance = plain if plain > 0 else gamma[0] + 2 * (weights * gamma[1:]).sum()
    statistic = mean / np.sqrt(variance / n) * np.sqrt((n + 1 - 2 * h + h * (h - 1) / n) / n)
    return dict(first=list(a), second=list(b), horizon=h, statistic=statistic, kernel="rectangular" if plain > 0 else "bartlett",
                twoSided=2 * stats.t.cdf(-abs(statistic), n - 1), firstBetter=stats.t.cdf(statistic, n - 1))


def losses(n, h, gap=False, alternating=False):
    a = np.convolve(rng.normal(0, 1, n + h - 1), np.ones(h), "valid") ** 2
    b = np.convolve(rng.normal(0, 1.2, n + h - 1), np.ones(h), "valid") ** 2
    if alternating:
        a = 1 + np.where(np.arange(n) % 2, 1, -0.9) + 0.01 * rng.normal(0, 1, n)
        b = np.ones(n)
    if gap:
        a[rng.random(n) < 0.15] = np.nan
    return a, b


def correlation(n, ties):
    a = rng.normal(0, 1, n)
    b = 0.4 * a + rng.normal(0, 1, n)
    if ties:
        a, b = np.round(a), np.round(b)
    r, rank = stats.pearsonr(a, b), stats.spearmanr(a, b).statistic
    interval = r.confidence_interval(0.9)
    reach = stats.norm.ppf(0.95) * np.sqrt((1 + rank ** 2 / 2) / (n - 3))
    return dict(x=list(a), y=list(b), level=0.9, pearson=r.statistic, pearsonInterval=list(interval), spearman=rank,
                spearmanInterval=[np.tanh(np.arctanh(rank) - reach), np.tanh(np.arctanh(rank) + reach)])


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, (str, int)):
        return value
    return float(value) if np.isfinite(value) else str(float(value))


json.dump(plain(dict(
    generator="generate/statistics.py", numpy=np.__version__, scipy=scipy.__version__, dtype="float64", seed=7,
    normal=dict(x=x, cdf=stats.norm.cdf(x), p=p, quantile=stats.norm.ppf(p)),
    studentT=[dict(degrees=d, x=xt, cdf=stats.t.cdf(xt, d), p=p[3:], quantile=stats.t.ppf(p[3:], d)) for d in degrees],
    logGamma=dict(x=gamma_at, value=special.gammaln(gamma_at)),
    incompleteBeta=dict(arguments=beta, value=[special.betainc(a, b, at) for at, a, b in beta]),
    dieboldMariano=[diebold_mariano(*losses(40, h), h) for h in (1, 2, 6)]
    + [diebold_mariano(*losses(50, 3, gap=True), 3), diebold_mariano(*losses(30, 2, alternating=True), 2)],
    correlation=[correlation(30, False), correlation(60, True)],
)), sys.stdout)
