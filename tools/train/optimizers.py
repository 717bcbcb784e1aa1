"""AdamW for embedding and norms; for the matrices of the layers, either AdamW too or Muon.

Muon: momentum whose update is made nearly orthogonal by five Newton-Schulz steps (Jordan et al., 2024).
"""

from __future__ import annotations

import torch

from model import Qwen3

NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)


def orthogonal(matrix: torch.Tensor, reduced: bool) -> torch.Tensor:
    a, b, c = NEWTON_SCHULZ
    x = matrix / (matrix.norm() + 1e-7)
    x = x.bfloat16() if reduced else x
    tall = x.shape[0] > x.shape[1]
    x = x.t() if tall else x
    for _ in range(5):
        square = x @ x.t()
        x = a * x + (b * square + c * (square @ square)) @ x
    return (x.t() if tall else x).float()


class Muon(torch.optim.Optimizer):
    """`parts` gives, per parameter, the row counts of the matrices that are fused in it."""

    def __init__(self, parameters, parts: dict[int, list[int]], lr: float, momentum: float, weight_decay: float,
                 reduced: bool):
        super().__init__(list(parameters), {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})
        self._parts = parts
        self._reduced = reduced

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for parameter in group["params"]:
                state = self.state[parameter]
                if "mean" not in state:
                    state["mean"] = torch.zeros_like(parameter)
                mean = state["mean"].mul_(group["momentum"]).add_(parameter.grad)
                update = parameter.grad + group["momentum"] * mean
                parameter.mul_(1 - group["lr"] * group["weight_decay"])
                rows = self._parts.get(id(parameter), [parameter.shape[0]])
                for target, part in zip(parameter.split(rows), update.split(rows)):
                    scale = max(1.0, part.shape[0] / part.shape[1]) ** 0.5
                    target.add_(orthogonal(part, self._reduced), alpha=-group["lr"] * scale)


def make(model: Qwen3, kind: str, lr: float, muon_lr: float, weight_decay: float,
         reduced: bool) -> list[torch.optim.Optimizer]:
    config = model.config
    q, kv, mlp = (config.num_attention_heads * config.head_dim, config.num_key_value_heads * config.head_dim,
                  config.intermediate_size)
    matrices, others, parts = [], [], {}
    for name, parameter in model.named_parameters():
        (matrices if parameter.dim() == 2 and name.startswith("layers.") else others).append(parameter)
        if name.endswith("qkv.weight"):
            parts[id(parameter)] = [q, kv, kv]
        if name.endswith("gate_up.weight"):
            parts[id(parameter)] = [mlp, mlp]
    embedding = [parameter for parameter in others if parameter.dim() == 2]
    norms = [parameter for parameter in others if parameter.dim() == 1]
    decayed = {"params": embedding + (matrices if kind == "adamw" else []), "weight_decay": weight_decay}
    made: list[torch.optim.Optimizer] = [
        torch.optim.AdamW([decayed, {"params": norms, "weight_decay": 0.0}], lr=lr, betas=(0.9, 0.95), eps=1e-8)]
    if kind == "muon":
        made.append(Muon(matrices, parts, muon_lr, 0.95, weight_decay, reduced))
    for optimizer in made:
        for group in optimizer.param_groups:
            group["peak_lr"] = group["lr"]
    return made
