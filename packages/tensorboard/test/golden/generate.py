"""A golden event file, made with TensorBoard's own protocol buffers and record writer, independent of this package.

    pip install tensorboard==2.21.0 numpy
    python generate.py        # writes events.golden beside this file

test/golden.test.ts logs the same things with the same clock and compares bytes.
"""
import os, struct, zlib
from tensorboard.compat.proto.event_pb2 import Event, SessionLog
from tensorboard.compat.proto.summary_pb2 import HistogramProto, Summary, SummaryMetadata, DATA_CLASS_TENSOR
from tensorboard.compat.proto.tensor_pb2 import TensorProto
from tensorboard.compat.proto.tensor_shape_pb2 import TensorShapeProto
from tensorboard.compat.proto.types_pb2 import DT_STRING
from tensorboard.plugins.hparams import api_pb2, metadata, plugin_data_pb2
from tensorboard.summary.writer.record_writer import RecordWriter

HERE = os.path.dirname(os.path.abspath(__file__))
WALL = 1_700_000_000.5


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0\0\0\xff")) + chunk(b"IEND", b"")
V = Summary.Value


def hparams(name, **content):
    data = plugin_data_pb2.HParamsPluginData(**content)
    described = metadata.create_summary_metadata(data)
    # The plugin serialises its map in any order; the same content, in the order of the keys.
    described.plugin_data.content = data.SerializeToString(deterministic=True)
    return Summary(value=[V(tag=f"_hparams_/{name}", tensor=metadata.NULL_TENSOR, metadata=described)])


start = plugin_data_pb2.SessionStartInfo(start_time_secs=WALL)
start.hparams["optimizer"].string_value = "adamw"
start.hparams["learningRate"].number_value = 0.001
start.hparams["decay"].number_value = 0
start.hparams["nesterov"].bool_value = False
H = api_pb2.HParamInfo
experiment = api_pb2.Experiment(
    time_created_secs=WALL,
    hparam_infos=[
        H(name="optimizer", type=api_pb2.DATA_TYPE_STRING), H(name="learningRate", type=api_pb2.DATA_TYPE_FLOAT64),
        H(name="decay", type=api_pb2.DATA_TYPE_FLOAT64), H(name="nesterov", type=api_pb2.DATA_TYPE_BOOL),
    ],
    metric_infos=[api_pb2.MetricInfo(name=api_pb2.MetricName(tag="validation/loss"))],
)
text = "**naïve** baseline: 0.5\n"
events = [
    Event(file_version="brain.Event:2"),
    Event(step=40, session_log=SessionLog(status=SessionLog.START)),
    Event(summary=hparams("experiment", experiment=experiment)),
    Event(summary=hparams("session_start_info", session_start_info=start)),
    Event(step=0, summary=Summary(value=[V(tag="train/loss", simple_value=0.0), V(tag="größe", simple_value=-1.5)])),
    Event(step=300, summary=Summary(value=[V(tag="train/loss", simple_value=0.1)])),
    Event(step=2**53 - 1, summary=Summary(value=[V(tag="train/loss", simple_value=float("inf"))])),
    Event(step=300, summary=Summary(value=[V(tag="weights", histo=HistogramProto(
        min=-1, max=3, num=6, sum=4, sum_squares=16, bucket_limit=[0, 1, 2, 3], bucket=[2, 1, 1, 2]))])),
    Event(step=301, summary=Summary(value=[V(tag="bias", histo=HistogramProto(
        min=0, max=0, num=2, sum=0, sum_squares=0, bucket_limit=[0], bucket=[2]))])),
    Event(step=300, summary=Summary(value=[V(
        tag="notes",
        tensor=TensorProto(dtype=DT_STRING, tensor_shape=TensorShapeProto(), string_val=[text.encode()]),
        metadata=SummaryMetadata(plugin_data=SummaryMetadata.PluginData(plugin_name="text"), data_class=DATA_CLASS_TENSOR))])),
    Event(step=300, summary=Summary(value=[V(tag="forecast", image=Summary.Image(
        height=1, width=2, colorspace=3, encoded_image_string=PNG))])),
    Event(summary=hparams("session_end_info", session_end_info=plugin_data_pb2.SessionEndInfo(
        status=api_pb2.STATUS_SUCCESS, end_time_secs=WALL))),
]
with open(os.path.join(HERE, "pixels.png"), "wb") as file:
    file.write(PNG)
with open(os.path.join(HERE, "events.golden"), "wb") as file:
    writer = RecordWriter(file)
    for event in events:
        event.wall_time = WALL
        writer.write(event.SerializeToString(deterministic=True))
