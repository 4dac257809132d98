"""Golden numbers of baselines/: sktime's and statsforecast's formulae in numpy.

Run: python baselines.py > ../baselines.json (numpy 2.4)
"""
import json
import sys

import numpy as np

rng = np.random.default_rng(3)
H, SEASON, WINDOW = 9, 5, 7


def case(name, history):
    y = np.asarray(history, float)
    known = np.flatnonzero(~np.isnan(y))
    ahead = np.arange(1, H + 1)
    first, last = known[0], known[-1]
    slope = (y[last] - y[first]) / (last - first)
    padded = np.concatenate([np.full((-len(y)) % SEASON, np.nan), y]).reshape(-1, SEASON)
    season = [next(v for v in column[::-1] if not np.isnan(v)) for column in padded.T]
    return dict(name=name, history=[None if np.isnan(v) else v for v in y], horizon=H, season=SEASON, window=WINDOW,
                expected=dict(naive=[y[last]] * H, drift=list(y[last] + slope * (len(y) - 1 + ahead - last)),
                              historyMean=[np.nanmean(y)] * H, windowAverage=[np.nanmean(y[-WINDOW:])] * H,
                              seasonalNaive=[season[(h - 1) % SEASON] for h in ahead]))


walk = rng.normal(0.2, 1, 33).cumsum()
gaps = walk.copy()
gaps[[0, 4, 12, 27, 31, 32]] = np.nan
json.dump(dict(generator="generate/baselines.py", numpy=np.__version__, dtype="float64", seed=3,
               cases=[case("whole", walk), case("with gaps", gaps), case("short", walk[:11])]), sys.stdout)
