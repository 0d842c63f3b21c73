"""Finds the verdict model: the shipped one, or another in a folder or on the Hugging Face hub, which is fetched once.

Another one is an ONNX graph, `tokenizer.json`, and the names of the classes in `config.json` or the graph's metadata.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.models.manifest import MODELS, ModelEntry, ModelError, ModelFiles, find_model

GRAPHS = ("model.int8.onnx", "model_quantized.onnx", "model_int8.onnx", "model.onnx")
"""Names of graphs, the smallest first; also looked for in `onnx/`."""
BESIDE = ("tokenizer.json", "config.json")
MAX_TOKENS = 128
"""Tokens of both texts that are read, as of the shipped model: two claims are seldom longer."""


def find_verdict_model(model: str = "", root: Path = MODELS) -> ModelFiles:
    """Return the files of the model in a folder or file, of a hub id "owner/name", or, if empty, of the shipped one.

    Raises ModelError.
    """
    if not model:
        return find_model("verdicts", root)
    path = Path(model).expanduser()
    if path.exists():
        graph = path if path.is_file() else _graph_in(path)
        beside = _beside(graph, path) or find_model("encoder", root).tokenizer
        return _files(model, graph, beside)
    if model.count("/") != 1 or model.startswith((".", "/", "~")):
        raise ModelError(f"loading model {model}: there is no such folder, and an id on the hub is owner/name")
    return _fetched(model)


def _graph_in(folder: Path) -> Path:
    found = graph_of([str(path.relative_to(folder)) for path in sorted(folder.rglob("*.onnx"))])
    if found is None:
        raise ModelError(f"loading model {folder}: it holds no .onnx file; give the graph or its folder")
    return folder / found


def graph_of(names: Sequence[str]) -> str | None:
    """Return which file of a model is read: the first of GRAPHS, else any graph."""
    wanted = [*GRAPHS, *(f"onnx/{name}" for name in GRAPHS)]
    known = [name for name in wanted if name in names]
    return next(iter([*known, *(name for name in names if name.endswith(".onnx"))]), None)


def _beside(graph: Path, path: Path) -> Path | None:
    folders = [graph.parent, *([path] if path.is_dir() else [])]
    return next((one for folder in folders if (one := folder / "tokenizer.json").is_file()), None)


def _fetched(model: str) -> ModelFiles:
    from huggingface_hub import HfApi, hf_hub_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, OfflineModeIsEnabled

    try:
        names = HfApi().list_repo_files(model)
        graph = graph_of(names)
        if graph is None:
            raise ModelError(
                f"loading model {model}: the hub has no .onnx file of it; export it to ONNX, give the folder"
            )
        wanted = [graph, *(name for name in (*BESIDE, f"{graph}_data") if name in names)]
        paths = {name: Path(hf_hub_download(model, name)) for name in wanted}
    except (HfHubHTTPError, HFValidationError, OfflineModeIsEnabled, OSError) as error:
        raise ModelError(
            f"loading model {model} from the hub: {error}; check the id and the network, or give a folder"
        ) from error
    if "tokenizer.json" not in paths:
        raise ModelError(f"loading model {model}: the hub has no tokenizer.json of it; save it as a fast tokenizer")
    return _files(model, paths[graph], paths["tokenizer.json"])


def _files(model: str, graph: Path, tokenizer: Path) -> ModelFiles:
    entry = ModelEntry(
        name=model,
        version="",
        path=str(graph),
        sha256="",
        tokenizer=str(tokenizer),
        tokenizer_sha256="",
        dimensions=0,
        max_tokens=MAX_TOKENS,
        licence="",
    )
    return ModelFiles(entry, graph, tokenizer)
