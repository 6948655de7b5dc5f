"""The student: a thinner, shallower copy of a teacher, made to run in integers.

In: word pieces with their features. Out: for each piece a vector of whole numbers from -64 to 63. Never: a sum of floats
whose order could matter, but for the mean and the spread of a row, whose order quantised.py fixes.
Next: quantised.py, the same arithmetic in integers, which is what Rust runs.

Every product is `codes · int8 weights → sum → × scale + bias`. A code is a whole number with a scale and a shift for each
channel, which fold away into weights and bias. In training a coder watches the range of each channel.
"""

import math

import torch
from torch import Tensor, nn

from train import data, model, weights

TOP = 127  # codes are 0 to 127
ZERO = 64  # the code that stands for 0 in what the heads read
SIGNED = 63  # signed codes are -63 to 63: four products with codes of 127 fit 16 bits
SCALE = 16.0  # codes for 1.0 in the vectors that the heads read, as their weights begin
SCALE_LINK = 16.0  # codes for 1.0 in queries and keys of links
LEVELS = (-5, -3, -1, 1, 3, 5)  # of the word table: three values make a byte
HEAD = 32  # width of an attention head
EPSILON = 1e-12
# x · Φ(x) is nearly x · (1/2 + y (a + b y² + c y⁴ + d y⁶)) with y = x cut at ±REACH: at most 0.0036 off.
REACH = 3.05
ACTIVATION = (3.86580046e-01, -5.22559644e-02, 4.45250431e-03, -1.51351296e-04)
# 127 · 2^-f for f from -1/2 to 1/2 is nearly 127 + f (A + f B): at most 0.24 off.
POWER = (-89.33827, 30.815393)
CUT = 15.0  # 127 · 2^-15 is 0 when rounded


def rounded(x: Tensor) -> Tensor:
    """Half to even; the gradient passes through."""
    return x + (x.round() - x).detach()


def activate(x: Tensor) -> Tensor:
    a, b, c, d = ACTIVATION
    y = x.clamp(-REACH, REACH)
    z = y * y
    return x * ((((d * z + c) * z + b) * z + a) * y + 0.5)


def power(lacks: Tensor) -> Tensor:
    """127 · 2^-lacks, as the parabola has it that quantised.py specifies."""
    lacks = lacks.clamp(max=CUT)
    whole = lacks.detach().round()
    f = lacks - whole
    a, b = POWER
    return ((b * f + a) * f + TOP) * (-whole).exp2()


