"""Writes the model file, and reference outputs for the parity test of the reader in Rust.

    python -m train.export train/runs/NAME.toml MODEL REFERENCE.json [--name en-3]
    python -m train.export --tiny train/reference/tiny.model train/reference/tiny.json

The second makes a small model of random weights, which the repository holds so that parity can be tested without the
real weights. The format is told in train/README.md.
"""

import argparse
import hashlib
import json
import pathlib
import struct
import unicodedata

import numpy as np
import torch

from train import data, decode, distill, loop, prepare, quantised, student, text, weights

MAGIC = b"onrecord"
VERSION = 2
ALIGN = 64
TINY = pathlib.Path(__file__).parent / "reference/tiny.model"
KINDS = {np.dtype("int8"): 0, np.dtype("float32"): 1, np.dtype("uint32"): 2, np.dtype("uint8"): 3}
SENTENCES = (
    "“We will open in May,” said Mayor Dana Ruiz. “Not before.”",
    "Ellwick, a harbour town, expects rain.\nHarbour chief Tom Okafor said the ferry was late, and that nobody had been told why.",
    "''No comment,'' she wrote.\n\"It isn't over\", the N.H.A. warned on Café Road — twice!",
    "",
    "According to two officials briefed on the talks, the union's chairman, Ida Brandt, believes \"a deal\" is near; she declined "
    "to say when.\n\nCritics call it “a gift\nto nobody” and the minister has denied it.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=pathlib.Path, nargs="?")
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("reference", type=pathlib.Path)
    parser.add_argument("--tiny", action="store_true")
    parser.add_argument("--name", default="en-3")
    args = parser.parse_args()
    if args.tiny:
        net, pieces, moves, name = tiny(), TINY_PIECES, tiny_moves(), "tiny"
    else:
        run = loop.Run.read(args.run)
        net, pieces, name = distill.load(run, with_bias=True), weights.vocabulary(), args.name
        moves = decode.transitions(data.load(prepare.WORK / "data/train.jsonl"))
    tensors = quantised.freeze(net)
    pieces = keep_english(tensors, pieces)
    tensors |= {"moves": moves.numpy(), "name": letters(name), "vocabulary": letters("\n".join(pieces))}
    file = encode(tensors)
    args.model.write_bytes(file)
    told = reference(tensors, text.WordPieces(pieces), hashlib.sha256(file).hexdigest())
    args.reference.write_text(lines(told), encoding="utf-8")
    print(args.model, len(file), "bytes, payload sha256", file[24:56].hex())


def keep_english(tensors: quantised.Tensors, pieces: list[str]) -> list[str]:
    """Drops the pieces that English news does not use: unused ones, and letters beyond Latin."""
    kept = [i for i, piece in enumerate(pieces) if not piece.startswith("[unused") and not any(foreign(c) for c in piece)]
    place = {old: new for new, old in enumerate(kept)}
    for name in ("words", "words.scale"):
        tensors[name] = tensors[name][kept]
    tensors["edges"] = np.array([place[edge] for edge in tensors["edges"].tolist()], dtype=np.uint32)
    return [pieces[i] for i in kept]


def foreign(c: str) -> bool:
    return c.isalpha() and not unicodedata.name(c, "").startswith("LATIN")


def lines(told: dict) -> str:
    """JSON with a line for each key of each case."""
    cases = (",\n  ".join(f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in case.items()) for case in told["cases"])
    body = ",\n ".join("{" + case + "}" for case in cases)
    return f'{{"model_sha256": "{told["model_sha256"]}",\n "cases": [\n {body}\n]}}\n'


def letters(s: str) -> np.ndarray:
    return np.frombuffer(s.encode(), dtype=np.uint8)


def encode(tensors: quantised.Tensors) -> bytes:
    """Header of 56 bytes (magic, version, count, payload length, payload sha256), then the tensors by name."""
    payload = bytearray()
    for name, array in sorted(tensors.items()):
        label = name.encode()
        payload += struct.pack("<BBH", KINDS[array.dtype], array.ndim, len(label)) + label
        payload += struct.pack(f"<{array.ndim}I", *array.shape)
        payload += bytes(-len(payload) % ALIGN)
        payload += np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")).tobytes()
    header = MAGIC + struct.pack("<IIQ", VERSION, len(tensors), len(payload))
    return header + hashlib.sha256(payload).digest() + bytes(payload)


def decode_file(file: bytes) -> quantised.Tensors:
    """What `encode` wrote; the test reads it back."""
    assert file[:8] == MAGIC
    version, count, length = struct.unpack_from("<IIQ", file, 8)
    payload = file[56:]
    # Version 1 is the same without mentions.
    assert version in (1, VERSION) and (length, hashlib.sha256(payload).digest()) == (len(payload), file[24:56])
    types = {kind: dtype for dtype, kind in KINDS.items()}
    out, at = {}, 0
    for _ in range(count):
        kind, dims, size = struct.unpack_from("<BBH", payload, at)
        name = payload[at + 4 : at + 4 + size].decode()
        at += 4 + size
        shape = struct.unpack_from(f"<{dims}I", payload, at)
        at += 4 * dims
        at += -at % ALIGN
        array = np.frombuffer(payload, types[kind], int(np.prod(shape)), at).reshape(shape)
        at += array.nbytes
        out[name] = array
    return out


def reference(tensors: quantised.Tensors, pieces: text.WordPieces, digest: str) -> dict:
    """For each sentence what every step gives; floats as the hexadecimal bits of float32."""
    moves = torch.from_numpy(np.array(tensors["moves"]))
    cases = []
    for sentence in SENTENCES:
        article = data.article({"name": "", "text": sentence}, pieces)
        inputs, first = article.inputs.numpy(), article.first.numpy()
        codes = quantised.run(tensors, inputs, decode.windows(article, student.Student.WINDOW))
        scores = quantised.tag_scores(tensors, codes[first])
        mentions = quantised.mention_scores(tensors, codes[first])
        tags = decode.viterbi(torch.from_numpy(scores), moves, article.words.start)
        links = link_tables(tensors, article, codes, decode.spans_of(tags))
        cases.append({
            "text": sentence, "words": article.words.spans, "paragraph": article.words.paragraph, "case": article.words.case,
            "state": article.words.state, "first": first.tolist(), "pieces": inputs[:, 0].tolist(),
            "codes_sha256": hashlib.sha256(codes.tobytes()).hexdigest(), "codes_first_piece": codes[:1].tolist(),
            "tag_scores": [[bits(x) for x in row] for row in scores], "tags": tags, "links": links,
            "mention_scores": [[bits(x) for x in row] for row in mentions],
        })  # fmt: skip
    return {"model_sha256": digest, "cases": cases}


def link_tables(tensors: quantised.Tensors, article: data.Article, codes: np.ndarray, spans: decode.Spans) -> dict:
    by_role = [[s for s in spans if s.role == role] for role in range(3)]
    sources, cues, contents = by_role
    hidden = torch.from_numpy(codes.astype(np.int64))
    out = {}
    for name, froms, tos, between in (("cue", contents, cues, cues), ("source", cues, sources, cues), ("same", spans, spans, spans)):
        if froms and tos:
            ends = [decode.ends(article, hidden, which).numpy() for which in (froms, tos)]
            place = decode.places(froms, tos, between, article).numpy()
            scores = quantised.link_scores(tensors, name, *ends, place)
            out[name] = {
                "from": [(s.first, s.last) for s in froms], "to": [(s.first, s.last) for s in tos],
                "place": place.tolist(), "scores": [[bits(x) for x in row] for row in scores],
            }  # fmt: skip
    return out


def bits(x: np.float32) -> str:
    return struct.pack(">f", x).hex()


TINY_PIECES = [
    "[PAD]", "[CLS]", "[SEP]", text.UNKNOWN, *(mark + c for mark in ("", "##") for c in "abcdefghijklmnopqrstuvwxyz0123456789"),
    *".,;:!?'\"“”’—-", "said", "the", "that", "she", "mayor", "##ed", "##es", "##ing", "not", "accord", "believe", "will", "open",
]  # fmt: skip


def tiny() -> student.Student:
    """96 wide, two layers of one and two heads, random."""
    torch.manual_seed(7)
    net = student.Student([1, 2], [32, 64], table=torch.randn(len(TINY_PIECES), 96), edges=(1, 2))
    net.add_mentions()
    for name, parameter in net.named_parameters():
        if "norm" in name and name.endswith("weight"):
            torch.nn.init.uniform_(parameter, 0.5, 1.5)
        elif parameter.ndim == 1 or "features" in name or "position" in name:
            torch.nn.init.normal_(parameter, 0.0, 0.3)
        elif name.startswith("layers"):
            torch.nn.init.normal_(parameter, 0.0, 1.5 / parameter.shape[1] ** 0.5)
    for head in (net.heads.tags, *net.heads.mentions.values()):
        torch.nn.init.normal_(head.weight, 0.0, 1.0)
    net.quantise(False, watching=True)
    rows = torch.stack([torch.randint(n, (8, 40)) for n in (len(TINY_PIECES), text.CASES, text.STATES, text.STARTS)], dim=-1)
    with torch.inference_mode():
        net.eval()(rows, torch.full((8,), 40))
    net.quantise(True)
    return net


def tiny_moves() -> torch.Tensor:
    barred = [[0.0 if decode.legal(before, tag) else decode.BARRED for tag in range(data.TAGS)] for before in range(data.TAGS)]
    return torch.tensor(barred)


if __name__ == "__main__":
    main()
