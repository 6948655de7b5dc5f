"""The student: a dilated convolution over word pieces, made to run in integers.

In: word pieces with their features. Out: for each piece a vector of whole numbers from -64 to 63. Never: a step whose
result depends on the order of a sum of floats: sums are over whole numbers below 2^24, which float32 holds exactly.
Next: quantised.py, the same arithmetic in integers, which is what Rust runs.

Every product is `whole numbers · int8 weights → sum → × scale + bias` with one scale and bias for each output channel. In
training the scale holds the statistics of the batch (batch normalisation), at reading the running ones, and folds away.
"""

import torch
from torch import Tensor, nn

from train import data, model, weights

ZERO = 64  # the code that stands for 0 in the input of a convolution
TOP = 127  # codes are 0 to 127
SCALE = 16.0  # codes for one standard deviation in the input of a convolution: it is cut at 4
SCALE_RELU = 32.0  # the same behind a ReLU
SCALE_LINK = 16.0  # codes for 1.0 in queries and keys
EPSILON = 1e-5


def rounded(x: Tensor, on: bool) -> Tensor:
    """Half to even; the gradient passes through."""
    return x + (x.round() - x).detach() if on else x


def code(x: Tensor, on: bool) -> Tensor:
    return rounded(x, on).clamp(0, TOP)


class Product(nn.Module):
    """A linear layer on codes: int8 weights with one scale for each output channel."""

    def __init__(self, inputs: int, outputs: int, step: float):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) / inputs**0.5)
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.step = step  # what one code of the input is worth
        self.quantise = True

    def whole(self) -> tuple[Tensor, Tensor]:
        """The weights as whole numbers (outputs, inputs) and their scale (outputs,)."""
        scale = self.weight.detach().abs().amax(1).clamp(min=1e-8) / TOP
        return rounded(self.weight / scale[:, None], self.quantise), scale * self.step

    def forward(self, codes: Tensor) -> Tensor:
        whole, scale = self.whole()
        return (codes @ whole.T) * scale + self.bias


