"""Trains the attribution network: `python -m training.attribution.train --data FOLDER --out models/attribution`.

Some 25 minutes on one core, of which six are spent parsing; needs torch and onnx, which nothing else here does. What
was parsed, and the state after each epoch, lie in `--work`: a run that was broken off goes on from there.
"""

import argparse
import copy
import hashlib
import json
import math
import pickle
import random
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from pipeline.claims.reading import SentenceReader
from pipeline.models.manifest import find_model
from pipeline.models.tagger import FLAGS
from training.attribution.data import SEED, Example, examples, parts
from training.attribution.graph import VECTOR, tagger_graph
from training.attribution.network import Network
from training.encoder.weights import archive_path, read_package

EPOCHS = 10
RATE = 2e-3
WEIGHT_DECAY = 0.02
BATCH_WORDS = 1_024
CUE_WEIGHT = 3.0
WARM_UP = 0.05
LOWEST_RATE = 0.02
AVERAGED = 0.998
"""Weight of the past in the mean of the weights over steps, which is what is shipped (Polyak averaging)."""

Tensors = dict[str, torch.Tensor]


def word_table() -> NDArray[np.float32]:
    """(words of the tokenizer, 96): MiniLM's word embeddings on their first 96 principal axes, of variance 1."""
    tensors, _ = read_package(archive_path())
    table = tensors["embeddings.word_embeddings.weight"]
    even = table - table.mean(axis=0)
    _, _, axes = np.linalg.svd(even[:8_000], full_matrices=False)
    narrow = even @ axes[:VECTOR].T
    return np.asarray(narrow / narrow.std(), dtype=np.float32)


def labels_of(found: Iterable[Example]) -> dict[str, dict[str, int]]:
    """Number of each tag and relation; 0 is left for those not seen."""
    tags = sorted({tag for example in found for tag in example.words.tags})
    relations = sorted({label for example in found for label in example.words.relations})
    return {
        "tags": {tag: number for number, tag in enumerate(tags, 1)},
        "relations": {label: number for number, label in enumerate(relations, 1)},
    }


class Reader:
    """Turns examples into batches."""

    def __init__(self, labels: dict[str, dict[str, int]]) -> None:
        tokenizer = json.loads(find_model("encoder").tokenizer.read_text(encoding="utf-8"))
        self.labels, self.rows = labels, tokenizer["model"]["vocab"]

    def batch(self, found: list[Example]) -> tuple[Tensors, torch.Tensor]:
        """(inputs, cue labels); what is padding has the label -100."""
        size = max(len(example.cue) for example in found)
        shape = (len(found), size)
        batch = {
            name: torch.zeros(shape, dtype=torch.long) for name in ("words", "lemmas", "tags", "relations", "heads")
        }
        batch |= {
            "vectors": torch.zeros(*shape, VECTOR),
            "flags": torch.zeros(*shape, FLAGS),
            "mask": torch.zeros(shape),
        }
        cue = torch.full(shape, -100)
        unknown = self.rows["[UNK]"]
        for number, example in enumerate(found):
            words, count = example.words, len(example.cue)
            rows: dict[str, Any] = {
                "words": [self.rows.get(text, unknown) for text in words.texts],
                "lemmas": [self.rows.get(lemma, unknown) for lemma in words.lemmas],
                "tags": [self.labels["tags"].get(tag, 0) for tag in words.tags],
                "relations": [self.labels["relations"].get(label, 0) for label in words.relations],
                "heads": words.heads,
                "vectors": words.vectors,
                "flags": words.flags,
                "mask": np.ones(count),
            }
            for name, row in rows.items():
                batch[name][number, :count] = torch.as_tensor(row)
            cue[number, :count] = torch.from_numpy(example.cue)
        return batch, cue

    def loss(self, network: Network, found: list[Example]) -> tuple[torch.Tensor, torch.Tensor]:
        """(of cues, of the labelled cues' roles)."""
        batch, cue = self.batch(found)
        cue_scores, role_scores = network(batch)
        of_cues = functional.cross_entropy(cue_scores.flatten(0, 1), cue.flatten(), ignore_index=-100)
        places = [(number, head) for number, example in enumerate(found) for head in example.heads]
        if not places:
            return of_cues, of_cues * 0
        wanted = torch.full((len(places), cue.shape[1]), -100)
        for row, roles in zip(wanted, (roles for example in found for roles in example.roles), strict=True):
            row[: len(roles)] = torch.from_numpy(roles)
        sentences, heads = zip(*places, strict=True)
        return of_cues, functional.cross_entropy(
            role_scores[list(sentences), :, list(heads), :], wanted, ignore_index=-100
        )


def batches(found: list[Example], chance: random.Random) -> list[list[Example]]:
    """All examples in chance order, sentences of like length together, at most BATCH_WORDS words with padding."""
    order = list(found)
    chance.shuffle(order)
    made: list[list[Example]] = []
    for first in range(0, len(order), 1_024):
        batch: list[Example] = []
        for example in sorted(order[first : first + 1_024], key=lambda one: len(one.cue)):
            if batch and len(example.cue) * (len(batch) + 1) > BATCH_WORDS:
                made.append(batch)
                batch = []
            batch.append(example)
        made.append(batch)
    chance.shuffle(made)
    return made


