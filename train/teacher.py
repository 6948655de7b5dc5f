"""Trains one teacher, or reads articles with it.

    python -m train.teacher train/runs/NAME.toml                      trains to the end, or goes on
    python -m train.teacher train/runs/NAME.toml --read news train    writes its tag probabilities for these parts
    python -m train.teacher train/runs/NAME.toml --score              scores the checkpoint on dev
"""

import argparse
import pathlib

import safetensors.torch
import torch

from train import data, decode, gold, loop, model, prepare


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=pathlib.Path)
    parser.add_argument("--read", nargs="+", choices=("news", "train"), default=[])
    parser.add_argument("--vectors", action="store_true", help="with --read: its vectors too")
    parser.add_argument("--score", action="store_true")
    args = parser.parse_args()
    run = loop.Run.read(args.run)
    if args.read or args.score:
        encoder = load(run)
    else:
        encoder = make(run)
        encoder.load_pretrained()
    if args.read:
        read(run, encoder, args.read, args.vectors)
        return
    train = data.load(prepare.WORK / "data/train.jsonl", run.settings.get("limit"))
    check = gold.Check(run, encoder, train)
    if args.score:
        check(0)
        return
    loop.train(run, encoder, groups(encoder, run.settings), [loop.example(a) for a in train], {"tags": 1.0, "links": loop.LINK_WEIGHT}, check)


def make(run: loop.Run) -> model.Teacher:
    encoder = model.Teacher(run.settings["dropout"])
    encoder.half = run.settings["bfloat16"]
    encoder.WINDOW = run.settings["window"]
    return encoder


def load(run: loop.Run) -> model.Teacher:
    encoder = make(run)
    state = torch.load(run.folder / "checkpoint.pt", weights_only=True)
    encoder.load_state_dict(state["encoder"])
    run.log("checkpoint of step", state["step"])
    return encoder


def groups(encoder: model.Teacher, settings: dict) -> list[dict]:
    """The heads learn faster than what was pretrained; a layer nearer the words learns slower where the run says so."""
    decay = settings.get("layer_decay", 1.0)
    out = [{"params": list(encoder.heads.parameters()), "lr": settings["rate_heads"]}]
    for i, layer in enumerate(encoder.layers):
        out.append({"params": list(layer.parameters()), "lr": settings["rate"] * decay ** (len(encoder.layers) - 1 - i)})
    below = [*encoder.position.parameters(), *encoder.norm.parameters()]
    out.append({"params": below, "lr": settings["rate"] * decay**len(encoder.layers)})
    out.append({"params": list(encoder.features.parameters()), "lr": settings["rate"]})
    return out


@torch.inference_mode()
def read(run: loop.Run, encoder: model.Teacher, parts: list[str], vectors: bool) -> None:
    """(words, tags) of probabilities for each article, in the order of the files; (pieces, width) of vectors in a file beside."""
    encoder.eval()
    for part in parts:
        files = {part: {}, **({f"{part}.vectors": {}} if vectors else {})}
        if all(fresh(run.folder / f"{name}.safetensors", run.folder / "checkpoint.pt") for name in files):
            continue
        for i, article in enumerate(data.load(prepare.WORK / f"data/{part}.jsonl")):
            hidden = decode.encode(encoder, article)
            files[part][str(i)] = encoder.heads.tags(hidden[article.first]).softmax(-1).half().contiguous()
            if vectors:
                files[f"{part}.vectors"][str(i)] = hidden.half().contiguous()
        for name, tensors in files.items():
            safetensors.torch.save_file(tensors, str(run.folder / f"{name}.safetensors"))
        run.log("read", part, len(files[part]))


def fresh(path: pathlib.Path, than: pathlib.Path) -> bool:
    return path.exists() and path.stat().st_mtime > than.stat().st_mtime


if __name__ == "__main__":
    main()
