"""Reads a run's folder with TensorBoard's own reader and prints what it found, as JSON."""
import base64
import json
import sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams import metadata

ALL = 0
reader = EventAccumulator(sys.argv[1], size_guidance={"scalars": ALL, "histograms": ALL, "images": ALL, "tensors": ALL})
reader.Reload()
tags = reader.Tags()
found = {
    "scalars": {t: [[e.step, e.wall_time, str(e.value)] for e in reader.Scalars(t)] for t in tags["scalars"]},
    "histograms": {
        t: [[e.step, list(e.histogram_value.bucket_limit), list(e.histogram_value.bucket)] for e in reader.Histograms(t)]
        for t in tags["histograms"]
    },
    "images": {
        t: [[e.step, e.width, e.height, base64.b64encode(e.encoded_image_string).decode()] for e in reader.Images(t)]
        for t in tags["images"]
    },
}
if tags["tensors"]:
    texts = reader.PluginTagToContent("text")
    found["text"] = {t: [[e.step, e.tensor_proto.string_val[0].decode()] for e in reader.Tensors(t)] for t in texts}
    content = reader.PluginTagToContent("hparams")
    started = metadata.parse_session_start_info_plugin_data(content["_hparams_/session_start_info"])
    found["hyperparameters"] = {name: getattr(v, v.WhichOneof("kind")) for name, v in started.hparams.items()}
    experiment = metadata.parse_experiment_plugin_data(content["_hparams_/experiment"])
    found["metrics"] = [metric.name.tag for metric in experiment.metric_infos]
    found["status"] = metadata.parse_session_end_info_plugin_data(content["_hparams_/session_end_info"]).status
print(json.dumps(found))
