"""Folders saved by neuralforecast itself, each with what it forecasts and how it trains.

pip install torch==2.15.0 neuralforecast==3.3.0; python gen_saved.py
For each case: saved/<case>/ as NeuralForecast.save writes it, and saved/<case>/expected.json with raw windows, the forecast
(or the distribution's parameters) in the data's unit, and in float64 the loss there, its gradients and 20 clipped Adam updates.
"""
import copy, json, logging, os, shutil, warnings
import numpy as np, pandas as pd, torch, neuralforecast
from neuralforecast import NeuralForecast
from neuralforecast.models import NHITS
from neuralforecast.losses.pytorch import MAE, MSE, RMSE, HuberLoss, MQLoss, DistributionLoss

warnings.filterwarnings("ignore"); logging.getLogger("pytorch_lightning").setLevel(logging.ERROR)
torch.set_num_threads(1)
OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "saved")
QUIET = dict(accelerator="cpu", logger=False, enable_progress_bar=False, enable_model_summary=False)
LOSSES = {
    "mae": MAE, "mse": MSE, "rmse": RMSE, "huber": lambda: HuberLoss(delta=2.0),
    "level": lambda: MQLoss(level=[80]), "quantiles": lambda: MQLoss(quantiles=[0.05, 0.25, 0.5, 0.9]),
    "normal": lambda: DistributionLoss("Normal", level=[80]), "student": lambda: DistributionLoss("StudentT", level=[80]),
    "negbin": lambda: DistributionLoss("NegativeBinomial", level=[80]),
}

def frame(rng, counts):
    rows = []
    for i in range(3):
        t = np.arange(60)
        y = 20 + 6 * np.sin(2 * np.pi * t / 12 + i) + rng.normal(size=60)
        rows.append(pd.DataFrame(dict(unique_id=f"s{i}", ds=t, y=np.round(y) if counts else y, f1=np.cos(t / 3), f2=rng.normal(size=60) * 5, x1=rng.normal(size=60) + 9)))
    return pd.concat(rows, ignore_index=True), pd.DataFrame(dict(unique_id=["s0", "s1", "s2"], a=[0.0, 1.0, 2.0], b=[1.0, -1.0, 0.5]))

def windows(rng, m, L, H, B, counts):
    cols = ["y"] + list(m.futr_exog_list) + list(m.hist_exog_list) + ["available_mask"]
    x = rng.normal(size=(B, L + H, len(cols))) * 3 + rng.normal(size=(B, 1, len(cols))) * 4 + 15
    if counts: x[:, :, 0] = np.maximum(np.round(x[:, :, 0]), 0)
    x[:, :, -1] = 1
    x[1, 2:5, -1] = 0; x[2, L - 1, -1] = 0; x[3, : L - 2, -1] = 0
    return torch.tensor(x), cols, (torch.tensor(rng.normal(size=(B, len(m.stat_exog_list)))) if m.stat_exog_list else None)

def forward(m, x, cols, static, dtype, back=True):
    w = dict(temporal=x.to(dtype).clone(), temporal_cols=pd.Index(cols), static=None if static is None else static.to(dtype), static_cols=pd.Index(list(m.stat_exog_list)))
    y_idx = 0
    w = m._normalization(windows=w, y_idx=y_idx)
    temporal, L = w["temporal"], m.input_size
    pick = lambda names, end: temporal[:, :end, [cols.index(n) for n in names]] if names else None
    y = temporal[:, :L, :1]
    if m.exclude_insample_y: y = y * 0
    out = m(dict(insample_y=y, insample_mask=x[:, :L, -1:].to(dtype), hist_exog=pick(m.hist_exog_list, L), futr_exog=pick(m.futr_exog_list, None), stat_exog=w["static"]))
    loc, scale = m._get_loc_scale(y_idx)
    loc, scale = loc.reshape(len(x), 1, 1), scale.reshape(len(x), 1, 1)
    if m.loss.is_distribution_output:
        args = m.loss.scale_decouple(output=m.loss.domain_map(out), loc=loc, scale=scale)
        return torch.cat([a.reshape(len(x), m.h, 1) for a in args], -1)
    return m.scaler.inverse_transform(z=out, x_shift=loc, x_scale=scale)

def loss_of(m, kind, out, y):
    d = out - y
    if kind == "mae": return d.abs().mean()
    if kind == "mse": return (d ** 2).mean()
    if kind == "rmse": return (d ** 2).mean().sqrt()
    if kind == "huber": return torch.nn.functional.huber_loss(out, y.expand_as(out), delta=2.0)
    if kind in ("level", "quantiles"):
        q = m.loss.quantiles.detach().to(out.dtype)
        return torch.maximum(-q * d, (1 - q) * d).mean()
    args = [a.unsqueeze(-1) for a in out.unbind(-1)]
    return -m.loss._base_distribution(*args, validate_args=False).log_prob(y).mean()

def check_predict(nf, m, df, st, exog):
    """That `forward` is what NeuralForecast.predict gives for the last windows."""
    last = df["ds"].max() - m.h
    seen, ahead = df[df.ds <= last], df[df.ds > last]
    kw = dict(static_df=st, futr_df=ahead[["unique_id", "ds", "f1", "f2"]]) if exog else {}
    told = nf.predict(seen[["unique_id", "ds", "y"] + (["f1", "f2", "x1"] if exog else [])], **kw)
    cols = ["y"] + list(m.futr_exog_list) + list(m.hist_exog_list) + ["available_mask"]
    rows = [g.assign(available_mask=1.0)[cols].to_numpy()[-(m.input_size + m.h):] for _, g in df.groupby("unique_id")]
    with torch.no_grad(): ours = forward(m, torch.tensor(np.stack(rows)), cols, torch.tensor(st[["a", "b"]].to_numpy()) if exog else None, torch.float32)
    theirs = told.drop(columns=["unique_id", "ds"]).to_numpy().reshape(ours.shape)
    assert np.abs(ours.numpy() - theirs).max() < 1e-4, np.abs(ours.numpy() - theirs).max()

