"""The attribution network in torch; `graph.py` writes the same in ONNX.

Cues by begin/inside/outside tags, roles by a biaffine product of cue and word (Dozat and Manning, ICLR 2017) over two
layers that see the whole sentence by attention, and each word's head in the parser's tree and its two neighbours.
"""

import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.attribution.graph import HEADS, VECTOR

WIDTH = 128
BLOCKS = 2
LABEL_WIDTH = 24
PRODUCT = 64
REACH = 24
DROPOUT = 0.15
WORD_DROPOUT = 0.1
"""Share of words whose table rows are hidden in training: the network must do without words it has never seen."""

RULE_DROPOUT = 0.15
"""Share of sentences whose flags by rule are hidden in training, so that it can find what the rules do not."""

FIRST_BY_RULE = 4

Batch = Mapping[str, Tensor]


class Block(nn.Module):  # type: ignore[misc]
    def __init__(self, width: int) -> None:
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width)
        self.o = nn.Linear(width, width)
        self.n1 = nn.LayerNorm(width)
        self.mix = nn.Linear(4 * width, 2 * width)
        self.out = nn.Linear(2 * width, width)
        self.n2 = nn.LayerNorm(width)

    def forward(self, hidden: Tensor, heads: Tensor, mask: Tensor) -> Tensor:
        count, words, width = hidden.shape
        parts = self.qkv(hidden).view(count, words, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(*parts, attn_mask=mask[:, None, None, :].bool())
        attended = self.o(mixed.transpose(1, 2).reshape(count, words, width))
        middle = self.n1(hidden + functional.dropout(attended, DROPOUT, self.training)) * mask[:, :, None]
        head = middle.gather(1, heads[:, :, None].expand(-1, -1, width))
        before = functional.pad(middle, (0, 0, 1, 0))[:, :-1]
        after = functional.pad(middle, (0, 0, 0, 1))[:, 1:]
        wide = functional.gelu(self.mix(torch.cat([middle, head, before, after], -1)))
        last = self.out(functional.dropout(wide, DROPOUT, self.training))
        return self.n2(middle + functional.dropout(last, DROPOUT, self.training))


class Network(nn.Module):  # type: ignore[misc]
    """Batch of sentences → cue scores (sentences, words, 3) and role scores (sentences, 3, cue, word)."""

    def __init__(self, table: Tensor, tags: int, relations: int, flags: int) -> None:
        super().__init__()
        self.words = nn.Parameter(table, requires_grad=False)
        self.tag = nn.Embedding(tags, LABEL_WIDTH)
        self.dep = nn.Embedding(relations, LABEL_WIDTH)
        self.vn = nn.LayerNorm(VECTOR)
        self.inp = nn.Linear(3 * VECTOR + 2 * LABEL_WIDTH + flags, WIDTH)
        self.n = nn.LayerNorm(WIDTH)
        self.blocks = nn.ModuleList(Block(WIDTH) for _ in range(BLOCKS))
        self.cue = nn.Linear(WIDTH, 3)
        self.q = nn.Linear(WIDTH, 2 * PRODUCT)
        self.k = nn.Linear(WIDTH, 2 * PRODUCT)
        self.b = nn.Linear(WIDTH, 2)
        self.dist = nn.Parameter(torch.zeros(2, 2 * REACH + 1))

    def forward(self, batch: Batch, *, rules: bool = True) -> tuple[Tensor, Tensor]:
        """`rules` false hides what the rules found, for the ablation."""
        mask = batch["mask"]
        count, words = mask.shape
        hidden = self._read(batch, rules)
        for block in self.blocks:
            hidden = block(hidden, batch["heads"], mask)
        query = self.q(hidden).view(count, words, 2, PRODUCT).transpose(1, 2)
        key = self.k(hidden).view(count, words, 2, PRODUCT).transpose(1, 2)
        place = torch.arange(words)
        distance = (place[None, :] - place[:, None]).clamp(-REACH, REACH) + REACH
        scores = query @ key.transpose(-1, -2) / math.sqrt(PRODUCT) + self.dist[:, distance][None]
        scores = scores + self.b(hidden).transpose(1, 2)[:, :, None, :]
        return self.cue(hidden), torch.cat([torch.zeros_like(scores[:, :1]), scores], 1)

    def _read(self, batch: Batch, rules: bool) -> Tensor:
        flags = batch["flags"]
        word, lemma = self.words[batch["words"]], self.words[batch["lemmas"]]
        by_rule = flags[..., FIRST_BY_RULE:] * float(rules)
        if self.training:
            seen = (torch.rand(*flags.shape[:2], 1) > WORD_DROPOUT).float()
            word, lemma = word * seen, lemma * seen
            by_rule = by_rule * (torch.rand(len(flags), 1, 1) > RULE_DROPOUT).float()
        labels = self.tag(batch["tags"]), self.dep(batch["relations"])
        read = torch.cat([self.vn(batch["vectors"]), word, lemma, *labels, flags[..., :FIRST_BY_RULE], by_rule], -1)
        narrow = functional.gelu(self.inp(functional.dropout(read, DROPOUT, self.training)))
        return functional.dropout(self.n(narrow), DROPOUT, self.training)
