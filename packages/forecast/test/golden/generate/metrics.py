"""Golden numbers of ./metrics: numpy's float64, straight from the formulae, on rows that were filtered beforehand.

Run: python metrics.py > ../metrics.json (numpy 2.4)
"""
import json
import sys

import numpy as np

rng = np.random.default_rng(20261129)
LEVELS = np.array([0.05, 0.1, 0.25, 0.5, 0.8, 0.95])


def case(name, n, zeros=False, mask=False, weights=False, gaps=False, positive=False):
    actual = rng.normal(3 if positive else 0.3, 2, n)
    if positive:
        actual = np.abs(actual) + 0.1
    forecast = actual + rng.normal(0.1, 0.7, n)
    if zeros:
        actual[::4] = 0
        forecast[::8] = 0
    previous = actual - rng.normal(0, 1, n)
    previous[n // 2] = actual[n // 2]
    forecast[n // 3] = previous[n // 3]
    quantiles = forecast[:, None] + np.sort(rng.normal(0, 1, (n, len(LEVELS))), axis=1)
    samples = forecast[:, None] + rng.normal(0, 1, (n, 7))
    kept_mask = rng.random(n) < 0.7 if mask else None
    kept_weights = rng.random(n) * 3 * (rng.random(n) < 0.8) if weights else None
    if gaps:
        actual[rng.random(n) < 0.2] = np.nan
        if mask:  # what stands under the mask must not matter
            forecast[~kept_mask] = np.nan
            quantiles[~kept_mask] = np.nan
            samples[~kept_mask] = np.nan
            previous[~kept_mask] = np.nan
    training = rng.normal(0, 1, 60).cumsum()
    if gaps:
        training[5::9] = np.nan
    return dict(name=name, actual=actual, forecast=forecast, previous=previous, quantiles=quantiles, samples=samples,
                mask=kept_mask, weights=kept_weights, training=training, season=7)


def expected(c):
    keep = ~np.isnan(c["actual"])
    w = np.ones(len(keep)) if c["weights"] is None else c["weights"]
    keep &= w > 0
    if c["mask"] is not None:
        keep &= c["mask"]
    y, f, p = c["actual"][keep], c["forecast"][keep], c["previous"][keep]
    q, s, w = c["quantiles"][keep], c["samples"][keep], w[keep]
    lower, upper, level = q[:, 0], q[:, -1], 0.9

    def mean(x):
        return np.average(x, weights=w)

    with np.errstate(all="ignore"):
        percentage = np.where(y == f, 0, 100 * np.abs(y - f) / np.abs(y))
        size = np.abs(y) + np.abs(f)
        symmetric = np.where(size == 0, 0, 200 * np.abs(y - f) / np.where(size == 0, 1, size))
    e = y[:, None] - q
    rho = np.where(e >= 0, LEVELS * e, (LEVELS - 1) * e)
    padded = np.concatenate([np.zeros((len(y), 1)), rho, np.zeros((len(y), 1))], axis=1)
    steps = c["training"][c["season"]:] - c["training"][:-c["season"]]
    scale, square = np.nanmean(np.abs(steps)), np.nanmean(steps ** 2)
    moved = y != p
    hit = np.where(f == p, 0.5, np.sign(f - p) == np.sign(y - p))
    pairs = np.abs(s[:, :, None] - s[:, None, :]).mean(axis=(1, 2))
    fine = np.where(y < lower, lower - y, 0) + np.where(y > upper, y - upper, 0)
    return dict(
        mae=mean(np.abs(y - f)), mse=mean((y - f) ** 2), rmse=np.sqrt(mean((y - f) ** 2)), bias=mean(f - y),
        mape=mean(percentage), smape=mean(symmetric), smape100=mean(symmetric) / 2,
        wape=100 * (w * np.abs(y - f)).sum() / (w * np.abs(y)).sum(),
        mase=mean(np.abs(y - f)) / scale, rmsse=np.sqrt(mean((y - f) ** 2) / square),
        r2=1 - (w * (y - f) ** 2).sum() / (w * (y - mean(y)) ** 2).sum() if len(y) > 1 else np.nan,
        directionalAccuracy=np.average(hit[moved], weights=w[moved]) if moved.any() else np.nan,
        pinball=mean(rho.mean(axis=1)),
        weightedQuantileLoss=2 * (w[:, None] * rho).sum() / len(LEVELS) / (w * np.abs(y)).sum(),
        crps=2 * mean(np.trapezoid(padded, np.concatenate([[0], LEVELS, [1]]), axis=1)),
        crpsFromSamples=mean(np.abs(s - y[:, None]).mean(axis=1) - pairs / 2),
        coverage=mean((y >= lower) & (y <= upper)), intervalWidth=mean(upper - lower),
        winkler=mean(upper - lower + 2 / (1 - level) * fine), maseScale=scale, rmsseScale=square,
    )


def plain(value):
    """NaN and infinities are texts: JSON has none."""
    if value is None or isinstance(value, str):
        return value
    array = np.asarray(value)
    if array.dtype == bool:
        return [int(x) for x in array]
    if array.ndim:
        return [plain(x) for x in array.ravel()]
    number = float(array)
    return number if np.isfinite(number) else str(number)


cases = [
    case("plain", 40), case("positive", 40, positive=True), case("masked", 40, mask=True),
    case("weighted", 40, weights=True), case("zeros", 40, zeros=True),
    case("gaps", 40, gaps=True), case("masked, weighted, with gaps", 60, mask=True, weights=True, gaps=True),
    case("zeros, masked and weighted", 60, zeros=True, mask=True, weights=True), case("one value", 1),
]
json.dump(
    dict(generator="generate/metrics.py", numpy=np.__version__, dtype="float64", seed=20261129, levels=plain(LEVELS),
         cases=[dict({k: plain(v) for k, v in c.items()}, expected={k: plain(v) for k, v in expected(c).items()})
                for c in cases]),
    sys.stdout,
)
