"""Fused AdamW in PyTorch for the same 30 tensors: prints the medians of one update as JSON rows."""
import json
import statistics
import time

import torch

block = [[168, 512], [512], [512, 512], [512], [512, 512], [512], [512, 512], [512], [512, 126], [126]]


def measure(threads, clips):
    torch.set_num_threads(threads)
    weights = [torch.nn.Parameter(torch.randn(shape) * 0.1) for _ in range(3) for shape in block]
    for weight in weights:
        weight.grad = torch.randn_like(weight) * 0.1
    optimizer = torch.optim.AdamW(weights, fused=True)
    clock, cpu = [], []
    for _ in range(60):
        begin = time.perf_counter(), time.process_time()
        if clips:
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        clock.append(1000 * (time.perf_counter() - begin[0]))
        cpu.append(1000 * (time.process_time() - begin[1]))
    kind = "fused AdamW with clip" if clips else "fused AdamW"
    name = f"PyTorch {torch.__version__} {kind}, {threads} thread{'s' if threads > 1 else ''}"
    return {"name": name, "clips": clips, "clock": statistics.median(clock), "cpu": statistics.median(cpu)}


counts = sorted({1, torch.get_num_threads()})
print(json.dumps([measure(threads, clips) for threads in counts for clips in (False, True)]))
