"""Trains one student from the gold and from what teachers read.

    python -m train.distill train/runs/NAME.toml            trains to the end, or goes on
    python -m train.distill train/runs/NAME.toml --score    scores the checkpoint on dev
"""

import argparse
import pathlib
import tomllib

import safetensors.torch
import torch

from train import data, gold, loop, prepare, shrink, student, teacher


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=pathlib.Path)
    parser.add_argument("--score", action="store_true")
    args = parser.parse_args()
    run = loop.Run.read(args.run)
    train = data.load(prepare.WORK / "data/train.jsonl", run.settings.get("limit"))
    if args.score:
        encoder = make(run.settings)
        load(encoder, run)
        gold.Check(run, encoder, train)(0)
        return
    encoder = begin(run, train)
    check = gold.Check(run, encoder, train)
    examples = taught(run, "train", train)
    if "news" in run.settings["taught"]:
        examples += taught(run, "news", data.load(prepare.WORK / "data/news.jsonl", run.settings.get("limit")))
    s = run.settings
    fresh = [*encoder.heads.parameters(), *encoder.features.parameters()]
    known = {id(p) for p in fresh}
    groups = [{"params": fresh, "lr": s["rate_heads"]},
              {"params": [p for p in encoder.parameters() if id(p) not in known], "lr": s["rate"]}]  # fmt: skip
    weigh = {"tags": 1.0, "links": loop.LINK_WEIGHT, "kl": s["kl"]}
    loop.train(run, encoder, groups, examples, weigh, check)


def make(settings: dict) -> student.Student:
    encoder = student.Student(settings["heads"], settings["inner"], settings["dropout"], settings["word_dropout"])
    encoder.half = settings["bfloat16"]
    return encoder


def begin(run: loop.Run, train: list[data.Article]) -> student.Student:
    """Cut out of the first of the run's teachers, once."""
    path = run.folder / "begin.pt"
    encoder = make(run.settings)
    if not path.exists():
        name = run.settings["teachers"][0]
        theirs = loop.Run(name, tomllib.loads((run.path.parent / f"{name}.toml").read_text(encoding="utf-8")), run.folder.parent / name)
        cut = shrink.begin(teacher.load(theirs), run.settings, [loop.example(a) for a in train], run.log)
        torch.save(cut.state_dict(), path)
    encoder.load_state_dict(torch.load(path, weights_only=True))
    return encoder


def load(encoder: student.Student, run: loop.Run) -> None:
    """The last checkpoint, ready to read. `bias`, chosen on dev, moves the balance of precision and recall."""
    state = torch.load(run.folder / "checkpoint.pt", weights_only=True)
    encoder.load_state_dict(state["encoder"])
    with torch.no_grad():
        encoder.heads.tags.bias += torch.tensor(run.settings.get("bias", [0.0] * data.TAGS))
    encoder.quantise(True)
    encoder.eval()


def taught(run: loop.Run, part: str, articles: list[data.Article]) -> list[loop.Example]:
    """With the mean of the teachers' probabilities where the run asks for them; else gold alone."""
    if part not in run.settings["taught"]:
        return [loop.example(a) for a in articles]
    names = run.settings["teachers"]
    read = [safetensors.torch.load_file(str(run.folder.parent / name / f"{part}.safetensors")) for name in names]
    return [loop.example(a, torch.stack([r[str(i)].float() for r in read]).mean(0)) for i, a in enumerate(articles)]


if __name__ == "__main__":
    main()
