"""Runs ONNX files on onnxruntime: argv[1] holds <case>.onnx and <case>.json (inputs by name, as [shape, values]).

Prints, as JSON by case, the forecast, other outputs by name, and the operators and inputs of the file. Every file passes ONNX's checker first.
"""
import json, sys
from pathlib import Path
import numpy, onnx, onnxruntime

results = {}
for path in sorted(Path(sys.argv[1]).glob("*.onnx")):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    types = {i.name: numpy.int64 if 'int64' in i.type else numpy.float32 for i in session.get_inputs()}
    inputs = {k: numpy.array(v, dtype=types[k]).reshape(s) for k, (s, v) in json.loads(path.with_suffix(".json").read_text()).items()}
    forecast = session.run(["forecast"], inputs)[0]
    alone = session.run(["forecast"], {k: v[-1:] for k, v in inputs.items()})[0]
    others = [o.name for o in session.get_outputs() if o.name != "forecast"]
    results[path.stem] = dict(
        others={name: [float(v) for v in session.run([name], inputs)[0].ravel()] for name in others},
        shape=list(forecast.shape), forecast=[float(v) for v in forecast.ravel()], alone=[float(v) for v in alone.ravel()],
        operators=sorted({n.op_type for n in model.graph.node}), opset=model.opset_import[0].version,
        inputs=[i.name for i in session.get_inputs()], metadata={p.key: p.value for p in model.metadata_props},
    )
print(json.dumps(results))
