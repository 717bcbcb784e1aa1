"""Minimal safetensors files: an 8-byte little-endian header length, a JSON header, then the raw tensors (float32)."""

from __future__ import annotations

import json
import os
import struct
from pathlib import Path

import numpy as np
import torch

ALIGNMENT = 8


def save(tensors: dict[str, torch.Tensor], path: Path) -> None:
    header: dict = {"__metadata__": {"format": "pt"}}
    blobs, offset = [], 0
    for name, tensor in sorted(tensors.items()):
        blob = tensor.detach().to("cpu", torch.float32).contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + len(blob)]}
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % ALIGNMENT)
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for blob in blobs:
            file.write(blob)
    os.replace(part, path)


def load(path: Path) -> dict[str, torch.Tensor]:
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8:8 + length])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        if entry["dtype"] != "F32":
            raise ValueError(f"{path}: {name} is {entry['dtype']}; only F32 is read")
        begin, end = (8 + length + at for at in entry["data_offsets"])
        tensors[name] = torch.from_numpy(np.frombuffer(data[begin:end], dtype=np.float32).copy()).reshape(entry["shape"])
    return tensors
