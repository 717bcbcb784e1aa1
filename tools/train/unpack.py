"""Read a package's 8-bit weights back into a model folder, so that training can go on from what is published.

A weight w was stored as round(w / scale) + 128 in blocks of 32 along its input; what comes back differs from the trained
weight by half a step at most. Reads the graphs that tools/qwen-export writes with `--bits 8` and weights inside the graph.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

import dialect
from model import Config, Qwen3, load_state, save_folder
from tokenizer import Tokenizer

# Fields of onnx.proto: ModelProto.graph, GraphProto.initializer, TensorProto.dims, data_type, name, raw_data.
GRAPH, INITIALIZER, DIMS, DATA_TYPE, NAME, RAW_DATA = 7, 5, 1, 2, 8, 9
FLOAT, UINT8 = 1, 2
ZERO_POINT = 128
VARINT, EIGHT_BYTES, COUNTED, FOUR_BYTES = 0, 1, 2, 5


def fields(data: memoryview):
    """Number and value of every field of a protobuf message."""
    at = 0

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    while at < len(data):
        key = varint()
        number, wire = key >> 3, key & 7
        if wire == VARINT:
            yield number, varint()
            continue
        if wire not in (EIGHT_BYTES, COUNTED, FOUR_BYTES):
            raise ValueError(f"protobuf wire type {wire} at byte {at}")
        length = varint() if wire == COUNTED else 8 if wire == EIGHT_BYTES else 4
        yield number, data[at:at + length]
        at += length


def initializers(path: Path) -> dict[str, np.ndarray]:
    """Constants of a graph by name: float32 and uint8 ones with their bytes in the file."""
    found = {}
    for number, graph in fields(memoryview(path.read_bytes())):
        if number != GRAPH:
            continue
        for inner, tensor in fields(graph):
            if inner != INITIALIZER:
                continue
            shape, kind, name, raw = [], 0, "", None
            for field, value in fields(tensor):
                if field == DIMS:
                    shape.append(value)
                elif field == DATA_TYPE:
                    kind = value
                elif field == NAME:
                    name = bytes(value).decode()
                elif field == RAW_DATA:
                    raw = value
            if kind in (FLOAT, UINT8) and raw is not None:
                found[name] = np.frombuffer(raw, np.float32 if kind == FLOAT else np.uint8).reshape(shape)
    return found


def weights(path: Path) -> dict[str, torch.Tensor]:
    """All tensors of the model under Hugging Face's names, in float32."""
    constants = initializers(path)
    tensors = {}
    for name, value in constants.items():
        if not name.startswith("model.") or name.endswith(".scales"):
            continue
        if value.dtype == np.uint8:
            scales = constants[name + ".scales"].reshape(*value.shape[:2], 1)
            value = ((value.astype(np.float32) - ZERO_POINT) * scales).reshape(value.shape[0], -1)
        tensors[name] = torch.from_numpy(value.astype(np.float32))
    return tensors


def unpack(package: Path, out: Path) -> None:
    manifest = json.loads((package / "manifest.json").read_text())
    if manifest["weightBits"] != 8 or set(manifest["bytesByBits"]) - {"8", "32"}:
        raise SystemExit(f"{package}: weights of {sorted(manifest['bytesByBits'])} bits; only 8 (norms 32) can be read back")
    shape = manifest["config"]
    config = Config(**{name: shape[name] for name in Config.__dataclass_fields__ if name in shape},
                    max_position_embeddings=manifest["maxContext"])
    model = load_state(Qwen3(config), weights(package / "model.onnx"))
    tokenizer_file = package / "tokenizer.json"
    added = Tokenizer.load(tokenizer_file).added
    save_folder(model, tokenizer_file, out, added[dialect.END], added[dialect.END_OF_TEXT])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--package", type=Path, required=True, help="package folder, for example adapters/Qwen/model")
    parser.add_argument("--out", type=Path, required=True, help="model folder to write: config.json, model.safetensors, tokenizer.json")
    options = parser.parse_args()
    unpack(options.package, options.out)


if __name__ == "__main__":
    main()
