"""Reads a file with the reference implementation and prints what it found, as JSON."""
import json, sys
from safetensors import deserialize, safe_open

path = sys.argv[1]
with open(path, "rb") as file:
    tensors = {n: {**t, "data": list(t["data"])} for n, t in deserialize(file.read())}
with safe_open(path, framework="np") as file:
    metadata = file.metadata()
    sample = file.get_tensor("float32").tolist()
print(json.dumps({"tensors": tensors, "metadata": metadata, "sample": sample}))