class Normal(nn.Module):
    """A scale and a shift for each channel, folded from batch statistics: x → x · a + b."""

    MOMENTUM = 0.02

    def __init__(self, width: int, step: float, zero: float):
        super().__init__()
        self.gain, self.shift = nn.Parameter(torch.ones(width)), nn.Parameter(torch.zeros(width))
        self.register_buffer("mean", torch.zeros(width))
        self.register_buffer("variance", torch.ones(width))
        self.step, self.zero = step, zero
        self.frozen = False

    def forward(self, x: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """x (n, width) in training; without it the running statistics."""
        mean, variance = self.mean, self.variance
        if x is not None and self.training and not self.frozen:
            mean, variance = x.mean(0), x.var(0, unbiased=False)
            with torch.no_grad():
                self.mean.lerp_(mean, self.MOMENTUM)
                self.variance.lerp_(variance, self.MOMENTUM)
        a = self.gain / (variance + EPSILON).sqrt()
        return a * self.step, (self.shift - mean * a) * self.step + self.zero


class Block(nn.Module):
    """h + W2 · relu(W1 · [h(t - d), h(t), h(t + d)]), each product on codes."""

    def __init__(self, width: int, dilation: int, dropout: float):
        super().__init__()
        self.dilation = dilation
        self.before = Normal(width, SCALE, ZERO)
        self.conv = Product(3 * width, width, 1 / SCALE)
        self.conv.bias.requires_grad_(False)  # the normalisation behind it has its own
        self.middle = Normal(width, SCALE_RELU, 0.0)
        self.out = Product(width, width, 1 / SCALE_RELU)
        self.dropout = nn.Dropout(dropout)

    def forward(self, h: Tensor, mask: Tensor) -> Tensor:
        """h (batch, pieces, width), mask (batch, pieces, 1) of 1 and 0."""
        on, real = self.conv.quantise, mask[..., 0] > 0
        a, b = self.before(h[real] if self.training else None)
        u = (code(h * a + b, on) - ZERO) * mask
        whole, scale = self.conv.whole()
        total = around(u, self.dilation) @ whole.T
        a, b = self.middle((total[real] * scale).float() if self.training else None)
        m = self.dropout(code(total * (scale * a) + b, on))
        return h + self.out(m)


def around(u: Tensor, dilation: int) -> Tensor:
    """(batch, pieces, width) → (batch, pieces, 3 width): the piece `dilation` before, itself, the one behind; 0 beyond the ends."""
    empty = u.new_zeros(u.shape[0], min(dilation, u.shape[1]), u.shape[2])
    return torch.cat([torch.cat([empty, u[:, :-dilation]], 1), u, torch.cat([u[:, dilation:], empty], 1)], -1)


class Link(model.Link):
    """The scores of links from codes: queries and keys are rounded too, so that their product is exact."""

    def __init__(self, width: int):
        super().__init__(width)
        self.query, self.key = (Product(2 * width, model.KEY, 1 / SCALE) for _ in range(2))
        self.none = Product(2 * width, 1, 1 / SCALE)

    def forward(self, froms: Tensor, tos: Tensor, place: Tensor) -> Tensor:
        q, k = (rounded(f(x) * SCALE_LINK, f.quantise).clamp(-TOP, TOP) for f, x in ((self.query, froms), (self.key, tos)))
        scores = (q @ k.T) * (1 / (SCALE_LINK * SCALE_LINK * model.KEY**0.5))
        scores = scores + self.distance[place[..., 0]] + self.between[place[..., 1]] + self.paragraph[place[..., 2]]
        return torch.cat([self.none(froms), scores], dim=1)


class Student(model.Encoder):
    WINDOW = None

    def __init__(self, width: int, dilations: list[int], dropout: float = 0.1, word_dropout: float = 0.1,
                 table: Tensor | None = None):  # fmt: skip
        super().__init__()
        self.WIDTH = width
        table = weights.tensors()["embeddings.word_embeddings.weight"] if table is None else table
        self.register_buffer("table", table / table.std(), persistent=False)
        self.project = nn.Parameter(torch.randn(table.shape[1], width) / table.shape[1] ** 0.5)
        self.features = model.Features(width)
        self.blocks = nn.ModuleList(Block(width, d, dropout) for d in dilations)
        self.last = Normal(width, SCALE, ZERO)
        self.heads = model.Heads(width)
        self.heads.tags = Product(width, data.TAGS, 1 / SCALE)
        self.heads.links = nn.ModuleDict({name: Link(width) for name in ("cue", "source")})
        self.word_dropout = word_dropout

    def words(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """The projected rows as whole numbers (…, width) and the scale of each (…, 1)."""
        rows = self.table[ids] @ self.project
        scale = rows.detach().abs().amax(-1, keepdim=True).clamp(min=1e-8) / TOP
        return rounded(rows / scale, self.heads.tags.quantise), scale

    def forward(self, inputs: Tensor, length: Tensor) -> Tensor:
        """inputs (batch, pieces, 4), length (batch,) → (batch, pieces, width) of whole numbers from -64 to 63."""
        mask = (torch.arange(inputs.shape[1])[None] < length[:, None])[..., None].float()
        whole, scale = self.words(inputs[..., 0])
        h = whole * scale
        if self.training:
            h = h * (torch.rand(*h.shape[:2], 1) >= self.word_dropout)
        for i, table in enumerate(self.features.tables):
            h = h + table(inputs[..., 1 + i])
        for block in self.blocks:
            h = block(h, mask)
        a, b = self.last(h[mask[..., 0] > 0] if self.training else None)
        return code(h * a + b, self.heads.tags.quantise) - ZERO

    def quantise(self, on: bool) -> None:
        for part in self.modules():
            if isinstance(part, Product):
                part.quantise = on

    def progress(self, done: float, settings: dict) -> None:
        """Rounding begins after `float_part` of the run; the statistics stand still after `frozen_after`."""
        self.quantise(done >= settings.get("float_part", 0.0))
        for part in self.modules():
            if isinstance(part, Normal):
                part.frozen = done >= settings.get("frozen_after", 0.8)
