"""One fused AdamW update with clipping in PyTorch, for the same 30 tensors."""
import time

import torch

block = [[168, 512], [512], [512, 512], [512], [512, 512], [512], [512, 512], [512], [512, 126], [126]]
weights = [torch.nn.Parameter(torch.randn(shape) * 0.1) for _ in range(3) for shape in block]
for weight in weights:
    weight.grad = torch.randn_like(weight) * 0.1
optimizer = torch.optim.AdamW(weights, fused=True)
times = []
for _ in range(60):
    begin = time.perf_counter()
    torch.nn.utils.clip_grad_norm_(weights, 1.0)
    optimizer.step()
    times.append(1000 * (time.perf_counter() - begin))
print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads: fused AdamW with clip {sorted(times)[30]:.2f} ms")