class Coder(nn.Module):
    """x → whole numbers: 0 to 127 with a shift, or -63 to 63 without one.

    The range of a channel is the mean of the extremes that batches show; `group` channels share one.
    """

    MOMENTUM = 0.05

    def __init__(self, width: int, signed: bool = False, group: int = 1):
        super().__init__()
        self.signed, self.group = signed, group
        self.register_buffer("low", torch.zeros(width // group))
        self.register_buffer("high", torch.zeros(width // group))
        self.whole = self.watching = False

    def watch(self, x: Tensor) -> None:
        """x (n, width)"""
        x = x.detach().float()
        low, high = x.amin(0).view(-1, self.group).amin(1), x.amax(0).view(-1, self.group).amax(1)
        fresh = not bool(self.high.any())
        self.low.lerp_(low, 1.0 if fresh else self.MOMENTUM)
        self.high.lerp_(high, 1.0 if fresh else self.MOMENTUM)

    def affine(self) -> tuple[Tensor, Tensor]:
        """Scale and shift of each channel."""
        low, high = self.low.repeat_interleave(self.group), self.high.repeat_interleave(self.group)
        if self.signed:
            scale = SIGNED / torch.maximum(-low, high).clamp(min=1e-6)
            return scale, torch.zeros_like(scale)
        scale = TOP / (high - low).clamp(min=1e-6)
        return scale, -low * scale

    def forward(self, x: Tensor) -> Tensor:
        scale, shift = self.affine()
        y = x.float() * scale + shift
        if not self.whole:
            return y
        return rounded(y).clamp(*((-SIGNED, SIGNED) if self.signed else (0, TOP)))


class Linear(nn.Module):
    """A linear layer on codes: int8 weights with one scale for each output."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(outputs, inputs))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def folded(self, coder: Coder) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Whole weights (outputs, inputs), their scales, the bias without and the one with the coder's shift."""
        scale, shift = coder.affine()
        folded = self.weight / scale
        step = folded.detach().abs().amax(1).clamp(min=1e-8) / TOP
        whole = folded / step[:, None]
        return rounded(whole) if coder.whole else whole, step, self.bias, shift

    def forward(self, codes: Tensor, coder: Coder) -> Tensor:
        whole, step, bias, shift = self.folded(coder)
        # Whole numbers near 0 are exact in bfloat16 too.
        zero = shift.round()
        sums = (codes - zero) @ whole.T
        return sums.float() * step + (bias + (whole @ (zero - shift)) * step)


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int, dropout: float):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (Linear(width, heads * HEAD) for _ in range(3))
        self.out = Linear(heads * HEAD, width)
        self.up, self.down = Linear(width, inner), Linear(inner, width)
        self.norm1, self.norm2 = (nn.LayerNorm(width, eps=EPSILON) for _ in range(2))
        self.dropout = nn.Dropout(dropout)
        self.outer, self.mixed = Coder(width), Coder(heads * HEAD)
        self.between, self.inner = Coder(width), Coder(inner)
        self.queries, self.keys = (Coder(heads * HEAD, signed=True, group=HEAD) for _ in range(2))
        self.values = Coder(heads * HEAD, signed=True)

    def forward(self, x: Tensor, real: Tensor, gates: tuple[Tensor, Tensor] | None = None) -> Tensor:
        """x (batch, pieces, width), real (batch, pieces) of bool; `gates` for heads and inner channels measure their worth."""
        batch, pieces, _ = x.shape

        def code(coder: Coder, x: Tensor) -> Tensor:
            if coder.watching:
                coder.watch(x[real])
            return coder(x)

        def split(x: Tensor) -> Tensor:
            return x.view(batch, pieces, self.heads, HEAD).transpose(1, 2).reshape(-1, pieces, HEAD)

        u = code(self.outer, x)
        q, k, v = (code(c, f(u, self.outer)) for f, c in ((self.query, self.queries), (self.key, self.keys), (self.value, self.values)))
        step = (1 / (self.queries.affine()[0] * self.keys.affine()[0]))[::HEAD] / math.sqrt(HEAD)
        scores = torch.bmm(split(q), split(k).transpose(1, 2)).view(batch, self.heads, pieces, pieces)
        scores = scores.float() * step[:, None, None] + torch.where(real, 0.0, -1e4)[:, None, None]
        parts = power((scores.detach().amax(-1, keepdim=True) - scores) * math.log2(math.e))
        parts = rounded(parts) if self.outer.whole else parts
        mixed = torch.bmm(parts.to(u.dtype if not torch.is_autocast_enabled("cpu") else torch.bfloat16).view(-1, pieces, pieces), split(v))
        mixed = mixed.view(batch, self.heads, pieces, HEAD).float() / parts.sum(-1, keepdim=True)
        if gates:
            mixed = mixed * gates[0][:, None, None]
        mixed = mixed.transpose(1, 2).reshape(batch, pieces, -1) / self.values.affine()[0]
        x = self.norm1(x + self.dropout(self.out(code(self.mixed, mixed), self.mixed)))
        inner = activate(self.up(code(self.between, x), self.between))
        if gates:
            inner = inner * gates[1]
        return self.norm2(x + self.dropout(self.down(code(self.inner, inner), self.inner)))


class Product(nn.Module):
    """A linear layer of the heads on codes less `ZERO`: int8 weights with one scale for each output channel."""

    def __init__(self, inputs: int, outputs: int, step: float):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) / inputs**0.5)
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.step = step  # what one code of the input is worth
        self.quantise = True

    def whole(self) -> tuple[Tensor, Tensor]:
        """The weights as whole numbers (outputs, inputs) and their scale (outputs,)."""
        scale = self.weight.detach().abs().amax(1).clamp(min=1e-8) / TOP
        whole = self.weight / scale[:, None]
        return rounded(whole) if self.quantise else whole, scale * self.step

    def forward(self, codes: Tensor) -> Tensor:
        whole, scale = self.whole()
        return (codes @ whole.T) * scale + self.bias


class Link(model.Link):
    """The scores of links from codes: queries and keys are rounded too, so that their product is exact."""

    def __init__(self, width: int):
        super().__init__(width)
        self.query, self.key = (Product(2 * width, model.KEY, 1 / SCALE) for _ in range(2))
        self.none = Product(2 * width, 1, 1 / SCALE)

    def scores(self, froms: Tensor, tos: Tensor, distance: Tensor, between: Tensor) -> Tensor:
        q, k = (f(x) * SCALE_LINK for f, x in ((self.query, froms), (self.key, tos)))
        if self.query.quantise:
            q, k = (rounded(x).clamp(-TOP, TOP) for x in (q, k))
        scores = (k @ q[..., None])[..., 0] * (1 / (SCALE_LINK * SCALE_LINK * model.KEY**0.5))
        return scores + self.distance[distance] + self.between[between]

    def forward(self, froms: Tensor, tos: Tensor, place: Tensor) -> Tensor:
        q, k = (f(x) * SCALE_LINK for f, x in ((self.query, froms), (self.key, tos)))
        if self.query.quantise:
            q, k = (rounded(x).clamp(-TOP, TOP) for x in (q, k))
        scores = (q @ k.T) * (1 / (SCALE_LINK * SCALE_LINK * model.KEY**0.5))
        scores = scores + self.distance[place[..., 0]] + self.between[place[..., 1]] + self.paragraph[place[..., 2]]
        return torch.cat([self.none(froms), scores], dim=1)


class Student(model.Encoder):
    WINDOW = model.Teacher.WINDOW

    def __init__(self, heads: list[int], inner: list[int], dropout: float = 0.1, word_dropout: float = 0.0,
                 table: Tensor | None = None, edges: tuple[int, int] = model.EDGES):  # fmt: skip
        """`heads` and `inner` of each layer; `table` (pieces, width) and `edges` stand in for MiniLM's."""
        super().__init__()
        numbers, steps = few_levels(weights.words() if table is None else table)
        self.edges = edges
        self.WIDTH = width = numbers.shape[1]
        self.register_buffer("numbers", numbers, persistent=False)
        self.register_buffer("steps", steps, persistent=False)
        self.position = nn.Embedding(512, width)
        self.features = model.Features(width)
        self.norm = nn.LayerNorm(width, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(width, h, i, dropout) for h, i in zip(heads, inner))
        self.dropout, self.word_dropout = nn.Dropout(dropout), word_dropout
        self.last = Coder(width)
        self.heads = model.Heads(width)
        self.heads.tags = Product(width, data.TAGS, 1 / SCALE)
        self.heads.links = nn.ModuleDict({name: Link(width) for name in ("cue", "source")})

    def add_mentions(self) -> None:
        for layer, kinds in data.LAYERS.items():
            self.heads.mentions[layer] = Product(self.WIDTH, 1 + 2 * len(kinds), 1 / SCALE)
        self.heads.links["same"] = Link(self.WIDTH)

    def forward(self, inputs: Tensor, length: Tensor, gates: list | None = None) -> Tensor:
        """inputs (batch, pieces, 4), length (batch,) → (batch, pieces, width) of whole numbers from -64 to 63."""
        framed, real, at = model.framed(inputs, length, self.edges)
        words = self.numbers[framed[..., 0]] * self.steps[framed[..., 0]]
        if self.training and self.word_dropout:
            words = words * (torch.rand(*words.shape[:2], 1) >= self.word_dropout)
        x = self.dropout(self.norm(words + self.position(at) + self.features(framed)))
        for i, layer in enumerate(self.layers):
            x = layer(x, real, gates[i] if gates else None)
        if self.last.watching:
            self.last.watch(x[real])
        return self.last(x[:, 1:-1]) - ZERO

    def progress(self, done: float, settings: dict) -> None:
        """Rounding begins after `float_part` of the run; the ranges stand still after `frozen_after`."""
        self.quantise(done >= settings.get("float_part", 0.0), done < settings.get("frozen_after", 0.8))

    def quantise(self, on: bool, watching: bool = False) -> None:
        for part in self.modules():
            if isinstance(part, Coder):
                part.whole, part.watching = on, watching
            elif isinstance(part, Product):
                part.quantise = on


def few_levels(table: Tensor) -> tuple[Tensor, Tensor]:
    """Each row as odd numbers from -5 to 5 (int8) and a step, the one that loses least of six tried."""
    numbers = torch.zeros_like(table, dtype=torch.int8)
    steps = torch.zeros(len(table), 1)
    least = torch.full((len(table), 1), math.inf)
    for part in (0.4, 0.5, 0.6, 0.7, 0.8, 1.0):
        step = table.abs().amax(1, keepdim=True).clamp(min=1e-8) * part / LEVELS[-1]
        tried = ((table / step - 1) / 2).round().clamp(-3, 2) * 2 + 1
        loss = (tried * step - table).square().sum(1, keepdim=True)
        numbers = torch.where(loss < least, tried.to(torch.int8), numbers)
        steps = torch.where(loss < least, step, steps)
        least = torch.minimum(loss, least)
    return numbers, steps
