"""Networks of neuralforecast's NBEATS, each with what it forecasts, its parts and how it trains.

pip install torch==2.15.0 neuralforecast==3.3.0; python gen_nbeats.py [folder]
For each case <case>.safetensors (weights as its state dictionary) and <case>.json: windows, forecast in float32 and float64,
the decomposition, and in float64 the loss, its gradients and 20 clipped Adam updates. bases.json: the functions of time.
"""
import copy, json, logging, os, sys, warnings
import numpy as np, torch, neuralforecast
from safetensors.torch import save_file
from neuralforecast.models import NBEATS
from neuralforecast.models.nbeats import SeasonalityBasis, get_basis
from neuralforecast.losses.pytorch import MAE, MQLoss

warnings.filterwarnings("ignore"); logging.getLogger("pytorch_lightning").setLevel(logging.ERROR)
torch.set_num_threads(1)
OUT = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
r = lambda a: np.round(np.asarray(a, dtype=np.float64), 9).tolist()

def export(name, L=14, H=6, seed=3, quantiles=None, **hp):
    torch.manual_seed(seed); rng = np.random.default_rng(seed)
    hp = {"mlp_units": 2 * [[6, 6]], "random_seed": seed, **hp}
    m = NBEATS(h=H, input_size=L, loss=MQLoss(quantiles=quantiles) if quantiles else MAE(), max_steps=1, accelerator="cpu", logger=False, **hp).eval()
    y = torch.tensor(rng.normal(size=(5, L)) + 3); mask = torch.ones(5, L, dtype=torch.float64)
    mask[1, 2:5] = 0; mask[2, L - 1] = 0; mask[3, : L - 2] = 0
    target = torch.tensor(rng.normal(size=(5, H, 1)) + 3)
    batch = lambda t: dict(insample_y=y.to(t).unsqueeze(-1), insample_mask=mask.to(t).unsqueeze(-1))
    with torch.no_grad(): out32 = m(batch(torch.float32))
    parts = None
    if not quantiles:
        m.decompose_forecast = True
        with torch.no_grad(): parts = m(batch(torch.float32))
        m.decompose_forecast = False
    m64 = copy.deepcopy(m).double()
    q = torch.tensor(quantiles, dtype=torch.float64) if quantiles else None
    def loss():
        d = m64(batch(torch.float64)) - target
        return torch.maximum(-q * d, (1 - q) * d).mean() if quantiles else d.abs().mean()
    with torch.no_grad(): out64 = m64(batch(torch.float64))
    value = loss(); value.backward()
    named = {k: p for k, p in m64.named_parameters() if p.requires_grad}
    grads = {k: p.grad.reshape(-1)[:6].tolist() for k, p in named.items()}
    norms = {k: float(p.grad.norm()) for k, p in named.items()}
    largest = max(float(p.grad.abs().max()) for p in named.values())
    opt, losses = torch.optim.Adam(list(named.values()), lr=1e-3, foreach=False), []
    for _ in range(20):
        opt.zero_grad(); l = loss(); l.backward(); torch.nn.utils.clip_grad_norm_(list(named.values()), 1.0); opt.step(); losses.append(float(l))
    record = dict(generator="gen_nbeats.py", neuralforecast=neuralforecast.__version__, torch=torch.__version__, input_size=L, h=H, hparams=hp, quantiles=quantiles,
        parameters=sum(p.numel() for p in m.parameters() if p.requires_grad), input=r(y), mask=r(mask), target=r(target[:, :, 0]), output=out32.tolist(), output_float64=out64.tolist(),
        decomposition=None if parts is None else parts.tolist(), training=dict(loss=float(value), largestGradient=largest, firstGradients=grads, gradientNorms=norms, lossBeforeUpdate=losses))
    json.dump(record, open(f"{OUT}/{name}.json", "w"), separators=(",", ":"))
    save_file({k: v.clone().contiguous() for k, v in m.state_dict().items()}, f"{OUT}/{name}.safetensors")
    print(name, tuple(out32.shape), float(value), losses[-1])

export("nbeats_default")
export("nbeats_interpretable", L=21, H=7, stack_types=["trend", "seasonality"], n_blocks=[3, 3], n_basis=3, n_harmonics=3, shared_weights=True)
export("nbeats_generic", H=1, stack_types=["identity"], n_blocks=[3], activation="Tanh", mlp_units=[[4, 7]])
export("nbeats_quantiles", L=9, H=5, quantiles=[0.1, 0.5, 0.8], n_blocks=[1, 2, 1], n_harmonics=1, activation="SELU")
export("nbeats_prelu", seed=8, stack_types=["seasonality", "identity"], n_blocks=[2, 2], shared_weights=True, activation="PReLU")
for basis in ["legendre", "changepoint", "piecewise_linear", "linear_hat", "spline", "chebyshev"]:
    export(f"nbeats_{basis}", L=8, H=5, basis=basis, n_basis=4, stack_types=["trend", "identity"], n_blocks=[1, 1], mlp_units=[[4, 4]], activation="Softplus")

bases = [dict(kind=kind, count=n + 1, length=length, values=r(np.asarray(get_basis(length, n, kind)).T))
         for kind in ["legendre", "polynomial", "changepoint", "piecewise_linear", "linear_hat", "spline", "chebyshev"] for n, length in [(3, 7), (4, 12), (6, 1), (5, 30)]]
seasons = [dict(harmonics=n, horizon=h, length=L, backcast=r(b.backcast_basis), forecast=r(b.forecast_basis))
           for n, h, L in [(1, 2, 3), (2, 6, 14), (3, 7, 10), (4, 5, 5)] for b in [SeasonalityBasis(n, L, h)]]
json.dump(dict(generator="gen_nbeats.py", trend=bases, seasonality=seasons), open(f"{OUT}/bases.json", "w"), separators=(",", ":"))
