"""Folders that NeuralForecast.save wrote, each with a frame and what NeuralForecast.predict makes of it.

pip install torch==2.15.0 neuralforecast==3.3.0 scipy==1.18.0; python -P neuralforecast.py [folder]
-P: without it Python takes this folder's statistics.py and neuralforecast.py for its own.
neuralforecast/<case>/: the folder, and expected.json: the history of each series, covariates known ahead, forecasts; of
distributions, of which neuralforecast draws samples, mean and quantiles by scipy of the parameters that it gives.
"""
import json, logging, os, shutil, sys, warnings
import numpy as np, pandas as pd, torch
from scipy import stats
from neuralforecast import NeuralForecast
from neuralforecast.models import NBEATS, NHITS
from neuralforecast.losses.pytorch import MAE, MSE, MQLoss, DistributionLoss

warnings.filterwarnings("ignore"); logging.getLogger("pytorch_lightning").setLevel(logging.ERROR)
torch.set_num_threads(1)
OUT = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "neuralforecast")
QUIET = dict(accelerator="cpu", logger=False, enable_progress_bar=False, enable_model_summary=False)
SEED = int(os.environ.get("SEED", "3"))
LEVELS = [0.1, 0.5, 0.9]

def frame(rng, counts, lengths):
    rows = []
    for i, n in enumerate(lengths):
        t = np.arange(n)
        y = 20 + 6 * np.sin(2 * np.pi * t / 12 + i) + rng.normal(size=n) + 30 * i
        rows.append(pd.DataFrame(dict(unique_id=f"s{i}", ds=pd.date_range("2026-01-01", periods=n, freq="h"), y=np.round(y) if counts else y,
            f1=np.cos(t / 3), f2=rng.normal(size=n) * 5, x1=rng.normal(size=n) + 9)))
    return pd.concat(rows, ignore_index=True), pd.DataFrame(dict(unique_id=[f"s{i}" for i in range(len(lengths))], a=np.arange(len(lengths)) * 1.0, b=rng.normal(size=len(lengths))))

def distribution(kind, told):
    """Mean and quantiles from the parameters' columns."""
    column = lambda name: told[next(c for c in told.columns if c.endswith(name))].to_numpy(dtype=np.float64)
    if kind == "Normal": d = stats.norm(column("-loc"), column("-scale")); return column("-loc"), d
    if kind == "StudentT": d = stats.t(column("-df"), column("-loc"), column("-scale")); return column("-loc"), d
    n, p = column("-total_count"), column("-logits") # which are probabilities, whatever they are called
    return n * p / (1 - p), stats.nbinom(n, 1 - p)

def export(name, loss, kind=None, L=10, H=4, local=None, exog=False, lengths=(70, 60), Model=NHITS, **hp):
    rng = np.random.default_rng(SEED)
    df, st = frame(rng, kind == "NegativeBinomial", [n + H for n in lengths])
    cols = ["f1", "f2", "x1"] if exog else []
    lists = dict(futr_exog_list=["f1", "f2"], hist_exog_list=["x1"], stat_exog_list=["a", "b"]) if exog else {}
    if Model is NHITS: hp = {"n_freq_downsample": [2, 1, 1], **hp}
    m = Model(h=H, input_size=L, mlp_units=2 * [[4, 4]], loss=loss, max_steps=20, windows_batch_size=16, random_seed=SEED, **lists, **hp, **QUIET)
    ahead = df.groupby("unique_id").tail(H); seen = df.drop(ahead.index)
    nf = NeuralForecast(models=[m], freq="h", local_scaler_type=local)
    nf.fit(seen[["unique_id", "ds", "y"] + cols], static_df=st if exog else None)
    folder = f"{OUT}/{name}"; shutil.rmtree(folder, ignore_errors=True)
    m = nf.models[0]
    for l in (m.loss, m.hparams.loss):
        if hasattr(l, "distr_mean"): l.distr_mean = l.distr_mean.detach()
    for p in m.parameters(): p.data = p.data.contiguous() # else N-BEATS is saved with basis polynomial only
    nf.save(folder, save_dataset=False)
    told = nf.predict(seen[["unique_id", "ds", "y"] + cols], static_df=st if exog else None, futr_df=ahead[["unique_id", "ds", "f1", "f2"]] if exog else None)
    quantiles, columns = [], {}
    if kind:
        point, d = distribution(kind, told); quantiles = LEVELS; columns = {str(q): d.ppf(q) for q in LEVELS}
    elif isinstance(loss, MQLoss):
        values = told.drop(columns=["unique_id", "ds"]).to_numpy(); qs = [float(f"{q:.6g}") for q in m.loss.quantiles.tolist()]
        quantiles = sorted(qs); columns = {str(q): values[:, qs.index(q)] for q in quantiles}; point = columns["0.5"]
    else: point = told.drop(columns=["unique_id", "ds"]).to_numpy()[:, 0]
    r = lambda a: [float(f"{v:.9g}") for v in np.asarray(a, dtype=np.float64)]
    series = []
    for i, (uid, g) in enumerate(seen.groupby("unique_id")):
        of = lambda v: r(np.asarray(v)[told.unique_id == uid])
        whole = df[df.unique_id == uid]
        series.append(dict(id=uid, values=r(g.y), historic={c: r(g[c]) for c in cols if c == "x1"}, future={c: r(whole[c]) for c in cols if c != "x1"},
            static={c: float(st[c][i]) for c in ("a", "b")} if exog else {}, point=of(point), quantiles=[of(columns[str(q)]) for q in quantiles]))
    json.dump(dict(generator="neuralforecast.py", quantiles=quantiles, start="2026-01-01", series=series), open(f"{folder}/expected.json", "w"), separators=(",", ":"))
    print(name, series[0]["point"], sum(os.path.getsize(f"{folder}/{f}") for f in os.listdir(folder)))

level = dict(level=[80], return_params=True)
export("point", MAE(), scaler_type="robust")
export("covariates", MSE(), exog=True, scaler_type="standard")
export("quantiles", MQLoss(level=[80]), exog=True, scaler_type="minmax", lengths=(70, 12))
export("local", MQLoss(quantiles=[0.25, 0.5, 0.9]), exog=True, local="standard")
export("local_robust", MAE(), local="robust", scaler_type="revin")
export("local_minmax", MAE(), local="minmax", scaler_type="invariant")
export("normal", DistributionLoss("Normal", **level), kind="Normal", exog=True, scaler_type="standard")
export("student", DistributionLoss("StudentT", **level), kind="StudentT", scaler_type="robust")
export("counts", DistributionLoss("NegativeBinomial", **level), kind="NegativeBinomial", scaler_type="minmax", activation="Tanh")
export("nbeats", MAE(), scaler_type="robust", Model=NBEATS)
export("nbeats_quantiles", MQLoss(level=[80]), scaler_type="invariant", local="standard", basis="legendre", shared_weights=True, n_blocks=[1, 2, 2], Model=NBEATS)
export("nbeats_student", DistributionLoss("StudentT", **level), kind="StudentT", scaler_type="standard", stack_types=["trend", "seasonality"], n_blocks=[1, 1], Model=NBEATS)
