"""The recipe of polars for the same columns: read, sort, float64 columns. Prints what cases.ts prints."""

import json
import resource
import sys
import time

import polars as pl

path = sys.argv[1]
wall, processor = time.perf_counter(), time.process_time()
if path.endswith(".csv"):
    frame = pl.read_csv(path, schema_overrides={"timestamp": pl.Datetime("ms")})
else:
    frame = pl.read_parquet(path)
frame = frame.sort("symbol", "timestamp")
times = frame["timestamp"].dt.epoch("ms").cast(pl.Float64).to_numpy()
columns = [frame[name].cast(pl.Float64).to_numpy() for name in ("open", "high", "low", "close", "volume")]
groups = frame["symbol"].rle_id().max() + 1
note = f"{len(times)} steps of {groups} series, polars {pl.__version__}"
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
result = {
    "name": "polars",
    "note": note,
    "wallMs": (time.perf_counter() - wall) * 1000,
    "processorMs": (time.process_time() - processor) * 1000,
    "peakMb": peak,
}
print(json.dumps(result))
