"""One series and 1,000 series forecast by neuralforecast's N-HiTS: the row beside bench/predict.ts."""
import logging
import time
import warnings

import numpy
import pandas
from neuralforecast import NeuralForecast
from neuralforecast.models import NHITS

warnings.filterwarnings("ignore")
logging.getLogger("pytorch_lightning").setLevel(logging.ERROR)

quiet = {"logger": False, "enable_progress_bar": False, "enable_model_summary": False, "enable_checkpointing": False}


def frame(count):
    t = numpy.arange(400)
    parts = [
        pandas.DataFrame({
            "unique_id": f"s{s}",
            "ds": pandas.date_range("2026-01-01", periods=400, freq="h"),
            "y": 10 + 3 * numpy.sin(2 * numpy.pi * (t + s) / 24) + numpy.sin(t * 12.9898 + s),
        })
        for s in range(count)
    ]
    return pandas.concat(parts, ignore_index=True)


forecaster = NeuralForecast([NHITS(h=24, input_size=168, max_steps=1, **quiet)], freq="h")
forecaster.fit(frame(4))


def median(data, repetitions):
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        forecaster.predict(df=data)
        times.append(time.perf_counter() - start)
    return 1000 * sorted(times[1:])[len(times[1:]) // 2]


print(f"| neuralforecast | {median(frame(1), 15):.0f} | {median(frame(1000), 5):.0f} | – | – |")
