"""Writes a branch file, and reference outputs for the parity test of the reader in Rust.

    python -m train.cause_export BRANCH.pt OUT.model REFERENCE.json --name links-1
    python -m train.cause_export --tiny train/reference/tiny.branch train/reference/tiny-branch.json

The second makes a small branch of random weights for `tiny.model`. The format is told in train/README.md.
"""

import argparse
import hashlib
import json
import pathlib

import numpy as np
import torch

from train import cause, cause_branch, data, decode, export, quantised, student, text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("branch", type=pathlib.Path, nargs="?")
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("reference", type=pathlib.Path, nargs="?")
    parser.add_argument("--tiny", action="store_true")
    parser.add_argument("--name", default="links-1")
    args = parser.parse_args()
    if args.tiny:
        # Two places are given: the first is the file.
        args.branch, args.file, args.reference = None, args.branch, args.file
        base, branch, depth, name = export.TINY, tiny(), 1, "tiny-branch"
    else:
        branch, depth = cause_branch.load(args.branch)
        base, name = cause_branch.SHIPPED, args.name
    written = base.read_bytes()
    model = export.decode_file(written)
    tensors = quantised.freeze_branch(branch, depth)
    tensors |= {"name": export.letters(name), "base": export.letters(written[24:56].hex())}
    file = export.encode(tensors)
    args.file.write_bytes(file)
    if args.reference:
        told = reference(model, tensors, hashlib.sha256(file).hexdigest())
        args.reference.write_text(export.lines(told), encoding="utf-8")
    print(args.file, len(file), "bytes, payload sha256", file[24:56].hex())


def reference(model: quantised.Tensors, branch: quantised.Tensors, digest: str) -> dict:
    """For each text what the branch gives; floats as the hexadecimal bits of float32."""
    pieces = text.WordPieces(bytes(model["vocabulary"]).decode().split("\n"))
    cases = []
    for sentence in export.SENTENCES:
        article = data.article({"name": "", "text": sentence}, pieces)
        inputs, first, last = article.inputs.numpy(), article.first.numpy(), article.last.numpy()
        # A sentence ends with a full stop, whatever follows, and with its paragraph.
        stops = [i for i, (a, b) in enumerate(article.words.spans) if sentence[a:b] == "."]
        starts = {i + 1 for i in stops} | {i for i, start in enumerate(article.words.start) if start}
        sentences = [int(first[i]) for i in sorted(starts) if i < len(first)]
        codes, is_read = quantised.run_branch(model, branch, inputs, decode.windows(article, student.Student.WINDOW), sentences)
        # From the middle word to all before it, or from it on.
        middle = len(first) // 2
        marks = [not any(c.isalnum() for c in sentence[a:b]) for a, b in article.words.spans]
        points = {}
        for name in cause.POINTERS if len(first) else ():
            words = range(middle, len(first)) if name == "last" else range(middle)
            place = np.array([[cause.place(middle, word, marks) for word in words]]).reshape(1, -1, 2)
            tos = codes[(first if name == "begin" else last)[list(words)]]
            scores = quantised.pointer_scores(branch, name, codes[first[middle : middle + 1]], tos, place)[0]
            points[name] = {"words": list(words), "place": place[0].tolist(), "scores": [export.bits(x) for x in scores]}
        cases.append({
            "text": sentence, "paragraph": article.words.paragraph, "case": article.words.case, "state": article.words.state,
            "first": first.tolist(), "pieces": inputs[:, 0].tolist(), "sentences": sentences, "is_read": is_read.astype(int).tolist(),
            "codes_sha256": hashlib.sha256(codes.tobytes()).hexdigest(),
            "turn_scores": [[export.bits(x) for x in row] for row in quantised.affine(codes[first], branch, "turns")],
            "from": middle, "points": points,
        })  # fmt: skip
    return {"model_sha256": digest, "cases": cases}


def tiny() -> cause_branch.Branch:
    """Two layers of one head, random, on the first layer of the tiny model."""
    net = export.tiny()
    torch.manual_seed(8)
    branch = cause_branch.Branch([student.Layer(net.WIDTH, 1, 32, 0.0) for _ in range(2)], net.WIDTH)
    for name, parameter in branch.named_parameters():
        if "norm" in name and name.endswith("weight"):
            torch.nn.init.uniform_(parameter, 0.5, 1.5)
        elif parameter.ndim == 1:
            torch.nn.init.normal_(parameter, 0.0, 0.3)
        elif name.startswith("layers"):
            torch.nn.init.normal_(parameter, 0.0, 1.5 / parameter.shape[1] ** 0.5)
    rows = torch.stack([torch.randint(n, (8, 40)) for n in (len(export.TINY_PIECES), text.CASES, text.STATES, text.STARTS)], dim=-1)
    branch.quantise(False, True)
    with torch.inference_mode():
        x, real = cause_branch.stream(net, rows, torch.full((8,), 40), 1)
        opens = branch.eval()(x, real)[2]
        # Of the sentences of the reference some open the gate.
        branch.gate.bias -= opens[real].quantile(0.9)
    branch.quantise(True, False)
    return branch


if __name__ == "__main__":
    main()
