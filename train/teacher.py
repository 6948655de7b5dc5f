"""Trains one teacher.

    python -m train.teacher train/runs/NAME.toml            trains to the end, or goes on
    python -m train.teacher train/runs/NAME.toml --score    scores the checkpoint on dev
"""

import argparse
import pathlib

import torch

from train import data, gold, loop, model, prepare


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=pathlib.Path)
    parser.add_argument("--score", action="store_true")
    args = parser.parse_args()
    run = loop.Run.read(args.run)
    train = data.articles(prepare.WORK / "data", run.settings)
    if args.score:
        gold.Check(run, load(run), train)(0)
        return
    encoder = make(run)
    if "begins_with" in run.settings:
        encoder.load_state_dict(load(run.other(run.settings["begins_with"])).state_dict(), strict=False)
    else:
        encoder.load_pretrained()
    check = gold.Check(run, encoder, train)
    examples = [loop.example(a) for a in [*train, *data.with_mentions(prepare.WORK / "data", run.settings)]]
    weigh = {"tags": 1.0, "links": loop.LINK_WEIGHT, **dict.fromkeys((*data.LAYERS, "same"), run.settings.get("mentions", 0.0))}
    loop.train(run, encoder, groups(encoder, run.settings), examples, weigh, check)


def make(run: loop.Run) -> model.Teacher:
    encoder = model.Teacher(run.settings["dropout"])
    encoder.half = run.settings["bfloat16"]
    encoder.WINDOW = run.settings["window"]
    if run.settings.get("mentions"):
        encoder.add_mentions()
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


if __name__ == "__main__":
    main()