def export(name, loss, seed=3, local=None, L=10, H=4, units=2 * [[4, 4]], exog=False, **hp):
    rng, counts = np.random.default_rng(seed), loss == "negbin"
    df, st = frame(rng, counts)
    lists = dict(futr_exog_list=["f1", "f2"], hist_exog_list=["x1"], stat_exog_list=["a", "b"]) if exog else {}
    m = NHITS(h=H, input_size=L, mlp_units=units, loss=LOSSES[loss](), max_steps=15, windows_batch_size=16, random_seed=seed, **lists, **{"n_freq_downsample": [2, 1, 1], **hp}, **QUIET)
    nf = NeuralForecast(models=[m], freq=1, local_scaler_type=local)
    nf.fit(df[["unique_id", "ds", "y"] + (["f1", "f2", "x1"] if exog else [])], static_df=st if exog else None)
    m = nf.models[0].cpu().eval()
    if hp.get("scaler_type") == "revin":
        with torch.no_grad(): m.scaler.revin_bias.add_(0.3); m.scaler.revin_weight.mul_(1.4)
    folder = f"{OUT}/{name}"; shutil.rmtree(folder, ignore_errors=True)
    for l in (m.loss, m.hparams.loss): # else save() fails on a graph tensor; predict() has the same effect
        if hasattr(l, "distr_mean"): l.distr_mean = l.distr_mean.detach()
    nf.save(folder, save_dataset=False)
    if not m.loss.is_distribution_output and local is None: check_predict(nf, m, df, st, exog)
    B = 5
    x, cols, static = windows(rng, m, L, H, B, counts)
    y = x[:, L:, :1].clone()
    with torch.no_grad(): out32 = forward(m, x, cols, static, torch.float32)
    m64 = copy.deepcopy(m).double()
    step = lambda: loss_of(m64, loss, forward(m64, x, cols, static, torch.float64), y)
    m64.zero_grad(); value = step(); value.backward()
    named = {k: p for k, p in m64.named_parameters() if p.requires_grad}
    grads = {k: p.grad.reshape(-1)[:6].tolist() for k, p in named.items() if p.grad is not None}
    norms = {k: float(p.grad.norm()) for k, p in named.items() if p.grad is not None}
    largest = max(float(p.grad.abs().max()) for p in named.values() if p.grad is not None)
    opt, losses = torch.optim.Adam(list(named.values()), lr=1e-3, foreach=False), []
    for _ in range(20):
        opt.zero_grad(); l = step(); l.backward(); torch.nn.utils.clip_grad_norm_(list(named.values()), 1.0); opt.step(); losses.append(float(l))
    r = lambda a: np.round(np.asarray(a, dtype=np.float64), 9).tolist()
    pick = lambda names, end: r(x[:, :end, [cols.index(n) for n in names]]) if names else None
    record = dict(generator="gen_saved.py", neuralforecast=neuralforecast.__version__, torch=torch.__version__, loss=loss,
        input=r(x[:, :L, 0]), mask=r(x[:, :L, -1]), target=r(y[:, :, 0]), historic=pick(m.hist_exog_list, L), future=pick(m.futr_exog_list, None),
        static=None if static is None else r(static), quantiles=m.loss.quantiles.tolist() if hasattr(m.loss, "quantiles") else None,
        output=out32.tolist(), training=dict(loss=float(value), largestGradient=largest, firstGradients=grads, gradientNorms=norms, lossBeforeUpdate=losses))
    json.dump(record, open(f"{folder}/expected.json", "w"), separators=(",", ":"))
    print(name, out32.shape, float(value), losses[-1], sum(os.path.getsize(f"{folder}/{f}") for f in os.listdir(folder)))

export("mae", "mae")
export("mae_other_seed", "mae", seed=11, L=13, H=6, n_pool_kernel_size=[3, 2, 1], scaler_type="robust")
export("exogenous", "mse", exog=True, scaler_type="standard", activation="Softplus")
export("level", "level", scaler_type="robust", activation="LeakyReLU", pooling_mode="AvgPool1d", interpolation_mode="nearest", local="standard")
export("quantiles", "quantiles", exog=True, scaler_type="minmax1", activation="Sigmoid")
export("invariant", "huber", scaler_type="invariant", interpolation_mode="cubic", activation="PReLU", dropout_prob_theta=0.2, units=[[4, 6], [6, 5]], n_blocks=[2, 1, 1])
export("without_past", "rmse", exog=True, exclude_insample_y=True, scaler_type="minmax", activation="Tanh")
export("revin", "mae", scaler_type="revin", n_blocks=[1, 1], stack_types=2 * ["identity"], n_pool_kernel_size=[4, 1], n_freq_downsample=[4, 1])
export("normal", "normal", scaler_type="standard", activation="Tanh")
export("student", "student", scaler_type="revin", activation="SELU", pooling_mode="AvgPool1d")
export("student_robust", "student", seed=5, exog=True, scaler_type="robust", units=[[4, 4]])
export("counts", "negbin", activation="Tanh", interpolation_mode="nearest")
export("counts_minmax", "negbin", seed=8, scaler_type="minmax", units=3 * [[4, 4]])
