"""A student out of a model file: what is shipped can be trained on, whatever became of the run that made it.

In: a file that export.py wrote. Out: a student whose coders know their ranges. Never: a choice; what whole numbers leave
open (how a scale is shared between a layer and the coder behind it) is set so that weights are about as large as MiniLM's.
Next: distill.py, which trains it.
"""

import math
import pathlib

import torch
from torch import Tensor

from train import export, student

USUAL = 0.05  # standard deviation of MiniLM's weights


@torch.no_grad()
def begin(net: student.Student, path: pathlib.Path, bias: list[float]) -> None:
    """Fills `net`, which has the file's layers and may have more heads. `bias` is what was added to the file's tags."""
    t = {name: torch.from_numpy(array.copy()) for name, array in export.decode_file(path.read_bytes()).items() if array.dtype.kind in "if"}
    count = len(t["position"])
    net.position.weight[:count] = t["position"].float() * t["position.scale"][:, None]
    for table, name in zip(net.features.tables, ("case", "state", "start")):
        table.weight.copy_(t[name])
    norm(net.norm, t, "norm")
    for i, layer in enumerate(net.layers):
        fill(layer, t, f"layer.{i}")
    coder(net.last, t, "last")
    product(net.heads.tags, t, "tags")
    net.heads.tags.bias -= torch.tensor(bias)
    for name, link in net.heads.links.items():
        if f"link.{name}.query" in t:
            for part in ("query", "key"):
                product(getattr(link, part), t, f"link.{name}.{part}", student.SCALE_LINK)
            product(link.none, t, f"link.{name}.none")
            for part in ("distance", "between", "paragraph"):
                getattr(link, part).copy_(t[f"link.{name}.{part}"])


def fill(layer: student.Layer, t: dict[str, Tensor], at: str) -> None:
    for name in ("outer", "between", "inner"):
        coder(getattr(layer, name), t, f"{at}.{name}")
    whole, scale, shift = (t[f"{at}.attention{part}"].float() for part in ("", ".scale", ".shift"))
    rows = layer.heads * student.HEAD
    query, key, value = (slice(j * rows, (j + 1) * rows) for j in range(3))
    # A head's softness tells the product of the scales of its queries and keys; values have one for each channel.
    product_of = math.log2(math.e) / student.HEAD**0.5 / t[f"{at}.softness"]
    both = product_of.sqrt().repeat_interleave(student.HEAD)
    given = layer.outer.affine()[0]
    spread = (whole[value] * scale[value, None] * given).std(1)
    times = {"query": both, "key": both, "value": spread / USUAL}
    for name, part, coded in (("query", query, layer.queries), ("key", key, layer.keys), ("value", value, layer.values)):
        reach = student.SIGNED / times[name][:: coded.group]
        coded.low.copy_(-reach)
        coded.high.copy_(reach)
        linear(getattr(layer, name), layer.outer, whole[part], scale[part] / times[name], shift[part] / times[name])
    mixed = t[f"{at}.mixed.scale"] * layer.values.affine()[0]
    ranges(layer.mixed, mixed, t[f"{at}.mixed.shift"])
    for name, before in (("out", layer.mixed), ("up", layer.between), ("down", layer.inner)):
        linear(getattr(layer, name), before, *(t[f"{at}.{name}{part}"].float() for part in ("", ".scale", ".shift")))
    for name in ("norm1", "norm2"):
        norm(getattr(layer, name), t, f"{at}.{name}")


def linear(layer: student.Linear, before: student.Coder, whole: Tensor, scale: Tensor, shift: Tensor) -> None:
    """The weights and bias from which `Linear.folded` makes these whole numbers."""
    times, zero = before.affine()
    layer.weight.copy_(whole * scale[:, None] * times)
    layer.bias.copy_(shift.double() + (whole.double() @ zero.double()) * scale.double())


def product(layer: student.Product, t: dict[str, Tensor], name: str, times: float = 1.0) -> None:
    layer.weight.copy_(t[name].float() * (t[f"{name}.scale"] / layer.step / times)[:, None])
    layer.bias.copy_(t[f"{name}.shift"] / times)


def coder(of: student.Coder, t: dict[str, Tensor], name: str) -> None:
    ranges(of, t[f"{name}.scale"], t[f"{name}.shift"])


def ranges(of: student.Coder, scale: Tensor, shift: Tensor) -> None:
    of.low.copy_(-shift / scale)
    of.high.copy_((student.TOP - shift) / scale)


def norm(layer: torch.nn.LayerNorm, t: dict[str, Tensor], name: str) -> None:
    layer.weight.copy_(t[f"{name}.scale"])
    layer.bias.copy_(t[f"{name}.shift"])
