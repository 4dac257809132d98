"""Golden safetensors files, written by the reference implementation.

    pip install safetensors==0.8.0 numpy
    python generate.py        # writes *.safetensors beside this file

Bytes are given directly, so that the types NumPy lacks (bfloat16, float8) need no other library. Integer-like and
unsorted metadata keys, names that need JSON escapes, and names whose UTF-8 and UTF-16 orders differ are on purpose.
Python keeps metadata in a hash map: a second run may order the metadata of a file differently, and be as valid.
"""
import os
import numpy as np
from safetensors import TensorSpec, serialize_file

OUT = os.path.dirname(os.path.abspath(__file__))
WIDTH = {
    "float64": 8, "float32": 4, "float16": 2, "bfloat16": 2, "float8_e4m3fn": 1, "float8_e5m2": 1,
    "int64": 8, "int32": 4, "int16": 2, "int8": 1, "uint64": 8, "uint32": 4, "uint16": 2, "uint8": 1, "bool": 1,
}


def write(file, tensors, metadata=None):
    kept = {n: np.frombuffer(b or b"\0", dtype=np.uint8).copy() for n, (_, _, b) in tensors.items()}
    specs = {
        n: TensorSpec(dtype=d, shape=s, data_ptr=kept[n].ctypes.data, data_len=len(b))
        for n, (d, s, b) in tensors.items()
    }
    serialize_file(specs, os.path.join(OUT, file), metadata=metadata)


def values(dtype, count):
    if dtype == "bool":
        return bytes(i % 2 for i in range(count))
    if dtype == "bfloat16":
        return (np.arange(count, dtype=np.float32) - 1.5).view(np.uint16)[1::2].tobytes()
    if dtype.startswith("float8"):
        return bytes(0x38 + i for i in range(count))
    offset = 0 if dtype.startswith("u") else 1.5 if dtype.startswith("f") else 2
    return (np.arange(count) - offset).astype(dtype).tobytes()


every = {f"{d}.{'matrix'}": (d, [2, 3], values(d, 6)) for d in WIDTH}
every |= {f"{d}.scalar": (d, [], values(d, 1)) for d in WIDTH}
every |= {f"{d}.empty": (d, [0, 4], b"") for d in WIDTH}
write("dtypes.safetensors", every, {"format": "np"})

one = ("uint8", [1], b"\x07")
write("names.safetensors", {n: one for n in ["b", "a", "10", "9", "__proto__", "", "\U0001F600", "\uff5e", 'q"\\\n\t\b\f\r\x01\x7f\u2028/é']},
      {"10": "ten", "9": "nine", "b": "", "__proto__": "p", "a": 'é\n"'})
write("odd.safetensors", {"three": ("int8", [3], b"\1\2\3"), "wide": ("float32", [1], values("float32", 1))}, None)
write("empty.safetensors", {}, None)
write("empty-metadata.safetensors", {"x": one}, {})
