"""Teaches the network entailment before it meets news: `python -m training.verdicts.pretrain --data FOLDER`.

Some 25 pairs a second on one core. The state lies in `--work`: a run that was broken off, or asked to pause by a file
named PAUSE there, goes on from it when it is started again.
"""

import argparse
from pathlib import Path

import torch

from training.checkworthy.rows import SHARED
from training.encoder.weights import archive_path, read_package
from training.verdicts.data import RELATIONS, SEED, SHARES, nli
from training.verdicts.loop import Paused, Plan, Run, scores
from training.verdicts.network import Network

WORK = Path("data/training/verdicts")
MEASURED = 2_000
PLAN = Plan(
    name="pretrain",
    classes=RELATIONS,
    epochs=2,
    rate=1.2e-4,
    tokens=96,
    smoothing=0.05,
    averaged=0.99,
    both_orders=False,
)


def pretrain(data: Path, work: Path) -> Network:
    """Trains on the chosen pairs and returns the averaged network. Raises Paused."""
    torch.manual_seed(SEED)
    tensors, _ = read_package(archive_path())
    return Run(Network(tensors, len(RELATIONS)), nli(data / "nli.train.jsonl.gz", SHARES), PLAN, work).train()


def measure(network: Network, data: Path) -> str:
    """Share of right answers on held-out pairs of all lengths and sources."""
    rows = nli(data / "nli.dev.jsonl.gz")
    rows = rows[:: max(1, len(rows) // MEASURED)]
    told = scores(network, rows, PLAN).argmax(1)
    right = sum(RELATIONS[number] == row.label for number, row in zip(told, rows, strict=True))
    return f"{right / len(rows):.3f} of {len(rows):,} held-out pairs right"


def main() -> None:
    parser = argparse.ArgumentParser(description="Teaches the verdict network entailment.")
    parser.add_argument("--data", type=Path, default=SHARED / "data" / "claims", help="folder with nli.train.jsonl.gz")
    parser.add_argument("--work", type=Path, default=WORK, help="folder to go on from")
    parser.add_argument("--threads", type=int, default=1)
    wanted = parser.parse_args()
    wanted.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(wanted.threads)
    try:
        print(measure(pretrain(wanted.data, wanted.work), wanted.data), flush=True)
    except Paused as paused:
        print(paused, flush=True)


if __name__ == "__main__":
    main()
