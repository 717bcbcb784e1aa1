#!/usr/bin/env python3
"""Writes a checkpoint of random weights in Hugging Face's layout, of any shape: a writer of its own, so that the exporter is not
compared with itself.

    python3 checkpoint.py --out DIR --tokenizer tokenizer.json --config '{"model_type": "qwen3", "hidden_size": 96, ...}' [--seed N] [--dtype F32|F16|BF16] [--shards N]
"""

from __future__ import annotations

import argparse
import json
import shutil
import struct
from pathlib import Path

import numpy as np


def shapes(config: dict) -> dict[str, tuple[int, ...]]:
    hidden, middle = config["hidden_size"], config["intermediate_size"]
    width = config.get("head_dim") or hidden // config["num_attention_heads"]
    queries, keys = config["num_attention_heads"] * width, config["num_key_value_heads"] * width
    tensors = {"model.embed_tokens.weight": (config["vocab_size"], hidden), "model.norm.weight": (hidden,)}
    if not config.get("tie_word_embeddings"):
        tensors["lm_head.weight"] = (config["vocab_size"], hidden)
    for layer in range(config["num_hidden_layers"]):
        at = f"model.layers.{layer}."
        tensors |= {
            at + "input_layernorm.weight": (hidden,), at + "post_attention_layernorm.weight": (hidden,),
            at + "self_attn.q_proj.weight": (queries, hidden), at + "self_attn.k_proj.weight": (keys, hidden),
            at + "self_attn.v_proj.weight": (keys, hidden), at + "self_attn.o_proj.weight": (hidden, queries),
            at + "mlp.gate_proj.weight": (middle, hidden), at + "mlp.up_proj.weight": (middle, hidden),
            at + "mlp.down_proj.weight": (hidden, middle),
        }
        if config["model_type"] == "qwen3":
            tensors |= {at + "self_attn.q_norm.weight": (width,), at + "self_attn.k_norm.weight": (width,)}
        if config["model_type"] == "qwen2" or config.get("attention_bias"):
            tensors |= {at + f"self_attn.{name}_proj.bias": (rows,) for name, rows in (("q", queries), ("k", keys), ("v", keys))}
        if config["model_type"] == "qwen3" and config.get("attention_bias"):
            tensors[at + "self_attn.o_proj.bias"] = (hidden,)
    return tensors


def values(name: str, shape: tuple[int, ...], random: np.random.Generator) -> np.ndarray:
    if name.endswith("norm.weight"):
        # Well away from one, so that a norm that is forgotten or misplaced shows.
        return random.uniform(0.5, 1.5, shape).astype(np.float32)
    if name.endswith(".bias"):
        return random.normal(0, 0.5, shape).astype(np.float32)
    return (random.standard_normal(shape) * (1.5 / np.sqrt(shape[1]))).astype(np.float32)


def raw(array: np.ndarray, dtype: str) -> bytes:
    if dtype == "F32":
        return array.astype("<f4").tobytes()
    if dtype == "F16":
        return array.astype("<f2").tobytes()
    return (array.view(np.uint32) >> 16).astype("<u2").tobytes()


def write_file(path: Path, tensors: dict[str, bytes], described: dict[str, tuple[int, ...]], dtype: str) -> None:
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name, data in tensors.items():
        header[name] = {"dtype": dtype, "shape": list(described[name]), "data_offsets": [offset, offset + len(data)]}
        offset += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for data in tensors.values():
            file.write(data)


def write(out: Path, config: dict, tokenizer: Path, seed: int, dtype: str, shards: int) -> None:
    out.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(seed)
    described = shapes(config)
    tensors = {name: raw(values(name, shape, random), dtype) for name, shape in described.items()}
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    (out / "generation_config.json").write_text(json.dumps({"eos_token_id": config["eos_token_id"]}) + "\n")
    shutil.copy(tokenizer, out / "tokenizer.json")
    if shards == 1:
        write_file(out / "model.safetensors", tensors, described, dtype)
        return
    names, places = list(tensors), {}
    for index in range(shards):
        file = f"model-{index + 1:05}-of-{shards:05}.safetensors"
        part = {name: tensors[name] for name in names[index::shards]}
        places |= dict.fromkeys(part, file)
        write_file(out / file, part, described, dtype)
    (out / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": places}) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--config", type=json.loads, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dtype", choices=["F32", "F16", "BF16"], default="BF16")
    parser.add_argument("--shards", type=int, default=1)
    options = parser.parse_args()
    write(options.out, options.config, options.tokenizer, options.seed, options.dtype, options.shards)


if __name__ == "__main__":
    main()
