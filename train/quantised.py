"""The student in integers: the tensors of the model file, and the arithmetic that Rust repeats bit for bit.

In: a trained student. Out: named arrays of int8, uint32, float32. Never: torch in `run`, `tag_scores`, `link_scores`:
they are plain numpy, int64 sums and float32 steps in the order written, so that they can be read as the specification.
Next: export.py, which writes the file.
"""

import numpy as np
import torch

from train import student

Tensors = dict[str, np.ndarray]
Array = np.ndarray
NOT_READY = "the student must be quantised and in eval mode"


@torch.inference_mode()
def freeze(net: student.Student) -> Tensors:
    assert not net.training and net.heads.tags.quantise, NOT_READY
    whole, scale = net.words(torch.arange(len(net.table)))
    out = {"words": small(whole), "words.scale": scale[:, 0].numpy()}
    for name, table in zip(("case", "state", "start"), net.features.tables):
        out[name] = table.weight.numpy()
    out["dilations"] = np.array([b.dilation for b in net.blocks], dtype=np.uint32)
    for i, block in enumerate(net.blocks):
        before, middle = block.before(), block.middle()
        whole, scale = block.conv.whole()
        out |= {f"block.{i}.before.scale": before[0].numpy(), f"block.{i}.before.shift": before[1].numpy()}
        out[f"block.{i}.conv"] = small(whole).reshape(len(whole), 3, -1)
        out |= {f"block.{i}.conv.scale": (scale * middle[0]).numpy(), f"block.{i}.conv.shift": middle[1].numpy()}
        out |= product(f"block.{i}.out", block.out)
    last = net.last()
    out |= {"last.scale": last[0].numpy(), "last.shift": last[1].numpy()}
    out |= product("tags", net.heads.tags)
    for name, link in net.heads.links.items():
        # A power of two changes no bit but the exponent, so it may be folded in.
        out |= product(f"link.{name}.query", link.query, student.SCALE_LINK)
        out |= product(f"link.{name}.key", link.key, student.SCALE_LINK)
        out |= product(f"link.{name}.none", link.none)
        for part in ("distance", "between", "paragraph"):
            out[f"link.{name}.{part}"] = getattr(link, part).numpy()
    return out


def product(name: str, layer: student.Product, times: float = 1.0) -> Tensors:
    whole, scale = layer.whole()
    return {name: small(whole), f"{name}.scale": (scale * times).numpy(), f"{name}.shift": (layer.bias * times).numpy()}


def small(whole: torch.Tensor) -> Array:
    return whole.numpy().astype(np.int8)


def run(t: Tensors, inputs: Array) -> Array:
    """inputs (pieces, 4) of id, case, state, start → (pieces, width) int8 codes from -64 to 63."""
    h = t["words"][inputs[:, 0]].astype(np.float32) * t["words.scale"][inputs[:, 0], None]
    h = h + t["case"][inputs[:, 1]]
    h = h + t["state"][inputs[:, 2]]
    h = h + t["start"][inputs[:, 3]]
    for i, dilation in enumerate(t["dilations"].tolist()):
        u = code(h, t, f"block.{i}.before") - student.ZERO
        total = sum(shifted(u, (tap - 1) * dilation) @ t[f"block.{i}.conv"][:, tap].astype(np.int64).T for tap in range(3))
        m = code(total.astype(np.float32), t, f"block.{i}.conv")
        h = h + linear(m, t, f"block.{i}.out")
    return (code(h, t, "last") - student.ZERO).astype(np.int8)


def shifted(u: Array, by: int) -> Array:
    """Row t of the result is row t + by, or zeros beyond the ends."""
    out = np.zeros_like(u)
    if by < 0:
        out[-by:] = u[:by]
    elif by < len(u):
        out[: len(u) - by] = u[by:]
    return out


def code(x: Array, t: Tensors, name: str) -> Array:
    """x · scale + shift in float32, rounded half to even, cut to 0..127."""
    y = x * t[f"{name}.scale"] + t[f"{name}.shift"]
    return np.clip(np.rint(y), 0, student.TOP).astype(np.int64)


def linear(codes: Array, t: Tensors, name: str) -> Array:
    """(n, inputs) whole numbers → (n, outputs) float32."""
    total = codes.astype(np.int64) @ t[name].astype(np.int64).T
    return total.astype(np.float32) * t[f"{name}.scale"] + t[f"{name}.shift"]


def tag_scores(t: Tensors, codes: Array) -> Array:
    """codes (words, width) of first pieces → (words, 7)."""
    return linear(codes, t, "tags")


def link_scores(t: Tensors, name: str, froms: Array, tos: Array, place: Array) -> Array:
    """froms (n, 2 width), tos (m, 2 width), place (n, m, 3) → (n, 1 + m); column 0 is finding none."""
    q, k = (np.clip(np.rint(linear(x, t, f"link.{name}.{part}")), -student.TOP, student.TOP).astype(np.int64)
            for part, x in (("query", froms), ("key", tos)))  # fmt: skip
    scores = (q @ k.T).astype(np.float32) * np.float32(1 / (student.SCALE_LINK**2 * 8))
    for i, part in enumerate(("distance", "between", "paragraph")):
        scores = scores + t[f"link.{name}.{part}"][place[..., i]]
    return np.concatenate([linear(froms, t, f"link.{name}.none"), scores], axis=1)
