"""Folders of N-BEATS saved by neuralforecast itself, each with what it forecasts and how it trains.

pip install torch==2.15.0 neuralforecast==3.3.0; python gen_saved.py [folder]
For each case: saved/<case>/ as NeuralForecast.save writes it, and saved/<case>/expected.json with raw windows, the forecast
(or the distribution's parameters) in the data's unit, and in float64 the loss there, its gradients and 20 clipped Adam updates.
"""
import copy, json, logging, os, shutil, sys, warnings
import numpy as np, pandas as pd, torch, neuralforecast
from neuralforecast import NeuralForecast
from neuralforecast.models import NBEATS
from neuralforecast.losses.pytorch import MAE, MSE, HuberLoss, MQLoss, DistributionLoss

warnings.filterwarnings("ignore"); logging.getLogger("pytorch_lightning").setLevel(logging.ERROR)
torch.set_num_threads(1)
OUT = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "saved")
QUIET = dict(accelerator="cpu", logger=False, enable_progress_bar=False, enable_model_summary=False)
LOSSES = {
    "mae": MAE, "mse": MSE, "huber": lambda: HuberLoss(delta=2.0),
    "level": lambda: MQLoss(level=[80]), "quantiles": lambda: MQLoss(quantiles=[0.9, 0.05, 0.5, 0.25]),
    "normal": lambda: DistributionLoss("Normal", level=[80]), "student": lambda: DistributionLoss("StudentT", level=[80]),
    "negbin": lambda: DistributionLoss("NegativeBinomial", level=[80]),
}

def frame(rng, counts):
    rows = []
    for i in range(3):
        t = np.arange(60)
        y = 20 + 6 * np.sin(2 * np.pi * t / 12 + i) + rng.normal(size=60)
        rows.append(pd.DataFrame(dict(unique_id=f"s{i}", ds=t, y=np.round(y) if counts else y)))
    return pd.concat(rows, ignore_index=True)

def forward(m, y, mask, dtype):
    temporal = torch.stack([y, torch.cat([mask, torch.ones(len(y), m.h, dtype=mask.dtype)], 1)], -1).to(dtype)
    w = m._normalization(windows=dict(temporal=temporal.clone(), temporal_cols=pd.Index(["y", "available_mask"]), static=None, static_cols=pd.Index([])), y_idx=0)
    L = m.input_size
    out = m(dict(insample_y=w["temporal"][:, :L, :1], insample_mask=temporal[:, :L, 1:], hist_exog=None, futr_exog=None, stat_exog=None))
    loc, scale = (v.reshape(len(y), 1, 1) for v in m._get_loc_scale(0))
    if m.loss.is_distribution_output:
        args = m.loss.scale_decouple(output=m.loss.domain_map(out), loc=loc, scale=scale)
        return torch.cat([a.reshape(len(y), m.h, 1) for a in args], -1)
    return m.scaler.inverse_transform(z=out, x_shift=loc, x_scale=scale)

def loss_of(m, kind, out, y):
    d = out - y
    if kind == "mae": return d.abs().mean()
    if kind == "mse": return (d ** 2).mean()
    if kind == "huber": return torch.nn.functional.huber_loss(out, y.expand_as(out), delta=2.0)
    if kind in ("level", "quantiles"):
        q = m.loss.quantiles.detach().to(out.dtype)
        return torch.maximum(-q * d, (1 - q) * d).mean()
    args = [a.unsqueeze(-1) for a in out.unbind(-1)]
    return -m.loss._base_distribution(*args, validate_args=False).log_prob(y).mean()

def check_predict(nf, m, df):
    """That `forward` is what NeuralForecast.predict gives for the last windows."""
    last = df["ds"].max() - m.h
    told = nf.predict(df[df.ds <= last]).drop(columns=["unique_id", "ds"]).to_numpy()
    rows = torch.tensor(np.stack([g.y.to_numpy()[-(m.input_size + m.h):] for _, g in df.groupby("unique_id")]))
    with torch.no_grad(): ours = forward(m, rows, torch.ones(len(rows), m.input_size, dtype=torch.float64), torch.float32)
    assert np.abs(ours.numpy() - told.reshape(ours.shape)).max() < 1e-4

