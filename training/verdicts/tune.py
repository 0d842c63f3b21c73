"""Fits the pre-trained network to news pairs and writes its graph: `python -m training.verdicts.tune --out FOLDER`.

Starts from what `pretrain.py` left in `--work`, wherever it stands, and goes on from its own checkpoint where there is
one. After training the temperature is fitted on the held-out pairs and the table of `evaluate.py` is printed.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from training.encoder.weights import archive_path, read_package
from training.verdicts.data import (
    COUNTERPARTS,
    MINED,
    PAIRS,
    RELATIONS,
    SEED,
    VERDICTS,
    Row,
    articles,
    counterparts,
    held_out,
    mined,
    news,
    of_test_part,
    own,
    raised_rows,
    stories,
)
from training.verdicts.evaluate import numbers, table
from training.verdicts.figures import fitted_temperature
from training.verdicts.graph import verdict_graph
from training.verdicts.loop import Paused, Plan, Run, scores
from training.verdicts.network import Network
from training.verdicts.pretrain import PLAN as PRETRAINED
from training.verdicts.pretrain import WORK
from training.verdicts.stories import STORIES

EPOCHS = 3
DROPOUT = 0.1
PLAN = Plan(
    name="tune",
    classes=VERDICTS,
    epochs=EPOCHS,
    rate=1e-4,
    tokens=128,
    smoothing=0.05,
    averaged=0.98,
    both_orders=True,
)
LIKE = {"same": "entailment", "contradiction": "contradiction", "compatible": "neutral", "unrelated": "neutral"}
"""The relation from whose weights those of a verdict start."""


def training_rows(paths: Sequence[Path]) -> list[Row]:
    texts, left_out = articles(), of_test_part()
    real = mined(MINED, texts, left_out, "train") + counterparts(COUNTERPARTS, texts, left_out, "train")
    real += raised_rows("train")
    invented = news("written", "train") + own(paths, "train") + stories(STORIES, "train")
    return news("mined", "train") + real + invented


def started(work: Path, dropout: float = DROPOUT) -> Network:
    """The averaged network of pre-training with four verdicts in place of three relations."""
    torch.manual_seed(SEED)
    tensors, _ = read_package(archive_path())
    network = Network(tensors, len(VERDICTS), dropout)
    path = work / f"{PRETRAINED.name}.pt"
    if not path.exists():
        print(f"{path} is missing: starts from the encoder alone", flush=True)
        return network
    stored = torch.load(path)["averaged"]
    rows = [RELATIONS.index(LIKE[name]) for name in VERDICTS]
    for name in ("head.out.weight", "head.out.bias"):
        stored[name] = stored[name][rows]
    network.load_state_dict(stored)
    return network


def write(network: Network, temperature: float, out: Path) -> None:
    tensors = {name: weight.detach().numpy() for name, weight in network.state_dict().items()}
    graph = verdict_graph(tensors, VERDICTS, temperature, int8=True).SerializeToString(deterministic=True)
    out.mkdir(parents=True, exist_ok=True)
    (out / "model.int8.onnx").write_bytes(graph)
    print(f"{out / 'model.int8.onnx'}: {len(graph):,} bytes, temperature {temperature:.2f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Fits the verdict network to news pairs.")
    parser.add_argument("--pairs", type=Path, nargs="*", default=PAIRS, help="JSON lines of own pairs")
    parser.add_argument("--work", type=Path, default=WORK, help="folder to go on from")
    parser.add_argument("--out", type=Path, default=Path("models/verdicts"), help="folder to write to")
    parser.add_argument("--threshold", type=float, default=0.5, help="probability from which a contradiction is told")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="how often every pair is read; 0: NLI alone")
    parser.add_argument("--threads", type=int, default=1)
    wanted = parser.parse_args()
    wanted.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(wanted.threads)
    try:
        network = started(wanted.work)
        if wanted.epochs:
            plan = replace(PLAN, epochs=wanted.epochs)
            network = Run(network, training_rows(wanted.pairs), plan, wanted.work).train()
    except Paused as paused:
        print(paused, flush=True)
        return
    parts = held_out(wanted.pairs)
    found = {name: scores(network, rows, PLAN) for name, rows in parts.items()}
    labels = np.concatenate([numbers(rows) for rows in parts.values()])
    temperature = fitted_temperature(np.concatenate(list(found.values())), labels)
    print(table(found, parts, temperature, wanted.threshold), flush=True)
    write(network, temperature, wanted.out)


if __name__ == "__main__":
    main()
