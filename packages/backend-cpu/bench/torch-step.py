"""The benchmark's update in PyTorch, and its check. Speaks the protocol of answer-lines.ts.

torch-step.py eager|compile|inference-eager|inference-compile THREADS BATCH WIDTH
torch-step.py check GOLDEN    the golden file of neuralforecast (GOLDEN.json and GOLDEN.safetensors), in float64
"""
import json, sys, time
import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, inputs, horizon, width, kernel, knots):
        super().__init__()
        self.inputs, self.horizon = inputs, horizon
        self.pool = nn.MaxPool1d(kernel, kernel, ceil_mode=True)
        hidden = [part for _ in range(3) for part in (nn.Linear(width, width), nn.ReLU())]
        first, last = nn.Linear(-(-inputs // kernel), width), nn.Linear(width, inputs + knots)
        self.layers = nn.Sequential(first, *hidden, last)

    def forward(self, residual):
        theta = self.layers(self.pool(residual.unsqueeze(1)).squeeze(1))
        backcast, knots = theta[:, : self.inputs], theta[:, self.inputs :]
        return backcast, nn.functional.interpolate(knots.unsqueeze(1), size=self.horizon, mode="linear").squeeze(1)


class Nhits(nn.Module):
    def __init__(self, inputs=168, horizon=24, width=512):
        super().__init__()
        shapes = ((2, 4), (2, 2), (1, 1))  # pooling kernel, time steps per knot
        self.blocks = nn.ModuleList(Block(inputs, horizon, width, k, max(horizon // f, 1)) for k, f in shapes)

    def forward(self, residual, level, mask=None):
        forecast = level
        for block in self.blocks:
            backcast, part = block(residual)
            residual, forecast = residual - backcast, forecast + part
            if mask is not None:
                residual = residual * mask
        return forecast


def error_of(net, x, level, y, mask=None):
    return (net(x, level, mask) - y).abs().mean()


def update(net, optimizer, error, batch):
    loss = error(net, *batch)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    return loss


def count(net):
    return sum(parameter.numel() for parameter in net.parameters())


def fused_adam(net):
    return torch.optim.Adam(net.parameters(), lr=1e-3, fused=True)


def serve(mode, threads, batch, width):
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    net = Nhits(width=width)
    x, y = torch.rand(batch, 168) * 2 - 1, torch.rand(batch, 24) * 2 - 1
    level = x[:, -1:]
    if mode.startswith("inference"):
        forecast = torch.compile(net) if mode.endswith("compile") else net
        step = torch.inference_mode()(lambda: forecast(x, level))
    else:
        optimizer = fused_adam(net)
        error = torch.compile(error_of) if mode == "compile" else error_of
        step = lambda: update(net, optimizer, error, (x, level, y))
    step()
    print("ready", json.dumps({"parameters": count(net), "version": torch.__version__}), flush=True)
    for line in sys.stdin:
        until, times = time.perf_counter() + float(line) / 1000, []
        while not times or time.perf_counter() < until:
            cpu, start = time.process_time(), time.perf_counter()
            step()
            milliseconds = (time.perf_counter() - start) * 1e3
            times.append({"milliseconds": milliseconds, "cpu": (time.process_time() - cpu) * 1e3})
        print(json.dumps(times), flush=True)


def read_weights(file):
    with open(file, "rb") as stream:
        header = json.loads(stream.read(int.from_bytes(stream.read(8), "little")))
        data = bytearray(stream.read())
    tensors = {name: entry for name, entry in header.items() if name != "__metadata__"}
    read = lambda begin, end: torch.frombuffer(data[begin:end], dtype=torch.float32).double()
    return {name: read(*entry["data_offsets"]).reshape(entry["shape"]) for name, entry in tensors.items()}


def check(golden):
    """neuralforecast's own module on its own weights: this file's update has to give the losses that it gave."""
    torch.set_num_threads(1)
    with open(golden + ".json") as stream:
        known = json.load(stream)
    net = Nhits(inputs=48, horizon=12, width=32).double()
    net.load_state_dict(read_weights(golden + ".safetensors"))
    x, mask, y = (torch.tensor(known[name]).double() for name in ("insample_y", "insample_mask", "target"))
    # neuralforecast turns a window's time around; the order of inputs means nothing to our benchmark.
    batch = (x.flip(-1), x[:, -1:], y, mask.flip(-1))
    optimizer, expected = fused_adam(net), known["fixed_batch_training"]["loss_before_each_step"]
    losses = [update(net, optimizer, error_of, batch).item() for _ in expected]
    worst = max(abs(a - b) for a, b in zip(losses, expected))
    print(json.dumps({"parameters": count(Nhits()), "updates": len(losses), "largestDifference": worst}))


if __name__ == "__main__":
    if sys.argv[1] == "check":
        check(sys.argv[2])
    else:
        serve(sys.argv[1], *map(int, sys.argv[2:]))
