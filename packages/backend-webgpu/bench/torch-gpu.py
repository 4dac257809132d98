"""Windows a second that PyTorch trains, for bench:gpu: the update of torch-step.py on a device.

torch-gpu.py DEVICE PRECISION SECONDS BATCH...    e.g. cuda float16 4 128 256; one line of JSON for each batch
"""
import importlib.util, json, pathlib, sys, time
import torch

file = pathlib.Path(__file__).parents[2] / "backend-cpu/bench/torch-step.py"
spec = importlib.util.spec_from_file_location("torch_step", file)
step = importlib.util.module_from_spec(spec)
spec.loader.exec_module(step)

device, precision, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
if device == "cuda" and not torch.cuda.is_available():
    print(json.dumps({"cannot": "PyTorch is here, but finds no GPU"}))
    sys.exit()
settle = torch.cuda.synchronize if device == "cuda" else lambda: None
print(json.dumps({"version": torch.__version__}), flush=True)
for batch in map(int, sys.argv[4:]):
    torch.manual_seed(0)
    net = step.Nhits().to(device)
    optimizer = step.fused_adam(net)
    scaler = torch.amp.GradScaler(device, enabled=precision == "float16")
    x, y = torch.rand(batch, 168, device=device) * 2 - 1, torch.rand(batch, 24, device=device) * 2 - 1
    level = x[:, -1:]

    def update():
        with torch.autocast(device, torch.float16, enabled=precision == "float16"):
            loss = step.error_of(net, x, level, y)
        optimizer.zero_grad(set_to_none=True)
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        scaler.step(optimizer)
        scaler.update()

    for _ in range(5):
        update()
    settle()
    begin, updates = time.perf_counter(), 0
    while time.perf_counter() - begin < seconds:
        for _ in range(10):
            update()
        settle()
        updates += 10
    print(json.dumps({"batch": batch, "windowsPerSecond": updates * batch / (time.perf_counter() - begin)}), flush=True)
