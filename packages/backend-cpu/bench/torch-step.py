"""The benchmark's update in PyTorch (eager, fused Adam). Speaks the protocol of competitor.ts."""
import json, sys, time
import torch
from torch import nn

threads, batch = int(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(threads)
torch.manual_seed(0)
L, H, W = 168, 24, 512


class Block(nn.Module):
    def __init__(self, kernel, knots):
        super().__init__()
        self.pool, self.knots = nn.MaxPool1d(kernel, kernel, ceil_mode=True), knots
        sizes = [L // kernel, W, W, W, W]
        layers = []
        for i, size in enumerate(sizes):
            layers.append(nn.Linear(size, L + knots if i == 4 else W))
            if i in (1, 2, 3):
                layers.append(nn.ReLU())
        self.layers = nn.Sequential(*layers)

    def forward(self, residual):
        theta = self.layers(self.pool(residual.unsqueeze(1)).squeeze(1))
        forecast = nn.functional.interpolate(theta[:, None, L:], size=H, mode="linear").squeeze(1)
        return theta[:, :L], forecast


blocks = nn.ModuleList(Block(*sizes) for sizes in ((2, 6), (2, 12), (1, 24)))
optimizer = torch.optim.Adam(blocks.parameters(), lr=1e-3, fused=True)
x, y = torch.rand(batch, L) * 2 - 1, torch.rand(batch, H) * 2 - 1


def update():
    residual, forecast = x, x[:, -1:].expand(-1, H)
    for block in blocks:
        backcast, part = block(residual)
        residual, forecast = residual - backcast, forecast + part
    loss = (forecast - y).abs().mean()
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(blocks.parameters(), 1.0)
    optimizer.step()


print("ready", flush=True)
for line in sys.stdin:
    until, times = time.perf_counter() + float(line) / 1000, []
    while not times or time.perf_counter() < until:
        start, cpu = time.perf_counter(), time.process_time()
        update()
        times.append({"milliseconds": (time.perf_counter() - start) * 1e3, "cpu": (time.process_time() - cpu) * 1e3})
    print(json.dumps(times), flush=True)
