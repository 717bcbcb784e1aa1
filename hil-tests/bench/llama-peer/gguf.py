#!/usr/bin/env python3
"""Writes a Qwen2.5 or Qwen3 checkpoint (Hugging Face folder) as a GGUF file, so that llama.cpp runs the same weights.

    python3 gguf.py --checkpoint DIR --out FILE.gguf [--type f32|q8_0|q4_0] [--round 8|4]

The layout is that of GGUF version 3 (github.com/ggml-org/ggml, docs/gguf.md). Norms and biases stay float32. Blocks of 32 along the
input axis are quantized with llama.cpp's own rounding, so a difference to it is not a difference of formats. With --round the weights
stay float32 but have the values that tools/qwen-export's blocks of 8 or 4 bits stand for, so that only the arithmetic is left to differ.
"""

from __future__ import annotations

import argparse
import json
import struct
from pathlib import Path

import numpy as np

U32, I32, F32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
TENSOR_TYPES = {"f32": 0, "q4_0": 2, "q8_0": 8}
ALIGNMENT = 32
FAMILIES = {"qwen2": "qwen2", "qwen3": "qwen3"}
LAYER_NAMES = {
    "input_layernorm.weight": "attn_norm.weight", "post_attention_layernorm.weight": "ffn_norm.weight",
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output", "self_attn.q_norm": "attn_q_norm", "self_attn.k_norm": "attn_k_norm",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
}


def read_safetensors(folder: Path) -> dict[str, np.ndarray]:
    """Every tensor of the folder as float32, mapped where the file holds float32 already."""
    tensors = {}
    for path in sorted(folder.glob("*.safetensors")):
        with path.open("rb") as file:
            size = struct.unpack("<Q", file.read(8))[0]
            header = json.loads(file.read(size))
        raw = np.memmap(path, np.uint8, "r", 8 + size)
        for name, entry in header.items():
            if name == "__metadata__":
                continue
            begin, end = entry["data_offsets"]
            tensors[name] = as_float32(raw[begin:end], entry["dtype"], name).reshape(entry["shape"])
    if not tensors:
        raise SystemExit(f"{folder}: no *.safetensors file")
    return tensors


def as_float32(raw: np.ndarray, dtype: str, name: str) -> np.ndarray:
    if dtype == "F32":
        return raw.view("<f4")
    if dtype == "F16":
        return raw.view("<f2").astype(np.float32)
    if dtype == "BF16":
        return (raw.view("<u2").astype(np.uint32) << 16).view(np.float32)
    raise SystemExit(f"{name}: type {dtype} is not supported")


def quantize(weights: np.ndarray, kind: str) -> bytes:
    if kind == "f32":
        return np.ascontiguousarray(weights, np.float32).tobytes()
    blocks = np.ascontiguousarray(weights, np.float32).reshape(-1, 32)
    rows = np.arange(len(blocks))
    largest = blocks[rows, np.abs(blocks).argmax(axis=1)]
    scale = np.abs(largest) / 127 if kind == "q8_0" else largest / -8
    inverse = np.divide(1, scale, out=np.zeros_like(scale), where=scale != 0)[:, None]
    if kind == "q8_0":
        quants = np.sign(blocks * inverse) * np.floor(np.abs(blocks * inverse) + 0.5)
        quants = quants.astype(np.int8).view(np.uint8)
    else:
        levels = np.minimum(15, (blocks * inverse + 8.5).astype(np.uint8))
        quants = levels[:, :16] | (levels[:, 16:] << 4)
    scales = scale.astype(np.float16).view(np.uint8).reshape(-1, 2)
    return np.concatenate([scales, quants], axis=1).tobytes()


def rounded(weights: np.ndarray, bits: int) -> np.ndarray:
    """The values of our blocks: one float32 scale for 32 neighbours in a row, the last block of a row filled up with zeros."""
    columns = weights.shape[1]
    blocks = np.pad(weights.astype(np.float32), ((0, 0), (0, -columns % 32))).reshape(-1, 32)
    largest = blocks[np.arange(len(blocks)), np.abs(blocks).argmax(axis=1)]
    scale = (largest / np.float32(-8) if bits == 4 else np.abs(largest) / np.float32(127))[:, None]
    levels = np.rint(np.divide(blocks, scale, out=np.zeros_like(blocks), where=scale != 0))
    half = 1 << (bits - 1)
    return (np.clip(levels, -half, half - 1) * scale).reshape(len(weights), -1)[:, :columns]