def export(name, loss, seed=3, local=None, L=10, H=4, **hp):
    rng, counts = np.random.default_rng(seed), loss == "negbin"
    df = frame(rng, counts)
    m = NBEATS(h=H, input_size=L, loss=LOSSES[loss](), max_steps=15, windows_batch_size=16, random_seed=seed, **{"mlp_units": 2 * [[4, 4]], **hp}, **QUIET)
    nf = NeuralForecast(models=[m], freq=1, local_scaler_type=local); nf.fit(df)
    m = nf.models[0].cpu().eval()
    if hp.get("scaler_type") == "revin":
        with torch.no_grad(): m.scaler.revin_bias.add_(0.3); m.scaler.revin_weight.mul_(1.4)
    folder = f"{OUT}/{name}"; shutil.rmtree(folder, ignore_errors=True)
    for l in (m.loss, m.hparams.loss): # else save() fails on a graph tensor; predict() has the same effect
        if hasattr(l, "distr_mean"): l.distr_mean = l.distr_mean.detach()
    for p in m.parameters(): p.data = p.data.contiguous() # else save() fails on every basis but polynomial
    nf.save(folder, save_dataset=False)
    if not m.loss.is_distribution_output and local is None: check_predict(nf, m, df)
    B = 5
    y = torch.tensor(rng.normal(size=(B, L + H)) * 3 + rng.normal(size=(B, 1)) * 4 + 15)
    if counts: y = torch.clamp(torch.round(y), min=0)
    mask = torch.ones(B, L, dtype=torch.float64); mask[1, 2:5] = 0; mask[2, L - 1] = 0; mask[3, : L - 2] = 0
    target = y[:, L:].unsqueeze(-1).clone()
    with torch.no_grad(): out32 = forward(m, y, mask, torch.float32)
    m64 = copy.deepcopy(m).double()
    step = lambda: loss_of(m64, loss, forward(m64, y, mask, torch.float64), target)
    m64.zero_grad(); value = step(); value.backward()
    named = {k: p for k, p in m64.named_parameters() if p.requires_grad and p.grad is not None}
    grads = {k: p.grad.reshape(-1)[:6].tolist() for k, p in named.items()}
    norms = {k: float(p.grad.norm()) for k, p in named.items()}
    largest = max(float(p.grad.abs().max()) for p in named.values())
    opt, losses = torch.optim.Adam(list(named.values()), lr=1e-3, foreach=False), []
    for _ in range(20):
        opt.zero_grad(); l = step(); l.backward(); torch.nn.utils.clip_grad_norm_(list(named.values()), 1.0); opt.step(); losses.append(float(l))
    r = lambda a: np.round(np.asarray(a, dtype=np.float64), 9).tolist()
    record = dict(generator="gen_saved.py", neuralforecast=neuralforecast.__version__, torch=torch.__version__, loss=loss,
        input=r(y[:, :L]), mask=r(mask), target=r(target[:, :, 0]), quantiles=m.loss.quantiles.tolist() if hasattr(m.loss, "quantiles") else None,
        output=out32.tolist(), training=dict(loss=float(value), largestGradient=largest, firstGradients=grads, gradientNorms=norms, lossBeforeUpdate=losses))
    json.dump(record, open(f"{folder}/expected.json", "w"), separators=(",", ":"))
    print(name, tuple(out32.shape), float(value), losses[-1], sum(os.path.getsize(f"{folder}/{f}") for f in os.listdir(folder)))

if __name__ == "__main__":
    export("mae", "mae")
    export("shared", "mse", seed=5, L=13, H=6, stack_types=["trend", "seasonality"], n_blocks=[2, 3], shared_weights=True, scaler_type="standard", activation="PReLU")
    export("level", "level", scaler_type="robust", basis="legendre", n_basis=3, local="standard", activation="LeakyReLU")
    export("quantiles", "quantiles", H=5, scaler_type="minmax1", n_harmonics=3, n_blocks=[2, 1, 1], activation="Softplus")
    export("invariant", "huber", scaler_type="invariant", basis="spline", n_basis=4, mlp_units=[[4, 6], [6, 5]], activation="Tanh")
    export("revin", "mae", H=1, scaler_type="revin", stack_types=["identity"], n_blocks=[2], activation="SELU")
    export("normal", "normal", scaler_type="standard", basis="changepoint", activation="Sigmoid")
    export("student", "student", scaler_type="robust", basis="chebyshev", shared_weights=True, n_blocks=[2, 2, 2])
    export("counts", "negbin", scaler_type="minmax", basis="linear_hat")
