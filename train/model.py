"""The two encoders, and the heads that both carry.

In: word pieces with their features (data.py). Out: a vector for each piece; tag scores for each word; scores of links
between spans. Never: decisions, which are decode.py's.
Next: quantised.py, the student's integer form.
"""

import bisect
import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from train import data, text, weights

EDGES = 101, 102  # [CLS] and [SEP]
KEY = 64  # width of the queries and keys of links
DISTANCES = (0, 1, 2, 4, 8, 16, 32, 64)  # words between two spans; the sign doubles the buckets
BETWEEN = 4  # cues between two spans: 0, 1, 2, 3 or more
PARAGRAPHS = 3  # paragraphs between two spans: 0, 1, 2 or more


class Heads(nn.Module):
    """Tags from the first piece of each word; links from the first and last piece of two spans."""

    def __init__(self, width: int):
        super().__init__()
        self.tags = nn.Linear(width, data.TAGS)
        # Content looks for its cue, cue for its source; `none` is the key of finding nothing.
        self.links = nn.ModuleDict({name: Link(width) for name in ("cue", "source")})
        # Names and nominals, where a run trains them.
        self.mentions = nn.ModuleDict()


class Link(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.query = nn.Linear(2 * width, KEY)
        self.key = nn.Linear(2 * width, KEY)
        self.none = nn.Linear(2 * width, 1)
        self.distance = nn.Parameter(torch.zeros(2 * len(DISTANCES)))
        self.between = nn.Parameter(torch.zeros(BETWEEN))
        self.paragraph = nn.Parameter(torch.zeros(PARAGRAPHS))

    def scores(self, froms: Tensor, tos: Tensor, distance: Tensor, between: Tensor) -> Tensor:
        """froms (n, 2 width), tos (n, m, 2 width), buckets (n, m) → (n, m), within one paragraph."""
        scores = (self.key(tos) @ self.query(froms)[..., None])[..., 0] / math.sqrt(KEY)
        return scores + self.distance[distance] + self.between[between]

    def forward(self, froms: Tensor, tos: Tensor, place: Tensor) -> Tensor:
        """froms (n, 2 width), tos (m, 2 width), place (n, m, 3) of buckets → (n, 1 + m); column 0 is none."""
        scores = self.query(froms) @ self.key(tos).T / math.sqrt(KEY)
        scores = scores + self.distance[place[..., 0]] + self.between[place[..., 1]] + self.paragraph[place[..., 2]]
        return torch.cat([self.none(froms), scores], dim=1)


def place(a: data.Span, b: data.Span, cues: list[int], words: text.Words) -> tuple[int, int, int]:
    """The buckets of how b lies to a: words between with side, cues between, paragraphs between.

    `cues` are the first words of all cues, in order.
    """
    before = b.first < a.first
    left, right = (b, a) if before else (a, b)
    gap = max(0, right.first - left.last - 1)
    bucket = sum(gap > limit for limit in DISTANCES[1:])
    between = bisect.bisect_left(cues, right.first) - bisect.bisect_right(cues, left.last)
    paragraphs = words.paragraph[right.first] - words.paragraph[left.first]
    side = len(DISTANCES) if before else 0
    return side + bucket, max(0, min(between, BETWEEN - 1)), min(paragraphs, PARAGRAPHS - 1)


class Encoder(nn.Module):
    """What decode.py and loop.py ask of an encoder: vectors (batch, pieces, WIDTH), and its heads."""

    WIDTH: int
    WINDOW: int | None  # pieces it reads at once; None: any number
    half: bool = False  # may compute in bfloat16
    heads: Heads

    def progress(self, done: float, settings: dict) -> None:
        """Told before each step which part of the run is done."""


class Teacher(Encoder):
    """MiniLM-L6, uncased; case, quotation state and paragraph start take the place of its token types."""

    LAYERS, WIDTH, ATTENTION, INNER = 6, 384, 12, 1536
    WINDOW = 254  # pieces in a window, without [CLS] and [SEP]; at most 510

    def __init__(self, dropout: float = 0.1):
        super().__init__()
        width = self.WIDTH
        self.word = nn.Embedding(30522, width)
        self.word.weight.requires_grad_(False)
        self.position = nn.Embedding(512, width)
        self.features = Features(width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(BertLayer(width, self.ATTENTION, self.INNER, dropout) for _ in range(self.LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.heads = Heads(width)

    def forward(self, inputs: Tensor, length: Tensor) -> Tensor:
        """inputs (batch, pieces, 4), length (batch,) → (batch, pieces, 384)."""
        inputs, real, at = framed(inputs, length)
        x = self.word(inputs[..., 0]) + self.position(at) + self.features(inputs)
        x = self.dropout(self.norm(x))
        unseen = torch.where(real, 0.0, -1e4)[:, None, None, :].to(torch.bfloat16 if self.half else x.dtype)
        for layer in self.layers:
            x = layer(x, unseen)
        return x[:, 1:-1]

    def add_mentions(self) -> None:
        for layer, kinds in data.LAYERS.items():
            self.heads.mentions[layer] = nn.Linear(self.WIDTH, 1 + 2 * len(kinds))
        self.heads.links["same"] = Link(self.WIDTH)

    def load_pretrained(self) -> None:
        given = weights.tensors()
        names = {
            "position.weight": "embeddings.position_embeddings.weight",
            "norm.weight": "embeddings.LayerNorm.weight",
            "norm.bias": "embeddings.LayerNorm.bias",
        }
        parts = {
            "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
            "out": "attention.output.dense", "norm1": "attention.output.LayerNorm",
            "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm",
        }  # fmt: skip
        for i in range(len(self.layers)):
            for ours, theirs in parts.items():
                for kind in ("weight", "bias"):
                    names[f"layers.{i}.{ours}.{kind}"] = f"encoder.layer.{i}.{theirs}.{kind}"
        state = self.state_dict()
        state |= {ours: given[theirs] for ours, theirs in names.items()}
        state["word.weight"] = weights.words()
        self.load_state_dict(state)


def framed(inputs: Tensor, length: Tensor, edges: tuple[int, int] = EDGES) -> tuple[Tensor, Tensor, Tensor]:
    """[CLS] and [SEP] around each row: the pieces (batch, pieces + 2, 4), which of them are real, and their positions."""
    batch, pieces = inputs.shape[:2]
    edge = inputs.new_zeros(batch, 1, 4)
    out = torch.cat([edge, inputs, edge], dim=1)
    out[:, 0, 0] = edges[0]
    out[torch.arange(batch), length + 1, 0] = edges[1]
    at = torch.arange(pieces + 2)
    return out, at[None, :] < length[:, None] + 2, at


class Features(nn.Module):
    """The three small features, zero at the start."""

    def __init__(self, width: int):
        super().__init__()
        self.tables = nn.ModuleList(nn.Embedding(n, width) for n in (text.CASES, text.STATES, text.STARTS))
        for table in self.tables:
            nn.init.zeros_(table.weight)

    def forward(self, inputs: Tensor) -> Tensor:
        """inputs (…, 4) → (…, width), added in the order case, state, start."""
        case, state, start = (table(inputs[..., 1 + i]) for i, table in enumerate(self.tables))
        return case + state + start


class BertLayer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int, dropout: float):
        super().__init__()
        self.count = heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.norm1, self.norm2 = (nn.LayerNorm(width, eps=1e-12) for _ in range(2))
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, unseen: Tensor) -> Tensor:
        """`unseen` (batch, 1, 1, pieces): 0, and -1e4 where there is padding."""
        batch, pieces, width = x.shape
        split = (batch, pieces, self.count, width // self.count)
        q, k, v = (f(x).view(split).transpose(1, 2).reshape(batch * self.count, pieces, -1) for f in (self.query, self.key, self.value))
        # By hand: the backward pass of torch's own attention takes twice as long on a CPU.
        scores = torch.bmm(q * split[3] ** -0.5, k.transpose(1, 2)).view(batch, self.count, pieces, pieces) + unseen
        mixed = torch.bmm(scores.softmax(-1).view(-1, pieces, pieces).to(v.dtype), v)
        mixed = mixed.view(batch, self.count, pieces, -1).transpose(1, 2).reshape(x.shape)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))
