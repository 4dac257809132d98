"""Processor seconds of numpy's symmetric eigendecomposition (LAPACK) on one thread: lapack.py SIZE REPETITIONS."""
import os
import sys

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
import time  # noqa: E402

import numpy as np  # noqa: E402

size, repetitions = int(sys.argv[1]), int(sys.argv[2])
i = np.arange(size)
a = np.sin(np.outer(i, i) + i[:, None] + i[None]) + size * np.eye(size)
best = float("inf")
for _ in range(repetitions + 1):
    start = time.process_time()
    np.linalg.eigh(a)
    best = min(best, time.process_time() - start)
print(best)
