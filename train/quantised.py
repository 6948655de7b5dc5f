"""The student in integers: the tensors of the model file, and the arithmetic that Rust repeats bit for bit.

In: a trained student. Out: named arrays of int8, uint8, uint32, float32. Never: torch in `run`, `tag_scores`,
`link_scores`: they are plain numpy, whole sums and float32 steps in the order written, so that they can be read as the
specification.
Next: export.py, which writes the file.
"""

from collections.abc import Iterable

import numpy as np
import torch

from train import data, model, student

Tensors = dict[str, np.ndarray]
Array = np.ndarray
F = np.float32
NOT_READY = "the student must be quantised and in eval mode"
LANES = 32  # partial sums of a row
POSITIONS = model.Teacher.WINDOW + 2


@torch.inference_mode()
def freeze(net: student.Student) -> Tensors:
    assert not net.training and net.last.whole, NOT_READY
    out = words(net)
    whole, steps = rows(net.position.weight[:POSITIONS])
    out |= {"position": small(whole), "position.scale": steps[:, 0].numpy()}
    for name, table in zip(("case", "state", "start"), net.features.tables):
        out[name] = table.weight.numpy()
    out |= norm("norm", net.norm)
    out["edges"] = np.array(net.edges, dtype=np.uint32)
    out |= layers(net.layers)
    out |= coder("last", net.last)
    out |= product("tags", net.heads.tags)
    parts = [product("mentions", net.heads.mentions[layer]) for layer in data.LAYERS]
    out |= {name: np.concatenate([arrays[name] for arrays in parts]) for name in parts[0]}
    for name, link in net.heads.links.items():
        # A power of two changes no bit but the exponent, so it may be folded in.
        out |= product(f"link.{name}.query", link.query, student.SCALE_LINK)
        out |= product(f"link.{name}.key", link.key, student.SCALE_LINK)
        out |= product(f"link.{name}.none", link.none)
        for part in ("distance", "between", "paragraph"):
            out[f"link.{name}.{part}"] = getattr(link, part).numpy()
    return out


@torch.inference_mode()
def freeze_branch(branch: torch.nn.Module, depth: int) -> Tensors:
    """Of a cause_branch.Branch on the first `depth` layers."""
    assert not branch.training and branch.last.whole, NOT_READY
    out = layers(branch.layers) | coder("first", branch.first) | coder("last", branch.last)
    out |= product("gate", branch.gate) | product("turns", branch.heads.turn)
    out["depth"] = np.array([depth], dtype=np.uint32)
    for name, link in branch.heads.links.items():
        for part in ("query", "key"):
            out |= product(f"pointer.{name}.{part}", getattr(link, part), student.SCALE_LINK)
        out |= {f"pointer.{name}.{part}": getattr(link, part).numpy() for part in ("distance", "between")}
    return out


def layers(of: Iterable[student.Layer]) -> Tensors:
    out: Tensors = {"heads": np.array([layer.heads for layer in of], dtype=np.uint32)}
    for i, layer in enumerate(of):
        at = f"layer.{i}"
        out |= coder(f"{at}.outer", layer.outer)
        parts = [(layer.query, layer.queries), (layer.key, layer.keys), (layer.value, layer.values)]
        folded = [linear(f, layer.outer, c.affine()[0]) for f, c in parts]
        for name, arrays in zip(("", ".scale", ".shift"), zip(*folded)):
            out[f"{at}.attention{name}"] = np.concatenate(arrays)
        step = 1 / (layer.queries.affine()[0].double() * layer.keys.affine()[0].double())[:: student.HEAD]
        out[f"{at}.softness"] = (step / student.HEAD**0.5 * np.log2(np.e)).float().numpy()
        scale, shift = layer.mixed.affine()
        out |= {f"{at}.mixed.scale": (scale / layer.values.affine()[0]).numpy(), f"{at}.mixed.shift": shift.numpy()}
        out |= {f"{at}.out{k}": v for k, v in zip(("", ".scale", ".shift"), linear(layer.out, layer.mixed))}
        out |= norm(f"{at}.norm1", layer.norm1) | coder(f"{at}.between", layer.between)
        out |= {f"{at}.up{k}": v for k, v in zip(("", ".scale", ".shift"), linear(layer.up, layer.between))}
        out |= coder(f"{at}.inner", layer.inner)
        out |= {f"{at}.down{k}": v for k, v in zip(("", ".scale", ".shift"), linear(layer.down, layer.inner))}
        out |= norm(f"{at}.norm2", layer.norm2)
    return out


