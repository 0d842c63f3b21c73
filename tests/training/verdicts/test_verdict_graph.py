"""The ONNX graph says what the network in torch says. Needs both, which only training installs."""

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")
torch = pytest.importorskip("torch")

import onnxruntime  # noqa: E402

from training.encoder.graph import WIDTH, Tensors  # noqa: E402
from training.verdicts.data import VERDICTS  # noqa: E402
from training.verdicts.graph import INPUTS, verdict_graph  # noqa: E402
from training.verdicts.network import Network  # noqa: E402

WORDS = 50
IDS = np.array([[1, 5, 6, 2, 9, 10, 2], [1, 7, 2, 8, 2, 0, 0]])
TYPES = np.array([[0, 0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 0, 0]])


def made() -> tuple[Network, Tensors]:
    torch.manual_seed(3)
    arrays = {
        "embeddings.word_embeddings.weight": np.random.default_rng(1).normal(size=(WORDS, WIDTH)).astype(np.float32),
        "embeddings.position_embeddings.weight": np.zeros((512, WIDTH), dtype=np.float32),
    }
    network = Network(arrays, len(VERDICTS)).eval()
    return network, {name: weight.detach().numpy() for name, weight in network.state_dict().items()}


def told(graph: onnx.ModelProto, ids: np.ndarray, types: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    (verdict,) = session.run(None, dict(zip(INPUTS, (ids, types, (ids != 0).astype(np.int64)), strict=True)))
    return np.asarray(verdict)


def test_graph_and_network_agree_with_and_without_padding() -> None:
    network, tensors = made()
    whole = verdict_graph(tensors, VERDICTS, 2.0, int8=False)
    with torch.inference_mode():
        scores = network(*(torch.from_numpy(array) for array in (IDS, TYPES, (IDS != 0).astype(np.int64))))
    np.testing.assert_allclose(told(whole, IDS, TYPES), (scores / 2.0).softmax(-1).numpy(), atol=1e-5)
    np.testing.assert_allclose(told(whole, IDS[1:, :5], TYPES[1:, :5])[0], told(whole, IDS, TYPES)[1], atol=1e-5)


def test_types_matter_and_int8_stays_near() -> None:
    _, tensors = made()
    whole, small = (verdict_graph(tensors, VERDICTS, 1.0, int8=int8) for int8 in (False, True))
    assert np.abs(told(whole, IDS, TYPES) - told(whole, IDS, 1 - TYPES)).max() > 1e-4
    np.testing.assert_allclose(told(small, IDS, TYPES), told(whole, IDS, TYPES), atol=0.03)
    assert small.SerializeToString(deterministic=True) == verdict_graph(
        tensors, VERDICTS, 1.0, int8=True
    ).SerializeToString(deterministic=True)
