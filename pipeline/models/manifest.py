"""Finds the models in `models/manifest.toml` and checks that their files are the ones that were measured."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pipeline.errors import SetupError

MODELS = Path(__file__).resolve().parents[2] / "models"
MEND = "restore the file with 'git checkout models/' or rebuild with 'make train'"


class ModelError(SetupError):
    """A model is missing, damaged or not listed; the text says how to mend it."""


class ModelEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One table of the manifest. Paths are relative to the models folder; `dimensions` counts the outputs a text."""

    name: str
    version: str
    path: str
    sha256: str
    tokenizer: str
    tokenizer_sha256: str
    dimensions: int
    max_tokens: int
    licence: str


@dataclass(frozen=True)
class ModelFiles:
    """A model whose files were checked: its manifest entry and where its graph and tokenizer lie."""

    entry: ModelEntry
    graph: Path
    tokenizer: Path


def read_manifest(root: Path = MODELS) -> dict[str, ModelEntry]:
    """All entries of `root/manifest.toml` by table name; raises ModelError."""
    path = root / "manifest.toml"
    try:
        return msgspec.toml.decode(path.read_bytes(), type=dict[str, ModelEntry])
    except FileNotFoundError as error:
        raise ModelError(f"reading the model manifest: {path} is missing; {MEND}") from error
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ModelError(f"reading the model manifest {path}: {error}; {MEND}") from error


def find_model(key: str, root: Path = MODELS) -> ModelFiles:
    """The files of the model in table `key`, both checked against their sha256 (about 20 ms); raises ModelError."""
    manifest = read_manifest(root)
    if key not in manifest:
        known = ", ".join(sorted(manifest)) or "none"
        raise ModelError(
            f"loading model {key}: {root / 'manifest.toml'} has no table [{key}] (it has: {known}); {MEND}"
        )
    entry = manifest[key]
    return ModelFiles(
        entry=entry,
        graph=checked(key, root / entry.path, entry.sha256),
        tokenizer=checked(key, root / entry.tokenizer, entry.tokenizer_sha256),
    )


def checked(key: str, path: Path, expected: str) -> Path:
    """`path`, if the file there has the expected sha256; raises ModelError otherwise."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"loading model {key}: cannot read {path} ({error.strerror}); {MEND}") from error
    if found != expected:
        raise ModelError(f"loading model {key}: sha256 of {path} is {found}, expected {expected}; {MEND}")
    return path