def rate(step: int, steps: int) -> float:
    """Share of the learning rate at a step: a straight warm-up, then a cosine."""
    falling = 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps)))
    return min(1.0, (step + 1) / (WARM_UP * steps)) * (LOWEST_RATE + (1 - LOWEST_RATE) * falling)


def train(found: list[Example], work: Path, epochs: int) -> tuple[Tensors, dict[str, dict[str, int]]]:
    """Train and return the averaged weights and the labels; goes on from `work/state.pt` where that exists."""
    torch.manual_seed(SEED)
    labels = labels_of(found)
    reader = Reader(labels)
    learnt, held = parts(found)
    network = Network(torch.from_numpy(word_table()), len(labels["tags"]) + 1, len(labels["relations"]) + 1, FLAGS)
    averaged = copy.deepcopy(network)
    weights = [weight for weight in network.parameters() if weight.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=RATE, weight_decay=WEIGHT_DECAY)
    steps = len(batches(learnt, random.Random(SEED))) * epochs  # noqa: S311
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: rate(step, steps))
    kept: dict[str, Any] = {"network": network, "averaged": averaged, "optimiser": optimiser, "schedule": schedule}
    state, first = work / "state.pt", 0
    if state.exists():
        stored = torch.load(state)
        first = stored.pop("epoch") + 1
        for name, one in kept.items():
            one.load_state_dict(stored[name])
    for epoch in range(first, epochs):
        began, total = time.monotonic(), np.zeros(2)
        network.train()
        for done, batch in enumerate(batches(learnt, random.Random(SEED + epoch)), 1):  # noqa: S311
            of_cues, of_roles = reader.loss(network, batch)
            optimiser.zero_grad()
            (CUE_WEIGHT * of_cues + of_roles).backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimiser.step()
            schedule.step()
            average(averaged, network, AVERAGED if epoch else min(AVERAGED, (done - 1) / (done + 9)))
            total += (of_cues.item(), of_roles.item())
            if done % 100 == 0:
                print(f"epoch {epoch} step {done}: cues {total[0] / done:.4f} roles {total[1] / done:.4f}", flush=True)
        torch.save({name: one.state_dict() for name, one in kept.items()} | {"epoch": epoch}, state)
        figures = held_out(averaged, reader, held)
        print(f"epoch {epoch}: {time.monotonic() - began:.0f} s, held out {figures}", flush=True)
    return averaged.state_dict(), labels


def average(averaged: Network, network: Network, past: float) -> None:
    with torch.no_grad():
        for mean, weight in zip(averaged.parameters(), network.parameters(), strict=True):
            if weight.requires_grad:
                mean.lerp_(weight, 1 - past)


def held_out(network: Network, reader: Reader, found: list[Example]) -> str:
    """F1 of the words in cues, and, given the cues, of those in sources and contents."""
    network.eval()
    counts = np.zeros((3, 3))
    with torch.no_grad():
        for batch in batches(found, random.Random(0)):  # noqa: S311
            inputs, _ = reader.batch(batch)
            cue_scores, role_scores = network(inputs)
            for number, example in enumerate(batch):
                size = len(example.cue)
                told = (cue_scores[number, :size].argmax(-1) > 0).numpy()
                counts[0] += overlap(told, example.cue > 0)
                roles = role_scores[number, :, :size, :size].argmax(0).numpy()
                for head, wanted in zip(example.heads, example.roles, strict=True):
                    for role in (1, 2):
                        counts[role] += overlap(roles[head] == role, wanted == role)
    f1 = 2 * counts[:, 0] / np.maximum(1, counts[:, 1] + counts[:, 2])
    return ", ".join(f"{name} {value:.3f}" for name, value in zip(("cue", "source", "content"), f1, strict=True))


def overlap(told: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> tuple[int, int, int]:
    return int((told & wanted).sum()), int(told.sum()), int(wanted.sum())


def parsed(path: Path, work: Path) -> list[Example]:
    """The examples of a file, parsed once and kept in `work`."""
    kept = work / f"{path.stem}.pickle"
    if kept.exists():
        return list(pickle.loads(kept.read_bytes()))  # noqa: S301 (written by the lines below)
    found, reader, began = [], SentenceReader("rules"), time.monotonic()
    for example in examples(path, reader):
        found.append(example)
        if len(found) % 1_000 == 0:
            print(f"parsed {len(found):,} sentences in {time.monotonic() - began:.0f} s", flush=True)
    kept.write_bytes(pickle.dumps(found))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Trains the attribution network.")
    parser.add_argument("--data", type=Path, required=True, help="folder with attribution.train.jsonl.gz")
    parser.add_argument("--out", type=Path, default=Path("models/attribution"), help="folder to write to")
    parser.add_argument("--work", type=Path, default=Path("data/training/attribution"), help="folder to go on from")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    wanted = parser.parse_args()
    wanted.work.mkdir(parents=True, exist_ok=True)
    wanted.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    weights, labels = train(parsed(wanted.data / "attribution.train.jsonl.gz", wanted.work), wanted.work, wanted.epochs)
    tensors = {name: weight.detach().numpy() for name, weight in weights.items()}
    graph = tagger_graph(tensors, labels, int8=True).SerializeToString(deterministic=True)
    path = wanted.out / "model.int8.onnx"
    path.write_bytes(graph)
    sha256 = hashlib.sha256(graph).hexdigest()
    print(f"{sha256}  {path}  {len(graph):,} bytes; write the sum into models/manifest.toml", flush=True)


if __name__ == "__main__":
    main()
