"""Train the bundled model: next-token loss on the answer only, for a number of minutes or of steps."""

from __future__ import annotations

import argparse
import copy
import json
import math
import os
import random
import signal
import time
from dataclasses import replace
from pathlib import Path

import torch

import dialect
import evaluate
import lines as data
import optimizers
from dialect import Catalogue
from model import Config, Linear, Qwen3, from_hugging_face, save_folder
from tokenizer import Tokenizer

STATE_FILE = "state.pt"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--lines", type=Path, required=True, help="training lines (jsonl)")
    parser.add_argument("--heldout", type=Path, required=True, help="lines that training never sees (jsonl)")
    parser.add_argument("--catalogue", type=Path, required=True, help="tool catalogue (json)")
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json made by tokenizer.py")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint, learning curve and model folder (hf/)")
    parser.add_argument("--publish", type=Path, help="a second place for the model folder, renewed at every checkpoint")
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--minutes", type=float, help="wall-clock length; the learning rate reaches 0 at its end")
    length.add_argument("--steps", type=int, help="number of steps instead; repeatable to the bit on one machine")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out (the lines may be new)")
    parser.add_argument("--init", type=Path, metavar="FOLDER",
                        help="begin with the weights of this model folder; the shape is its own, tokens are matched by text")
    parser.add_argument("--layers", type=int, default=5)
    parser.add_argument("--hidden", type=int, default=256, help="width; a multiple of 64")
    parser.add_argument("--kv-heads", type=int, default=2)
    parser.add_argument("--intermediate", type=int, default=768)
    parser.add_argument("--batch-tokens", type=int, default=2560, help="padded tokens per step")
    parser.add_argument("--optimizer", choices=("adamw", "muon"), default="muon", help="for the matrices of the layers")
    parser.add_argument("--lr", type=float, default=2e-3, help="peak of AdamW")
    parser.add_argument("--muon-lr", type=float, default=0.02, help="peak of Muon")
    parser.add_argument("--weight-decay", type=float, default=0.1)
    parser.add_argument("--warmup-steps", type=int, default=150)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--blank", type=float, default=0.03, help="share of utterance tokens hidden from the model")
    parser.add_argument("--unrelated", type=float, default=0.12, help="share of lines that get an unrelated exchange before them")
    parser.add_argument("--label-smoothing", type=float, default=0.03)
    parser.add_argument("--average", type=float, default=0.998,
                        help="decay per step of the moving average of the weights, which is what is measured and published")
    parser.add_argument("--weights", default="real=1.4,zh-real=1.5,sentences=3,generated=0.5",
                        help="epoch repeats, e.g. real=2,zh=1.5 (language, kind, source or tool)")
    parser.add_argument("--checkpoint-minutes", type=float, default=5)
    parser.add_argument("--eval-minutes", type=float, default=5)
    parser.add_argument("--eval-lines", type=int, default=240)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--precision", choices=("auto", "float32", "bfloat16"), default="auto", help="of the large products")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    return parser.parse_args()


def has_bfloat16(device: torch.device) -> bool:
    """Whether products in bfloat16 are done by hardware."""
    if device.type == "cuda":
        return torch.cuda.is_bf16_supported()
    cpu = Path("/proc/cpuinfo")
    return cpu.exists() and any(flag in cpu.read_text() for flag in ("avx512_bf16", "amx_bf16"))


def warm(folder: Path, tokenizer: Tokenizer, vocab_size: int, dropout: float) -> Qwen3:
    """A model with the weights of a model folder. Embedding rows go by the token's text; a new token gets the mean of its pieces."""
    old, old_tokenizer = from_hugging_face(folder), Tokenizer.load(folder / "tokenizer.json")
    model = Qwen3(replace(old.config, vocab_size=vocab_size), dropout)
    state = old.state_dict()
    rows = model.embedding.weight.detach().clone()
    with torch.no_grad():
        for new_ids, old_ids in ((tokenizer.vocab, old_tokenizer.vocab), (tokenizer.added, old_tokenizer.added)):
            for text, index in new_ids.items():
                if text in old_ids:
                    rows[index] = state["embedding.weight"][old_ids[text]]
                else:
                    plain = tokenizer.decode([index])
                    rows[index] = state["embedding.weight"][old_tokenizer.encode_plain(plain)].mean(0)
    state["embedding.weight"] = rows
    model.load_state_dict(state)
    return model