def words(net: student.Student) -> Tensors:
    """Three values a byte, the first as the highest digit of three in base 6."""
    digits = ((net.numbers.int() + 5) // 2).view(len(net.numbers), -1, 3)
    return {"words": (digits @ torch.tensor([36, 6, 1], dtype=torch.int32)).numpy().astype(np.uint8), "words.scale": net.steps[:, 0].numpy()}


def linear(layer: student.Linear, given: student.Coder, times: torch.Tensor | None = None) -> tuple[Array, Array, Array]:
    """Whole weights, and what turns their sums over codes into the layer's outputs times `times`."""
    whole, step, bias, shift = layer.folded(given)
    bias = bias.double() - (whole.double() @ shift.double()) * step.double()
    times = torch.ones(len(step)) if times is None else times
    return small(whole), (step * times).numpy(), (bias * times).float().numpy()


def rows(table: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Whole numbers up to 127, and what one of them is worth in each row."""
    step = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / student.TOP
    return (table / step).round(), step


def coder(name: str, of: student.Coder) -> Tensors:
    scale, shift = of.affine()
    return {f"{name}.scale": scale.numpy(), f"{name}.shift": shift.numpy()}


def norm(name: str, of: torch.nn.LayerNorm) -> Tensors:
    return {f"{name}.scale": of.weight.numpy(), f"{name}.shift": of.bias.numpy()}


def product(name: str, layer: student.Product, times: float = 1.0) -> Tensors:
    whole, scale = layer.whole()
    bias = layer.bias * times
    return {name: small(whole), f"{name}.scale": (scale * times).numpy(), f"{name}.shift": bias.numpy()}


def small(whole: torch.Tensor) -> Array:
    return whole.numpy().astype(np.int8)


def run(t: Tensors, inputs: Array, windows: list[tuple[int, int, int, int]]) -> Array:
    """inputs (pieces, 4) of id, case, state, start → (pieces, width) int8 codes from -64 to 63.

    A window (begin, end, keep from, keep to) sees its pieces alone, between [CLS] and [SEP], and answers for some.
    """
    out = np.zeros((len(inputs), t["position"].shape[1]), np.int8)
    for begin, end, keep, to in windows:
        x = code(through(t, begun(t, inputs[begin:end])), t, "last")
        out[keep:to] = x[1 + keep - begin : 1 + to - begin] - student.ZERO
    return out


def run_branch(
    t: Tensors, branch: Tensors, inputs: Array, windows: list[tuple[int, int, int, int]], sentences: list[int]
) -> tuple[Array, Array]:
    """As `run`: the codes of a branch, and which pieces (pieces,) of bool it reads to the end; the others' codes are 0.

    It sees no edges and one of `sentences`, which are told by their first pieces, at a time, as far as the window does.
    """
    out = np.zeros((len(inputs), t["position"].shape[1]), np.int8)
    is_read = np.zeros(len(inputs), bool)
    for begin, end, keep, to in windows:
        x = through(t, begun(t, inputs[begin:end]), 0, int(branch["depth"][0]))[1:-1]
        cuts = [begin, *(at for at in sentences if begin < at < end), end]
        for a, b in zip(cuts, cuts[1:]):
            y = through(branch, x[a - begin : b - begin], 0, 1)
            if not (affine(code(y, branch, "first") - student.ZERO, branch, "gate") > 0).any():
                continue
            y = code(through(branch, y, 1), branch, "last") - student.ZERO
            kept = slice(max(a, keep), max(a, keep, min(b, to)))
            out[kept], is_read[kept] = y[kept.start - a : kept.stop - a], True
    return out, is_read


def begun(t: Tensors, inputs: Array) -> Array:
    """Pieces between the edges, before the first layer."""
    first, last = ([[edge, 0, 0, 0]] for edge in t["edges"])
    inputs = np.concatenate([first, inputs, last]).astype(np.int64)
    rows = t["words"][inputs[:, 0]].astype(np.int32)
    digits = np.stack([rows // 36, rows // 6 % 6, rows % 6], axis=-1).reshape(len(rows), -1)
    x = (2 * digits - 5).astype(F) * t["words.scale"][inputs[:, 0], None]
    x = x + t["position"][: len(x)].astype(F) * t["position.scale"][: len(x), None]
    for i, name in enumerate(("case", "state", "start")):
        x = x + t[name][inputs[:, 1 + i]]
    return normal(x, t, "norm")


def through(t: Tensors, x: Array, first: int = 0, end: int | None = None) -> Array:
    """The stream behind some layers."""
    for i, heads in list(enumerate(t["heads"].tolist()))[first:end]:
        at = f"layer.{i}"
        qkv = affine(code(x, t, f"{at}.outer"), t, f"{at}.attention")
        qkv = np.clip(np.rint(qkv), -student.SIGNED, student.SIGNED).astype(np.int64).reshape(len(x), 3, heads, student.HEAD)
        mixed = np.stack([attend(*qkv[:, :, h].swapaxes(0, 1), t[f"{at}.softness"][h]) for h in range(heads)], axis=1)
        x = x + affine(code(mixed.reshape(len(x), -1), t, f"{at}.mixed"), t, f"{at}.out")
        x = normal(x, t, f"{at}.norm1")
        inner = activate(affine(code(x, t, f"{at}.between"), t, f"{at}.up"))
        x = x + affine(code(inner, t, f"{at}.inner"), t, f"{at}.down")
        x = normal(x, t, f"{at}.norm2")
    return x


def normal(x: Array, t: Tensors, name: str) -> Array:
    """To mean 0 and variance 1, then × scale + shift."""
    each = F(1) / F(x.shape[1])
    x = x - (total(x) * each)[:, None]
    spread = F(1) / np.sqrt(total(x * x) * each + F(student.EPSILON))
    return (x * spread[:, None]) * t[f"{name}.scale"] + t[f"{name}.shift"]


def total(x: Array) -> Array:
    """The sum of each row: lane j takes j, j + 32, ... in turn, then lanes are added by halves."""
    lanes = np.zeros((len(x), LANES), F)
    for i in range(0, x.shape[1], LANES):
        lanes = lanes + x[:, i : i + LANES]
    while lanes.shape[1] > 1:
        half = lanes.shape[1] // 2
        lanes = lanes[:, :half] + lanes[:, half:]
    return lanes[:, 0]


def attend(q: Array, k: Array, v: Array, softness: F) -> Array:
    """(pieces, 32) whole numbers each → (pieces, 32): the values, each weighed by the power of what its score lacks."""
    scores = q @ k.T
    lacks = (scores.max(axis=1, keepdims=True) - scores).astype(F) * softness
    lacks = np.minimum(lacks, F(student.CUT))
    whole = np.rint(lacks)
    f = lacks - whole
    a, b = map(F, student.POWER)
    power = (b * f + a) * f + F(student.TOP)
    parts = np.rint(power * np.exp2(-whole).astype(F)).astype(np.int64)
    return (parts @ v).astype(F) * (F(1) / parts.sum(axis=1).astype(F))[:, None]


def activate(x: Array) -> Array:
    """x · Φ(x), nearly."""
    a, b, c, d = map(F, student.ACTIVATION)
    y = np.clip(x, F(-student.REACH), F(student.REACH))
    z = y * y
    return x * ((((d * z + c) * z + b) * z + a) * y + F(0.5))


def code(x: Array, t: Tensors, name: str) -> Array:
    """x · scale + shift in float32, rounded half to even, cut to 0..127."""
    y = x * t[f"{name}.scale"] + t[f"{name}.shift"]
    return np.clip(np.rint(y), 0, student.TOP).astype(np.int64)


def affine(codes: Array, t: Tensors, name: str) -> Array:
    """(n, inputs) whole numbers → (n, outputs) float32."""
    sums = codes.astype(np.int64) @ t[name].astype(np.int64).T
    return sums.astype(F) * t[f"{name}.scale"] + t[f"{name}.shift"]


def tag_scores(t: Tensors, codes: Array) -> Array:
    """codes (words, width) of first pieces → (words, 7)."""
    return affine(codes, t, "tags")


def mention_scores(t: Tensors, codes: Array) -> Array:
    """codes (words, width) of first pieces → (words, 18): names, then nominals."""
    return affine(codes, t, "mentions")


def link_scores(t: Tensors, name: str, froms: Array, tos: Array, place: Array) -> Array:
    """froms (n, 2 width), tos (m, 2 width), place (n, m, 3) → (n, 1 + m); column 0 is finding none."""
    scores = fit(t, f"link.{name}", froms, tos)
    for i, part in enumerate(("distance", "between", "paragraph")):
        scores = scores + t[f"link.{name}.{part}"][place[..., i]]
    return np.concatenate([affine(froms, t, f"link.{name}.none"), scores], axis=1)


def pointer_scores(t: Tensors, name: str, froms: Array, tos: Array, place: Array) -> Array:
    """froms (n, width), tos (m, width), place (n, m, 2) → (n, m)."""
    scores = fit(t, f"pointer.{name}", froms, tos)
    for i, part in enumerate(("distance", "between")):
        scores = scores + t[f"pointer.{name}.{part}"][place[..., i]]
    return scores


def fit(t: Tensors, name: str, froms: Array, tos: Array) -> Array:
    q, k = (np.clip(np.rint(affine(x, t, f"{name}.{part}")), -student.TOP, student.TOP).astype(np.int64)
            for part, x in (("query", froms), ("key", tos)))  # fmt: skip
    return (q @ k.T).astype(F) * F(1 / (student.SCALE_LINK**2 * 8))
