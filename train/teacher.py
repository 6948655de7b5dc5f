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
    folder = prepare.WORK / "data"
    more = data.news(folder, run.settings) if run.settings.get("silver_news") else []
    examples = [loop.example(a) for a in [*train, *more, *data.with_mentions(folder, run.settings)]]
    loop.train(run, encoder, groups(encoder, run.settings), examples, check)


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
    """The heads learn faster than what was pretrained."""
    heads = list(encoder.heads.parameters())
    known = {id(p) for p in heads}
    rest = [p for p in encoder.parameters() if p.requires_grad and id(p) not in known]
    return [{"params": heads, "lr": settings["rate_heads"]}, {"params": rest, "lr": settings["rate"]}]


if __name__ == "__main__":
    main()
