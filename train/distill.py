"""Trains one student from the gold and from what teachers read.

    python -m train.distill train/runs/NAME.toml            trains to the end, or goes on
    python -m train.distill train/runs/NAME.toml --score    scores the checkpoint on dev
"""

import argparse
import pathlib

import safetensors.torch
import torch

from train import data, gold, loop, prepare, student


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=pathlib.Path)
    parser.add_argument("--score", action="store_true")
    args = parser.parse_args()
    run = loop.Run.read(args.run)
    encoder = make(run.settings)
    train = data.load(prepare.WORK / "data/train.jsonl", run.settings.get("limit"))
    check = gold.Check(run, encoder, train)
    if args.score:
        load(encoder, run)
        check(0)
        return
    examples = taught(run, "train", train)
    if "news" in run.settings["taught"]:
        examples += taught(run, "news", data.load(prepare.WORK / "data/news.jsonl", run.settings.get("limit")))
    groups = [{"params": [p for p in encoder.parameters() if p.requires_grad], "lr": run.settings["rate"]}]
    weigh = {"tags": 1.0, "links": loop.LINK_WEIGHT, "kl": run.settings["kl"]}
    loop.train(run, encoder, groups, examples, weigh, check)


def make(settings: dict) -> student.Student:
    encoder = student.Student(settings["width"], settings["dilations"], settings["dropout"], settings["word_dropout"])
    encoder.half = settings["bfloat16"]
    return encoder


def load(encoder: student.Student, run: loop.Run) -> None:
    """The last checkpoint, ready to read. `none_bias`, chosen on dev, moves the balance of precision and recall."""
    state = torch.load(run.folder / "checkpoint.pt", weights_only=True)
    encoder.load_state_dict(state["encoder"])
    with torch.no_grad():
        encoder.heads.tags.bias[0] += run.settings.get("none_bias", 0.0)
    encoder.quantise(True)
    encoder.eval()


def taught(run: loop.Run, part: str, articles: list[data.Article]) -> list[loop.Example]:
    """With the mean of the teachers' probabilities where the run asks for them; else gold alone."""
    if part not in run.settings["taught"]:
        return [loop.example(a) for a in articles]
    read = [safetensors.torch.load_file(str(run.folder.parent / name / f"{part}.safetensors")) for name in run.settings["teachers"]]
    return [loop.example(a, torch.stack([r[str(i)].float() for r in read]).mean(0)) for i, a in enumerate(articles)]


if __name__ == "__main__":
    main()
