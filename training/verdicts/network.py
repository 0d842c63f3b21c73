"""The verdict model in torch: MiniLM reads both texts at once; `graph.py` writes the same in ONNX.

The start are the weights of all-MiniLM-L6-v2 under their published names. What decides are the first token, the mean
of each text and the distance of the two means: the encoder was trained to compare means, so they help from the first
step on. Word embeddings stay as they are: half of the weights, and most words of the news are met in no pair.
"""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.encoder.graph import HEADS, LAYER_NORM_EPSILON, LAYERS, WIDTH
from training.encoder.graph import Tensors as Arrays

DROPOUT = 0.1
FEATURES = 4


def norm() -> nn.LayerNorm:
    return nn.LayerNorm(WIDTH, eps=LAYER_NORM_EPSILON)


class Embeddings(nn.Module):  # type: ignore[misc]
    """Word, position and type embeddings, summed and normalised."""

    def __init__(self, words: int, positions: int) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(words, WIDTH)
        self.position_embeddings = nn.Embedding(positions, WIDTH)
        self.token_type_embeddings = nn.Embedding(2, WIDTH)
        self.LayerNorm = norm()
        self.word_embeddings.weight.requires_grad_(False)

    def forward(self, ids: Tensor, types: Tensor) -> Tensor:
        places = self.position_embeddings.weight[: ids.shape[1]]
        return self.LayerNorm(self.word_embeddings(ids) + places + self.token_type_embeddings(types))


class Layer(nn.Module):  # type: ignore[misc]
    """One transformer layer; the three projections of attention are one product."""

    def __init__(self) -> None:
        super().__init__()
        parts = {part: nn.Linear(WIDTH, WIDTH) for part in ("query", "key", "value")}
        output = nn.ModuleDict({"dense": nn.Linear(WIDTH, WIDTH), "LayerNorm": norm()})
        self.attention = nn.ModuleDict({"self": nn.ModuleDict(parts), "output": output})
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(WIDTH, 4 * WIDTH)})
        self.output = nn.ModuleDict({"dense": nn.Linear(4 * WIDTH, WIDTH), "LayerNorm": norm()})

    def forward(self, hidden: Tensor, mask: Tensor | None, dropout: float) -> Tensor:
        count, tokens, _ = hidden.shape
        parts = list(self.attention["self"].values())
        weight, bias = (torch.cat([getattr(part, name) for part in parts]) for name in ("weight", "bias"))
        split = functional.linear(hidden, weight, bias).view(count, tokens, 3, HEADS, WIDTH // HEADS)
        mixed = functional.scaled_dot_product_attention(*split.permute(2, 0, 3, 1, 4), attn_mask=mask)
        ended = self.attention["output"]
        attended = ended["dense"](mixed.transpose(1, 2).reshape(count, tokens, WIDTH))
        middle = ended["LayerNorm"](hidden + functional.dropout(attended, dropout, dropout > 0))
        narrow = self.output["dense"](functional.gelu(self.intermediate["dense"](middle)))
        return self.output["LayerNorm"](middle + functional.dropout(narrow, dropout, dropout > 0))


class Head(nn.Module):  # type: ignore[misc]
    """What is read of the last layer → scores of the classes."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.dense = nn.Linear(FEATURES * WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, classes)

    def forward(self, hidden: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        a, b = mean(hidden, mask * (1 - types)), mean(hidden, mask * types)
        read = torch.cat([hidden[:, 0], a, b, (a - b).abs()], -1)
        active = functional.gelu(self.dense(read))
        return self.out(functional.dropout(active, DROPOUT, self.training))


def mean(hidden: Tensor, kept: Tensor) -> Tensor:
    """Mean over the tokens where `kept` is 1, of which there is at least one, for each text ends with a mark."""
    weight = kept[:, :, None].to(hidden.dtype)
    return (hidden * weight).sum(1) / weight.sum(1)


class Network(nn.Module):  # type: ignore[misc]
    """`ids`, `types`, `mask` (pairs, tokens) → scores (pairs, classes).

    `dropout` is that within the layers while training: a tenth of the time, and of no use in a single epoch.
    """

    def __init__(self, arrays: Arrays, classes: int, dropout: float = 0.0) -> None:
        super().__init__()
        words, positions = (len(arrays[f"embeddings.{name}_embeddings.weight"]) for name in ("word", "position"))
        self.dropout = dropout
        self.embeddings = Embeddings(words, positions)
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer() for _ in range(LAYERS))})
        self.head = Head(classes)
        own = self.state_dict()
        known = {name: torch.from_numpy(np.array(array)) for name, array in arrays.items() if name in own}
        self.load_state_dict(own | known)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        hidden = self.embeddings(ids, types)
        seen = None if bool(mask.all()) else mask[:, None, None, :].bool()
        for layer in self.encoder["layer"]:
            hidden = layer(hidden, seen, self.dropout if self.training else 0.0)
        return self.head(hidden, types, mask)
