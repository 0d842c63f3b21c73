"""Measures the verdict model on pairs that it was not fitted to: `python -m training.verdicts.evaluate MODEL.onnx`.

Prints one table with a line for each kind of pairs: invented news, real news, own. Own pairs are held out by story.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from pipeline.models.manifest import find_model
from training.encoder.evaluate import open_session
from training.encoder.graph import MAX_TOKENS
from training.verdicts.data import PAIRS, VERDICTS, Row, held_out
from training.verdicts.figures import FLOOR, Figures, Scores, figures, fitted_temperature, softmax

COLUMNS = (
    "pairs | accuracy | macro F1 | contradiction P | R | F1 | best F1 | at | same F1 | "
    "AUC contradiction | calibration error"
)


def numbers(rows: Sequence[Row]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([VERDICTS.index(row.label) for row in rows])


def line(name: str, found: Figures) -> str:
    shares = [
        found.accuracy,
        found.macro_f1,
        found.precision,
        found.recall,
        found.f1,
        found.best_f1,
        found.best_threshold,
        found.same_f1,
        found.auc,
        found.calibration_error,
    ]
    return f"| {name} | {found.pairs} | " + " | ".join(f"{share:.3f}" for share in shares) + " |"


def table(scores: dict[str, Scores], parts: dict[str, list[Row]], temperature: float, threshold: float) -> str:
    """The figures of each part and of all together, their scores divided by the temperature."""
    all_scores, all_rows = np.concatenate(list(scores.values())), [row for rows in parts.values() for row in rows]
    lines = [f"| | {COLUMNS} |", "|---" * (COLUMNS.count("|") + 2) + "|"]
    for name, rows in (parts | {"all": all_rows}).items():
        probabilities = softmax(scores.get(name, all_scores), temperature)
        lines.append(line(name, figures(probabilities, numbers(rows), threshold)))
    return "\n".join(lines)


def run(model: Path, rows: Sequence[Row]) -> Scores:
    """Logarithms of the model's probabilities: scores up to a constant."""
    session, tokenizer = open_session(model), Tokenizer.from_file(str(find_model("encoder").tokenizer))
    classes = json.loads(session.get_modelmeta().custom_metadata_map["classes"])
    order = [classes.index(name) for name in VERDICTS]
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    found = np.zeros((len(rows), len(VERDICTS)))
    for number, row in enumerate(rows):
        read = tokenizer.encode(row.a, row.b)
        inputs = {"input_ids": read.ids, "token_type_ids": read.type_ids, "attention_mask": read.attention_mask}
        (told,) = session.run(["verdict"], {name: np.array([value]) for name, value in inputs.items()})
        found[number] = told[0, order]
    return np.log(np.maximum(found, FLOOR))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures the verdict model on held-out pairs.")
    parser.add_argument("model", type=Path, help="the ONNX graph")
    parser.add_argument("--pairs", type=Path, nargs="*", default=PAIRS, help="JSON lines of own pairs")
    parser.add_argument("--threshold", type=float, default=0.5, help="probability from which a contradiction is told")
    wanted = parser.parse_args()
    parts = held_out(wanted.pairs)
    scores = {name: run(wanted.model, rows) for name, rows in parts.items()}
    print(table(scores, parts, 1.0, wanted.threshold))
    labels = np.concatenate([numbers(rows) for rows in parts.values()])
    print(f"further temperature {fitted_temperature(np.concatenate(list(scores.values())), labels):.2f} (1 is best)")


if __name__ == "__main__":
    main()