class Run:
    def __init__(self, options: argparse.Namespace):
        self.options = options
        torch.manual_seed(options.seed)
        torch.set_num_threads(options.threads)
        torch.backends.cuda.matmul.allow_tf32 = True
        self.random = random.Random(options.seed)
        self.device = torch.device(options.device)
        self.catalogue = Catalogue(options.catalogue)
        self.tokenizer = Tokenizer.load(options.tokenizer)
        self.first_added = min(self.tokenizer.added.values())
        self.pad_id, self.end_id = self.tokenizer.added[dialect.END_OF_TEXT], self.tokenizer.added[dialect.END]
        self.lines = self._read(options.lines)
        self.weights = {key: float(factor) for key, factor in
                        (item.split("=") for item in options.weights.split(",") if item)}
        self._prepare_evaluation(self._read(options.heldout))
        vocab_size = -(-self.tokenizer.size // 32) * 32
        self.model = warm(options.init, self.tokenizer, vocab_size, options.dropout) if options.init else Qwen3(Config(
            vocab_size=vocab_size, hidden_size=options.hidden, num_hidden_layers=options.layers,
            num_attention_heads=options.hidden // 64, num_key_value_heads=options.kv_heads,
            intermediate_size=options.intermediate), options.dropout)
        self.model.to(self.device)
        reduced = options.precision == "bfloat16" or options.precision == "auto" and has_bfloat16(self.device)
        for module in self.model.modules():
            if isinstance(module, Linear):
                module.reduced = reduced
        self.optimizers = optimizers.make(self.model, options.optimizer, options.lr, options.muon_lr, options.weight_decay,
                                          reduced)
        self.average = copy.deepcopy(self.model).eval()
        self.trained, self.averaged = list(self.model.parameters()), list(self.average.parameters())
        self.noise = data.Noise(self.catalogue, self.random, self.lines, options.unrelated)
        self.step, self.epoch, self.tokens, self.before_s = 0, 0.0, 0, 0.0
        options.out.mkdir(parents=True, exist_ok=True)
        if options.resume:
            self._load()
        count = sum(parameter.numel() for parameter in self.model.parameters())
        print(f"{len(self.lines)} lines, {count:,} parameters, {self.device}, {torch.get_num_threads()} threads, "
              f"{'bfloat16' if reduced else 'float32'} products", flush=True)

    def _read(self, path: Path) -> list[data.Line]:
        good, problems = data.checked(data.read(path), self.catalogue, self.tokenizer)
        if not good:
            raise SystemExit(f"{path}: no usable line; the first problem is {problems[:1]}")
        for problem in problems[:5]:
            print(f"{path.name}: left out: {problem}")
        print(f"{path.name}: {len(good)} lines, {len(problems)} left out")
        return good

    def _prepare_evaluation(self, lines: list[data.Line]) -> None:
        self.eval_lines = random.Random(7).sample(lines, min(self.options.eval_lines, len(lines)))
        encoded = [(line, data.encode(line, self.catalogue, self.tokenizer)) for line in self.eval_lines]
        self.eval_batches = list(data.batches(encoded, 4096, self.pad_id, random.Random(7)))

    # Progress through the schedule, 0 to 1.
    def _elapsed_s(self) -> float:
        return self.before_s + time.monotonic() - self.started

    def _progress(self) -> float:
        if self.options.steps:
            return self.step / self.options.steps
        return self._elapsed_s() / (60 * self.options.minutes)

    def _epoch_batches(self):
        items = []
        for line in self.lines:
            weight = data.repeats(line, self.weights)
            for _ in range(int(weight) + (self.random.random() < weight % 1)):
                noisy = self.noise(line)
                items.append((noisy, data.encode(noisy, self.catalogue, self.tokenizer)))
        self.epoch_size = len(items)
        return data.batches(items, self.options.batch_tokens, self.pad_id, self.random)

    def _step(self, batch: data.Batch) -> float:
        options = self.options
        factor = min(1.0, (self.step + 1) / options.warmup_steps) * 0.5 * (1 + math.cos(math.pi * min(1.0, self._progress())))
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["peak_lr"] * factor
        blank = None
        if options.blank:
            blank = (torch.rand(batch.ids.shape) >= options.blank).float()
            # Only what was said is blanked: no added token, and nothing of the present answer.
            blank[batch.ids >= self.first_added] = 1
            for row, at in enumerate(batch.answer_at):
                blank[row, :6] = blank[row, at - 5:] = 1
            blank = blank.to(self.device)
        logits = self.model.logits(self.model.hidden(batch.ids.to(self.device), batch.keep.to(self.device), blank))
        loss = torch.nn.functional.cross_entropy(logits, batch.labels.to(self.device), label_smoothing=options.label_smoothing)
        for parameter in self.model.parameters():
            parameter.grad = None
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
        self.step += 1
        # A short memory at first, so that the average does not drag the first weights along.
        decay = min(options.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            torch._foreach_mul_(self.averaged, decay)
            torch._foreach_add_(self.averaged, self.trained, alpha=1 - decay)
        self.tokens += batch.ids.numel()
        self.epoch += len(batch.lines) / self.epoch_size
        return loss.item()

    def train(self) -> None:
        options = self.options
        self.model.train()
        self.started = time.monotonic()
        # A terminated run leaves its latest state behind, for --resume.
        self.stopping = False
        signal.signal(signal.SIGTERM, lambda *_: setattr(self, "stopping", True))
        # The first evaluation and checkpoint come early, so that a broken set-up shows at once.
        next_eval_s = next_save_s = self.before_s + 60
        recent: list[float] = []
        while True:
            for batch in self._epoch_batches():
                loss = self._step(batch)
                if not math.isfinite(loss):
                    raise SystemExit(f"loss is {loss} at step {self.step}")
                recent.append(loss)
                if self.step % 50 == 0:
                    self._log({"loss": round(sum(recent) / len(recent), 4)})
                    recent.clear()
                if self.stopping:
                    self._save()
                    raise SystemExit(f"terminated at step {self.step}; go on with --resume")
                if self._progress() >= 1:
                    self._evaluate()
                    self._save()
                    return
                if self._elapsed_s() >= next_eval_s:
                    self._evaluate()
                    next_eval_s = self._elapsed_s() + 60 * options.eval_minutes
                if self._elapsed_s() >= next_save_s:
                    self._save()
                    next_save_s = self._elapsed_s() + 60 * options.checkpoint_minutes

    def _evaluate(self) -> None:
        # Decoding is many small steps; on a busy machine a second thread only waits there.
        torch.set_num_threads(1)
        loss, accuracy = evaluate.token_accuracy(self.average, self.eval_batches, self.device)
        prompts = [data.encode(line, self.catalogue, self.tokenizer)[0] for line in self.eval_lines]
        result = evaluate.score(self.eval_lines, evaluate.decode(self.average, self.tokenizer, prompts, self.device), self.catalogue)
        torch.set_num_threads(self.options.threads)
        groups = {key: {"domain": value["domain_accuracy"], "exact": value["exact_call"]} for key, value in result.items()
                  if not key.startswith("domain:")}
        self._log({"heldout_loss": round(loss, 4), "token_accuracy": round(accuracy, 4), "greedy": groups})

    def _log(self, entry: dict) -> None:
        elapsed = self._elapsed_s()
        entry = {"step": self.step, "epoch": round(self.epoch, 3), "minutes": round(elapsed / 60, 2),
                 "tokens": self.tokens, "tokens_per_s": round(self.tokens / max(elapsed, 1e-9)), **entry}
        with (self.options.out / "curve.jsonl").open("a") as file:
            file.write(json.dumps(entry) + "\n")
        print(json.dumps(entry), flush=True)

    def _save(self) -> None:
        options = self.options
        state = {"model": self.model.state_dict(), "average": self.average.state_dict(),
                 "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
                 "step": self.step, "epoch": self.epoch, "tokens": self.tokens, "elapsed_s": self._elapsed_s(),
                 "random": self.random.getstate(), "torch_random": torch.get_rng_state()}
        part = options.out / (STATE_FILE + ".part")
        torch.save(state, part)
        os.replace(part, options.out / STATE_FILE)
        for folder in (options.out / "hf", options.publish):
            if folder:
                save_folder(self.average, options.tokenizer, folder, self.end_id, self.pad_id)

    def _load(self) -> None:
        path = self.options.out / STATE_FILE
        # Our own file; recent PyTorch would otherwise refuse the random generator's state.
        wider = {"weights_only": False} if torch.__version__ >= "2" else {}
        state = torch.load(path, map_location=self.device, **wider)
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        for optimizer, saved in zip(self.optimizers, state["optimizers"]):
            # The rates are this command line's, not those of the interrupted run.
            peaks = [group["peak_lr"] for group in optimizer.param_groups]
            optimizer.load_state_dict(saved)
            for group, peak in zip(optimizer.param_groups, peaks):
                group["peak_lr"] = peak
        self.step, self.epoch, self.tokens = state["step"], state["epoch"], state["tokens"]
        self.before_s = state["elapsed_s"]
        self.random.setstate(state["random"])
        torch.set_rng_state(state["torch_random"].cpu())
        print(f"resumed at step {self.step}, {self.before_s / 60:.1f} minutes", flush=True)


def main() -> None:
    options = arguments()
    if options.hidden % 64:
        raise SystemExit(f"--hidden {options.hidden} is not a multiple of 64")
    Run(options).train()


if __name__ == "__main__":
    main()
