"""Training that can be broken off: a checkpoint every few minutes, and a pause wherever a file asks for one."""

import copy
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional

from pipeline.models.manifest import find_model
from training.verdicts.data import SEED, Row, batches, turned
from training.verdicts.network import Network

BATCH_TOKENS = 1_024
HEAD_FASTER = 5.0
"""The head starts from nothing, so its rate is so many times that of the layers."""

WEIGHT_DECAY = 0.01
WARM_UP = 0.06
LOWEST_RATE = 0.02
CHECKPOINT_SECONDS, PAUSE_SECONDS, PRINT_SECONDS = 180.0, 60.0, 30.0
PAUSE = "PAUSE"
"""Name of the file in the work folder that asks for a pause."""


class Paused(Exception):  # noqa: N818 (no error: the state is kept)
    """Training stopped at a checkpoint."""


class Tokens(NamedTuple):
    """Both texts of a pair as the network reads them."""

    ids: NDArray[np.int64]
    types: NDArray[np.int64]


class Inputs(NamedTuple):
    """A batch: ids, types and mask (pairs, tokens)."""

    ids: torch.Tensor
    types: torch.Tensor
    mask: torch.Tensor


@dataclass(frozen=True)
class Plan:
    """How to train: `averaged` is the weight of the past in the mean of the weights, which is what is kept."""

    name: str
    classes: tuple[str, ...]
    epochs: int
    rate: float
    tokens: int
    smoothing: float
    averaged: float
    both_orders: bool


@dataclass
class Progress:
    """Where training stands, and when what has to be done next."""

    step: int = 0
    first: int = 0
    loss: float = 0.0
    pairs: int = 0
    began: float = field(default_factory=time.monotonic)
    saved: float = field(default_factory=time.monotonic)
    looked: float = field(default_factory=time.monotonic)
    told: float = field(default_factory=time.monotonic)


class Reader:
    """Turns rows into tokens and tokens into batches."""

    def __init__(self, plan: Plan) -> None:
        self.numbers = {label: number for number, label in enumerate(plan.classes)}
        self.tokenizer = Tokenizer.from_file(str(find_model("encoder").tokenizer))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(plan.tokens)

    def tokens(self, rows: Sequence[Row]) -> list[Tokens]:
        found = self.tokenizer.encode_batch([(row.a, row.b) for row in rows])
        return [Tokens(np.array(one.ids), np.array(one.type_ids)) for one in found]

    def labels(self, rows: Sequence[Row]) -> torch.Tensor:
        return torch.tensor([self.numbers[row.label] for row in rows])


def batch_of(found: Sequence[Tokens]) -> Inputs:
    shape = (len(found), max(len(one.ids) for one in found))
    ids, types, mask = (torch.zeros(shape, dtype=torch.long) for _ in Inputs._fields)
    for number, one in enumerate(found):
        size = len(one.ids)
        ids[number, :size], types[number, :size] = torch.from_numpy(one.ids), torch.from_numpy(one.types)
        mask[number, :size] = 1
    return Inputs(ids, types, mask)


def rate(step: int, steps: int) -> float:
    """Share of the rate at a step: a short rise, then a cosine."""
    falling = 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps)))
    return min(1.0, (step + 1) / (WARM_UP * steps)) * (LOWEST_RATE + (1 - LOWEST_RATE) * falling)


def groups(network: Network, plan: Plan) -> list[dict[str, Any]]:
    """Weights with their rates: the head's is higher, gains and biases do not decay."""
    made = []
    for of_head in (False, True):
        for decays in (False, True):
            chosen = [
                weight
                for name, weight in network.named_parameters()
                if weight.requires_grad and name.startswith("head.") == of_head and (weight.dim() > 1) == decays
            ]
            speed, decay = plan.rate * (HEAD_FASTER if of_head else 1), WEIGHT_DECAY if decays else 0.0
            made.append({"params": chosen, "lr": speed, "weight_decay": decay})
    return made


