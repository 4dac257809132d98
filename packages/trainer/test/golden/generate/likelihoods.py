"""Negative log likelihoods by SciPy 1.17.1. Run: python likelihoods.py > ../likelihoods.json"""

import json

from scipy import stats

rows = []
for mean, deviation, y in [(0, 1, 0), (1.5, 0.3, 2.1), (-4, 12, 30), (1e3, 0.5, 1001.2), (0, 1e-3, 1e-3)]:
    value = -stats.norm.logpdf(y, mean, deviation)
    rows.append(dict(loss="normal", outputs=[mean, deviation], target=y, value=float(value)))
for freedom, location, scale, y in [(1, 0, 1, 0.5), (2.5, 1, 0.3, -4), (5, -1, 2, 3), (30, 10, 4, 11), (1e3, 0, 1, 2)]:
    value = -stats.t.logpdf(y, freedom, location, scale)
    rows.append(dict(loss="studentT", outputs=[freedom, location, scale], target=y, value=float(value)))
for mean, dispersion, y in [(3, 0.7, 0), (3, 0.7, 5), (0.2, 2, 1), (50, 0.1, 60), (1000, 0.01, 900), (12, 1, 12)]:
    value = -stats.nbinom.logpmf(y, 1 / dispersion, 1 / (1 + dispersion * mean))
    rows.append(dict(loss="negativeBinomial", outputs=[mean, dispersion], target=y, value=float(value)))
print(json.dumps(rows, indent=1))
