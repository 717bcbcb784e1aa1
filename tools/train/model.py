"""The Qwen3 decoder in plain PyTorch, from its published architecture, sized by a configuration.

RMSNorm before attention and MLP, grouped-query attention with a norm per head on queries and keys, rotary positions
(halves rotated), SwiGLU, no biases, output head tied to the embedding. For training, Q/K/V and gate/up are one matrix
each; `to_hugging_face` splits them into the names that Hugging Face's Qwen3 uses.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

import safetensors


@dataclass(frozen=True)
class Config:
    vocab_size: int = 6144
    hidden_size: int = 256
    num_hidden_layers: int = 5
    num_attention_heads: int = 4
    num_key_value_heads: int = 2
    head_dim: int = 64
    intermediate_size: int = 768
    rope_theta: float = 10000.0
    rms_norm_eps: float = 1e-6
    max_position_embeddings: int = 512
    tie_word_embeddings: bool = True


class _RmsNorm(torch.autograd.Function):
    """x / rms(x) * weight with a hand-written gradient: about a third of the passes over memory that autograd makes."""

    @staticmethod
    def forward(ctx, x, weight, eps):
        inverse = torch.linalg.vector_norm(x, dim=-1, keepdim=True).square_().div_(x.shape[-1]).add_(eps).rsqrt_()
        unit = x * inverse
        ctx.save_for_backward(unit, inverse, weight)
        return unit * weight

    @staticmethod
    def backward(ctx, grad):
        unit, inverse, weight = ctx.saved_tensors
        product = grad * unit
        grad_weight = product.reshape(-1, *weight.shape).sum(0)
        scaled = grad * weight
        mean = (scaled * unit).mean(-1, keepdim=True)
        return scaled.sub_(unit * mean).mul_(inverse), grad_weight, None


class _SwiGlu(torch.autograd.Function):
    @staticmethod
    def forward(ctx, both):
        gate, up = both.chunk(2, -1)
        sigmoid = torch.sigmoid(gate)
        ctx.save_for_backward(both, sigmoid)
        return (gate * sigmoid).mul_(up)

    @staticmethod
    def backward(ctx, grad):
        both, sigmoid = ctx.saved_tensors
        gate, up = both.chunk(2, -1)
        out = torch.empty_like(both)
        grad_gate, grad_up = out.chunk(2, -1)
        silu = gate * sigmoid
        torch.mul(grad, silu, out=grad_up)
        # d silu / d gate = sigmoid + silu * (1 - sigmoid)
        slope = sigmoid + silu.sub_(silu * sigmoid)
        torch.mul(grad, slope.mul_(up), out=grad_gate)
        return out


class _Bfloat16Linear(torch.autograd.Function):
    """Products in bfloat16 (summed in float32 by the hardware), everything else in float32."""

    @staticmethod
    def forward(ctx, x, weight):
        x, weight = x.bfloat16(), weight.bfloat16()
        ctx.save_for_backward(x, weight)
        return F.linear(x, weight).float()

    @staticmethod
    def backward(ctx, grad):
        x, weight = ctx.saved_tensors
        grad = grad.bfloat16()
        grad_weight = grad.reshape(-1, grad.shape[-1]).t() @ x.reshape(-1, x.shape[-1])
        return (grad @ weight).float(), grad_weight.float()


class Linear(nn.Linear):
    """Without bias; `reduced` is set for training where the hardware multiplies bfloat16 faster."""

    reduced = False

    def __init__(self, inputs: int, outputs: int):
        super().__init__(inputs, outputs, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        if self.reduced and self.training:
            return _Bfloat16Linear.apply(x, self.weight)
        return F.linear(x, self.weight)


class Norm(nn.Module):
    def __init__(self, shape, eps: float):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(shape))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        return _RmsNorm.apply(x, self.weight, self.eps)


class Layer(nn.Module):
    def __init__(self, config: Config, dropout: float):
        super().__init__()
        self.heads, self.kv_heads, self.head_dim = (
            config.num_attention_heads, config.num_key_value_heads, config.head_dim)
        self.rotated = self.heads + self.kv_heads
        self.dropout = dropout
        size, eps = config.hidden_size, config.rms_norm_eps
        self.input_norm = Norm(size, eps)
        self.qkv = Linear(size, (self.heads + 2 * self.kv_heads) * self.head_dim)
        self.q_norm = nn.Parameter(torch.ones(self.head_dim))
        self.k_norm = nn.Parameter(torch.ones(self.head_dim))
        self.out = Linear(self.heads * self.head_dim, size)
        self.mlp_norm = Norm(size, eps)
        self.gate_up = Linear(size, 2 * config.intermediate_size)
        self.down = Linear(config.intermediate_size, size)
        self.eps = eps

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor | None, past=None, keep=None):
        """x is [batch, time, size]; with `keep` (flat positions) only those rows leave the layer, as [count, size]."""
        batch, time, _ = x.shape
        qkv = self.qkv(self.input_norm(x)).view(batch, time, self.rotated + self.kv_heads, self.head_dim)
        weight = torch.cat([self.q_norm.expand(self.heads, -1), self.k_norm.expand(self.kv_heads, -1)])
        qk = _RmsNorm.apply(qkv[:, :, :self.rotated], weight, self.eps)
        first, second = qk.chunk(2, -1)
        qk = torch.cat([first * cos - second * sin, second * cos + first * sin], -1).transpose(1, 2)
        q, k = qk[:, :self.heads], qk[:, self.heads:]
        v = qkv[:, :, self.rotated:].transpose(1, 2)
        if past is not None:
            k, v = torch.cat([past[0], k], 2), torch.cat([past[1], v], 2)
        group = self.heads // self.kv_heads
        # Query heads of one key head lie next to each other, so they become rows of one product.
        q = q.reshape(batch, self.kv_heads, group * time, self.head_dim) * self.head_dim ** -0.5
        scores = q @ k.transpose(2, 3)
        if mask is not None:
            scores = scores.view(batch, self.kv_heads, group, time, -1).add_(mask).view(scores.shape)
        mixed = torch.softmax(scores, -1) @ v
        mixed = mixed.view(batch, self.heads, time, self.head_dim).transpose(1, 2).reshape(batch, time, -1)
        if keep is not None:
            x = x.reshape(batch * time, -1).index_select(0, keep)
            mixed = mixed.view(batch * time, -1).index_select(0, keep)
        x = x + self._drop(self.out(mixed))
        x = x + self._drop(self.down(_SwiGlu.apply(self.gate_up(self.mlp_norm(x)))))
        return x, (k, v)

    def _drop(self, x: Tensor) -> Tensor:
        return F.dropout(x, self.dropout, self.training) if self.dropout else x


class Qwen3(nn.Module):
    def __init__(self, config: Config, dropout: float = 0.0):
        super().__init__()
        self.config = config
        self.dropout = dropout
        self.embedding = nn.Embedding(config.vocab_size, config.hidden_size)
        self.layers = nn.ModuleList(Layer(config, dropout) for _ in range(config.num_hidden_layers))
        self.norm = Norm(config.hidden_size, config.rms_norm_eps)
        half = config.head_dim // 2
        frequency = config.rope_theta ** (-torch.arange(half, dtype=torch.float64) / half)
        angles = torch.outer(torch.arange(config.max_position_embeddings, dtype=torch.float64), frequency)
        self.register_buffer("cos", angles.cos().float()[:, None], persistent=False)
        self.register_buffer("sin", angles.sin().float()[:, None], persistent=False)
        positions = config.max_position_embeddings
        self.register_buffer("causal", torch.full((positions, positions), float("-inf")).triu(1), persistent=False)
        self._initialize()

    def _initialize(self) -> None:
        deviation = 0.02
        residual = deviation / (2 * self.config.num_hidden_layers) ** 0.5
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                nn.init.normal_(parameter, std=residual if name.endswith(("out.weight", "down.weight")) else deviation)

    def hidden(self, ids: Tensor, keep: Tensor | None = None, blank: Tensor | None = None) -> Tensor:
        """Final hidden states of right-padded ids [batch, time]; only at flat positions `keep` when given.

        `blank` [batch, time] is 0 where a token's embedding is hidden from the model, else 1.
        """
        x = self.embedding(ids)
        if blank is not None:
            x = x * blank[..., None]
        if self.dropout:
            x = F.dropout(x, self.dropout, self.training)
        time = ids.shape[1]
        cos, sin, mask = self.cos[:time], self.sin[:time], self.causal[:time, :time]
        for index, layer in enumerate(self.layers):
            last = index == len(self.layers) - 1
            x, _ = layer(x, cos, sin, mask, keep=keep if last else None)
        return self.norm(x)

    def logits(self, hidden: Tensor) -> Tensor:
        return F.linear(hidden, self.embedding.weight)

    @torch.no_grad()
    def step(self, ids: Tensor, past: list | None):
        """Logits at the last position and the new cache; all rows have the same length."""
        start = past[0][0].shape[2] if past else 0
        time = ids.shape[1]
        cos, sin = self.cos[start:start + time], self.sin[start:start + time]
        mask = self.causal[start:start + time, :start + time] if time > 1 else None
        x, cache = self.embedding(ids), []
        for index, layer in enumerate(self.layers):
            x, kept = layer(x, cos, sin, mask, past=past[index] if past else None)
            cache.append(kept)
        return self.logits(self.norm(x[:, -1])), cache


def to_hugging_face(model: Qwen3) -> dict[str, Tensor]:
    config = model.config
    tensors = {"model.embed_tokens.weight": model.embedding.weight, "model.norm.weight": model.norm.weight}
    q_rows, kv_rows = (heads * config.head_dim for heads in (config.num_attention_heads, config.num_key_value_heads))
    for index, layer in enumerate(model.layers):
        prefix = f"model.layers.{index}."
        q, k, v = layer.qkv.weight.split([q_rows, kv_rows, kv_rows])
        gate, up = layer.gate_up.weight.chunk(2)
        tensors.update({
            prefix + "input_layernorm.weight": layer.input_norm.weight,
            prefix + "self_attn.q_proj.weight": q,
            prefix + "self_attn.k_proj.weight": k,
            prefix + "self_attn.v_proj.weight": v,
            prefix + "self_attn.q_norm.weight": layer.q_norm,
            prefix + "self_attn.k_norm.weight": layer.k_norm,
            prefix + "self_attn.o_proj.weight": layer.out.weight,
            prefix + "post_attention_layernorm.weight": layer.mlp_norm.weight,
            prefix + "mlp.gate_proj.weight": gate,
            prefix + "mlp.up_proj.weight": up,
            prefix + "mlp.down_proj.weight": layer.down.weight,
        })
    return tensors


def from_hugging_face(folder: Path) -> Qwen3:
    document = json.loads((folder / "config.json").read_text())
    model = Qwen3(Config(**{name: document[name] for name in Config.__dataclass_fields__}))
    return load_state(model, safetensors.load(folder / "model.safetensors"))


def load_state(model: Qwen3, tensors: dict[str, Tensor]) -> Qwen3:
    """The model with the given weights, which have Hugging Face's names."""
    state = {"embedding.weight": tensors["model.embed_tokens.weight"], "norm.weight": tensors["model.norm.weight"]}
    for index in range(model.config.num_hidden_layers):
        source, target = f"model.layers.{index}.", f"layers.{index}."
        attention, mlp = source + "self_attn.", source + "mlp."
        state.update({
            target + "input_norm.weight": tensors[source + "input_layernorm.weight"],
            target + "qkv.weight": torch.cat([tensors[f"{attention}{name}_proj.weight"] for name in "qkv"]),
            target + "q_norm": tensors[attention + "q_norm.weight"],
            target + "k_norm": tensors[attention + "k_norm.weight"],
            target + "out.weight": tensors[attention + "o_proj.weight"],
            target + "mlp_norm.weight": tensors[source + "post_attention_layernorm.weight"],
            target + "gate_up.weight": torch.cat([tensors[mlp + "gate_proj.weight"], tensors[mlp + "up_proj.weight"]]),
            target + "down.weight": tensors[mlp + "down_proj.weight"],
        })
    model.load_state_dict(state)
    return model


def save_folder(model: Qwen3, tokenizer_file: Path, folder: Path, end_id: int, pad_id: int) -> None:
    """Write config.json, model.safetensors and tokenizer.json; each file is replaced in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    document = {
        "architectures": ["Qwen3ForCausalLM"], "model_type": "qwen3", "torch_dtype": "float32", **asdict(model.config),
        "hidden_act": "silu", "attention_bias": False, "attention_dropout": 0.0, "initializer_range": 0.02,
        "rope_scaling": None, "sliding_window": None, "use_sliding_window": False, "use_cache": True,
        "bos_token_id": pad_id, "eos_token_id": end_id, "pad_token_id": pad_id,
    }
    safetensors.save(to_hugging_face(model), folder / "model.safetensors")
    for name, text in (("config.json", json.dumps(document, indent=2) + "\n"),
                       ("tokenizer.json", tokenizer_file.read_text(encoding="utf-8"))):
        part = folder / (name + ".part")
        part.write_text(text, encoding="utf-8")
        os.replace(part, folder / name)
