# Every parameter of neuralforecast's NHITS and NeuralForecast, with its default, as JSON for
# examples/test/neuralforecast-parameters.json: python list-neuralforecast-parameters.py > …
import inspect
import json

import neuralforecast
from neuralforecast import NeuralForecast
from neuralforecast.models import NHITS


def parameters(function):
    found = inspect.signature(function).parameters.items()
    return {name: None if p.default is p.empty else repr(p.default) for name, p in found if name != "self"}


listed = {"version": neuralforecast.__version__, "NHITS": parameters(NHITS.__init__)}
listed["NeuralForecast"] = parameters(NeuralForecast.__init__)
for method in ("fit", "predict", "cross_validation"):
    listed[f"NeuralForecast.{method}"] = parameters(getattr(NeuralForecast, method))
print(json.dumps(listed, indent=2))