class Run:
    """One training: the network, its averaged copy and the optimiser, kept together in a file."""

    def __init__(self, network: Network, rows: list[Row], plan: Plan, work: Path) -> None:
        self.network, self.rows, self.plan = network, rows, plan
        self.reader, self.work, self.path = Reader(plan), work, work / f"{plan.name}.pt"
        self.averaged = copy.deepcopy(network)
        self.averaged.eval()
        self.means = [weight for weight in self.averaged.parameters() if weight.requires_grad]
        self.weights = [weight for weight in network.parameters() if weight.requires_grad]
        self.optimiser = torch.optim.AdamW(groups(network, plan), fused=True)
        self.read: dict[int, tuple[list[Tokens], torch.Tensor, list[list[int]]]] = {}
        self.steps = self._steps()
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimiser, lambda step: rate(step, self.steps))
        self.progress = Progress()

    def _kept(self) -> dict[str, Any]:
        return {
            "network": self.network,
            "averaged": self.averaged,
            "optimiser": self.optimiser,
            "schedule": self.schedule,
        }

    def _epoch(self, number: int) -> tuple[list[Tokens], torch.Tensor, list[list[int]]]:
        if number in self.read:
            return self.read[number]
        rows = turned(self.rows, number) if self.plan.both_orders else self.rows
        tokens = self.reader.tokens(rows)
        order = batches([len(one.ids) for one in tokens], BATCH_TOKENS, SEED + number)
        self.read = {number: (tokens, self.reader.labels(rows), order)}
        return self.read[number]

    def _steps(self) -> int:
        tokens, _, order = self._epoch(0)
        print(f"{len(tokens):,} pairs, {sum(len(one.ids) for one in tokens) / len(tokens):.1f} tokens", flush=True)
        return len(order) * self.plan.epochs

    def load(self) -> None:
        """Goes on from the checkpoint, if there is one."""
        if self.path.exists():
            stored = torch.load(self.path)
            self.progress.step = self.progress.first = stored.pop("step")
            for name, one in self._kept().items():
                one.load_state_dict(stored[name])
            print(f"{self.plan.name}: goes on from step {self.progress.step} of {self.steps}", flush=True)

    def save(self) -> None:
        """Keeps all there is; a run broken off here leaves the checkpoint before."""
        new = self.path.with_suffix(".new")
        stored = {name: one.state_dict() for name, one in self._kept().items()}
        torch.save(stored | {"step": self.progress.step}, new)
        new.replace(self.path)
        self.progress.saved = time.monotonic()

    def train(self) -> Network:
        """Trains to the end and returns the averaged network. Raises Paused."""
        self.load()
        first = 0
        for epoch in range(self.plan.epochs):
            tokens, labels, order = self._epoch(epoch)
            for batch in islice(order, max(0, self.progress.step - first), None):
                self._watch()
                self.learn(batch_of([tokens[place] for place in batch]), labels[batch])
                self._tell()
            first += len(order)
        self.save()
        return self.averaged

    def learn(self, inputs: Inputs, labels: torch.Tensor) -> None:
        self.network.train()
        scores = self.network(*inputs)
        loss = functional.cross_entropy(scores, labels, label_smoothing=self.plan.smoothing)
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
        self.optimiser.step()
        self.schedule.step()
        self._average()
        progress = self.progress
        progress.step += 1
        progress.pairs += len(labels)
        done = progress.step - progress.first
        past = min(0.98, 1 - 1 / done)
        progress.loss = past * progress.loss + (1 - past) * loss.item()

    def _average(self) -> None:
        step = self.progress.step
        past = min(self.plan.averaged, (step + 1) / (step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(self.means, self.weights, 1 - past)

    def _watch(self) -> None:
        """Saves now and then; raises Paused where the file PAUSE asks for it."""
        progress, now = self.progress, time.monotonic()
        if now - progress.looked >= PAUSE_SECONDS or progress.pairs == 0:
            progress.looked = now
            if (self.work / PAUSE).exists():
                self.save()
                raise Paused(f"{self.plan.name}: paused at step {progress.step} of {self.steps}")
        if now - progress.saved >= CHECKPOINT_SECONDS:
            self.save()

    def _tell(self) -> None:
        progress, now = self.progress, time.monotonic()
        if now - progress.told >= PRINT_SECONDS:
            progress.told = now
            speed = progress.pairs / (now - progress.began)
            left = (self.steps - progress.step) * (now - progress.began) / max(1, progress.step - progress.first) / 60
            print(
                f"{self.plan.name} step {progress.step} of {self.steps}: loss {progress.loss:.4f}, "
                f"{speed:.1f} pairs/s, {left:.0f} min left",
                flush=True,
            )


def scores(network: Network, rows: Sequence[Row], plan: Plan) -> NDArray[np.float64]:
    """Scores (rows, classes) before any softmax."""
    tokens = Reader(plan).tokens(rows)
    found = np.zeros((len(rows), len(plan.classes)))
    network.eval()
    with torch.inference_mode():
        for batch in batches([len(one.ids) for one in tokens], BATCH_TOKENS, SEED):
            found[batch] = network(*batch_of([tokens[place] for place in batch])).numpy()
    return found