def rounded_heads(weights: np.ndarray, bits: int, head_dim: int) -> np.ndarray:
    """The same for the output projection of attention, whose columns are heads that the graph fills up to a multiple of 16, each half."""
    halves = weights.reshape(len(weights), -1, head_dim // 2)
    filled = np.pad(halves, ((0, 0), (0, 0), (0, (-head_dim % 16) // 2)))
    return rounded(filled.reshape(len(weights), -1), bits).reshape(filled.shape)[:, :, :head_dim // 2].reshape(weights.shape)


def text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def packed(kind: int, value) -> bytes:
    if kind == STRING:
        return text(value)
    return struct.pack({U32: "<I", I32: "<i", F32: "<f", BOOL: "<?"}[kind], value)


def entry(key: str, kind: int, value, items: int | None = None) -> bytes:
    head = text(key) + struct.pack("<I", kind)
    if kind == ARRAY:
        return head + struct.pack("<IQ", items, len(value)) + b"".join(packed(items, item) for item in value)
    return head + packed(kind, value)


def tokenizer_entries(folder: Path, vocabulary: int, eos: int) -> list[bytes]:
    raw = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    tokens = [f"[unused{index}]" for index in range(vocabulary)]
    kinds = [5] * vocabulary  # unused
    for token, index in raw["model"]["vocab"].items():
        tokens[index], kinds[index] = token, 1
    for added in raw["added_tokens"]:
        tokens[added["id"]], kinds[added["id"]] = added["content"], 3 if added["special"] else 4
    merges = [item if isinstance(item, str) else " ".join(item) for item in raw["model"]["merges"]]
    return [
        entry("tokenizer.ggml.model", STRING, "gpt2"), entry("tokenizer.ggml.pre", STRING, "qwen2"),
        entry("tokenizer.ggml.tokens", ARRAY, tokens, STRING), entry("tokenizer.ggml.token_type", ARRAY, kinds, I32),
        entry("tokenizer.ggml.merges", ARRAY, merges, STRING), entry("tokenizer.ggml.eos_token_id", U32, eos),
        entry("tokenizer.ggml.add_bos_token", BOOL, False),
    ]


def model_entries(config: dict, name: str) -> list[bytes]:
    family = FAMILIES.get(config["model_type"])
    if family is None:
        raise SystemExit(f"model_type {config['model_type']!r} is not one of {sorted(FAMILIES)}")
    heads = config["num_attention_heads"]
    head_dim = config.get("head_dim") or config["hidden_size"] // heads
    rope = config.get("rope_parameters") or config.get("rope_scaling") or {}
    base = config.get("rope_theta") or rope.get("rope_theta", 10000.0)
    entries = [
        entry("general.architecture", STRING, family), entry("general.name", STRING, name),
        entry("general.alignment", U32, ALIGNMENT),
        entry(f"{family}.block_count", U32, config["num_hidden_layers"]),
        entry(f"{family}.context_length", U32, config["max_position_embeddings"]),
        entry(f"{family}.embedding_length", U32, config["hidden_size"]),
        entry(f"{family}.feed_forward_length", U32, config["intermediate_size"]),
        entry(f"{family}.attention.head_count", U32, heads),
        entry(f"{family}.attention.head_count_kv", U32, config["num_key_value_heads"]),
        entry(f"{family}.attention.key_length", U32, head_dim), entry(f"{family}.attention.value_length", U32, head_dim),
        entry(f"{family}.rope.dimension_count", U32, head_dim), entry(f"{family}.rope.freq_base", F32, base),
        entry(f"{family}.attention.layer_norm_rms_epsilon", F32, config["rms_norm_eps"]),
    ]
    scaling = rope.get("rope_type") or rope.get("type") or "default"
    if scaling in ("linear", "yarn"):
        entries += [entry(f"{family}.rope.scaling.type", STRING, scaling),
                    entry(f"{family}.rope.scaling.factor", F32, rope["factor"])]
        if "original_max_position_embeddings" in rope:
            entries.append(entry(f"{family}.rope.scaling.original_context_length", U32, rope["original_max_position_embeddings"]))
    elif scaling != "default":
        raise SystemExit(f"rope scaling {scaling!r} is not supported here")
    return entries


def gguf_name(name: str) -> str:
    if name == "model.embed_tokens.weight":
        return "token_embd.weight"
    if name == "model.norm.weight":
        return "output_norm.weight"
    if name == "lm_head.weight":
        return "output.weight"
    _, _, layer, rest = name.split(".", 3)
    if rest in LAYER_NAMES:
        return f"blk.{layer}.{LAYER_NAMES[rest]}"
    module, _, kind = rest.rpartition(".")
    if module not in LAYER_NAMES:
        raise SystemExit(f"unknown tensor {name!r}")
    return f"blk.{layer}.{LAYER_NAMES[module]}.{kind}"


def write(folder: Path, out: Path, kind: str, bits: int | None = None) -> None:
    config = json.loads((folder / "config.json").read_text("utf-8"))
    tensors = read_safetensors(folder)
    if config.get("tie_word_embeddings"):
        tensors.pop("lm_head.weight", None)
    eos = config.get("eos_token_id", 0)
    entries = model_entries(config, folder.name) + tokenizer_entries(
        folder, config["vocab_size"], eos[0] if isinstance(eos, list) else eos)
    head_dim = config.get("head_dim") or config["hidden_size"] // config["num_attention_heads"]
    infos, offset, kinds = [], 0, {}
    for name, value in tensors.items():
        # llama.cpp cannot quantize a row that is not a whole number of blocks; the same rule as in our exporter.
        kinds[name] = kind if value.ndim == 2 and value.shape[1] % 32 == 0 else "f32"
        size = value.size * 4 if kinds[name] == "f32" else value.size // 32 * (34 if kinds[name] == "q8_0" else 18)
        shape = value.shape[::-1]
        infos.append(text(gguf_name(name)) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, TENSOR_TYPES[kinds[name]], offset))
        offset += -(-size // ALIGNMENT) * ALIGNMENT
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(entries)) + b"".join(entries) + b"".join(infos)
    with out.open("wb") as file:
        file.write(head + b"\0" * (-len(head) % ALIGNMENT))
        for name, value in tensors.items():
            if bits is not None and value.ndim == 2:
                value = rounded_heads(value, bits, head_dim) if "o_proj" in name else rounded(value, bits)
            data = quantize(value, kinds[name])
            file.write(data + b"\0" * (-len(data) % ALIGNMENT))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--type", choices=sorted(TENSOR_TYPES), default="f32")
    parser.add_argument("--round", type=int, choices=[8, 4], help="with f32: values of our blocks of so many bits")
    options = parser.parse_args()
    write(options.checkpoint, options.out, options.type, options.round)


if __name__ == "__main__":
    main()
