"""The manifest of the models: what is shipped is whole, and what is not says how to mend it."""

import shutil
from pathlib import Path

import pytest

from pipeline.errors import SetupError
from pipeline.models.encoder import Encoder
from pipeline.models.manifest import MODELS, ModelError, find_model, read_manifest

MEND = r"restore the file with 'git checkout models/' or rebuild with 'make train'"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A models folder of our own, to break."""
    (tmp_path / "encoder").mkdir()
    for name in ("manifest.toml", "encoder/model.int8.onnx", "encoder/tokenizer.json"):
        shutil.copy(MODELS / name, tmp_path / name)
    return tmp_path


def test_every_shipped_model_is_whole_and_has_a_card() -> None:
    for key in read_manifest():
        files = find_model(key)
        assert files.graph.stat().st_size <= 25_000_000
        assert files.entry.sha256 in (files.graph.parent / "README.md").read_text(encoding="utf-8")


def test_another_root_is_used(root: Path) -> None:
    assert find_model("encoder", root).graph == root / "encoder" / "model.int8.onnx"


def test_missing_manifest(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=rf"reading the model manifest: .* is missing; {MEND}"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("text", ["[encoder", "[encoder]\nname = 3", "[encoder]\nname = 'a'", "\ud800"])
def test_unreadable_manifest(root: Path, text: str) -> None:
    (root / "manifest.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(ModelError, match=r"reading the model manifest .*manifest.toml: "):
        read_manifest(root)


def test_unlisted_model(root: Path) -> None:
    with pytest.raises(ModelError, match=r"loading model oracle: .* has no table \[oracle\] \(it has: .*encoder"):
        find_model("oracle", root)


@pytest.mark.parametrize("name", ["model.int8.onnx", "tokenizer.json"])
def test_missing_file(root: Path, name: str) -> None:
    (root / "encoder" / name).unlink()
    with pytest.raises(ModelError, match=rf"loading model encoder: cannot read .*{name} .*; {MEND}"):
        Encoder(root=root)


@pytest.mark.parametrize("name", ["model.int8.onnx", "tokenizer.json"])
def test_changed_file(root: Path, name: str) -> None:
    with (root / "encoder" / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(SetupError, match=rf"loading model encoder: sha256 of .*{name} is \w+, expected \w+; {MEND}"):
        Encoder(root=root)
