"""neuralforecast's fit and predict on US births, as a user writes it; prints one line of JSON.

neuralforecast-fit.py CSV INPUT HORIZON WIDTH BATCH UPDATES THREADS PRECISION FORECAST
"""
import json, logging, os, resource, sys, time, warnings

csv, size, horizon, width, batch, updates, threads = sys.argv[1], *map(int, sys.argv[2:8])
precision, output = sys.argv[8:10]
os.environ.setdefault("OMP_NUM_THREADS", str(threads))
warnings.simplefilter("ignore")
logging.getLogger("pytorch_lightning").setLevel(logging.ERROR)
logging.getLogger("lightning").setLevel(logging.ERROR)

import neuralforecast, pandas as pd, torch
from neuralforecast import NeuralForecast
from neuralforecast.losses.pytorch import MAE
from neuralforecast.models import NHITS
from pytorch_lightning.callbacks import Callback


class Watch(Callback):
    """From the first update to the last: what setting up takes counts for neither side. Models copy their callbacks."""

    def on_train_start(self, trainer, module):
        Watch.start = time.perf_counter()

    def on_train_end(self, trainer, module):
        Watch.seconds = time.perf_counter() - Watch.start


torch.set_num_threads(threads)
frame = pd.read_csv(csv)
frame = pd.DataFrame({"unique_id": "births", "ds": pd.to_datetime(frame.iloc[:, 0]), "y": frame.iloc[:, 1].astype(float)})
model = NHITS(
    h=horizon, input_size=size, max_steps=updates, learning_rate=1e-3, num_lr_decays=-1, loss=MAE(),
    mlp_units=3 * [[width, width]], batch_size=1, windows_batch_size=batch, val_check_steps=updates, random_seed=1,
    accelerator="cpu", devices=1, logger=False, enable_progress_bar=False, enable_model_summary=False, callbacks=[Watch()],
    precision=precision,
)
forecaster = NeuralForecast(models=[model], freq="D", local_scaler_type="standard")
forecaster.fit(frame, val_size=0)
forecaster.predict().to_csv(output, index=False)
print(json.dumps({
    "updates": updates,
    "windows": updates * batch,
    "seconds": Watch.seconds,
    "parameters": sum(parameter.numel() for parameter in model.parameters()),
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024),
    "version": f"neuralforecast {neuralforecast.__version__}, PyTorch {torch.__version__.split('+')[0]}, {precision}",
}))
