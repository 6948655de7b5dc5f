"""Trains one student from the gold and from what teachers read.

    python -m train.distill train/runs/NAME.toml            trains to the end, or goes on
    python -m train.distill train/runs/NAME.toml --score    scores the checkpoint on dev, without its bias
"""

import argparse
import pathlib

import safetensors.torch
import torch

from train import data, gold, loop, model, prepare, restart, shrink, student, teacher


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
    encoder = begin(run, train)
    check = gold.Check(run, encoder, train)
    # Of articles that an earlier run has learned, every nth is enough to forget nothing.
    examples = taught(run, "train", train)[:: run.settings.get("train_every", 1)]
    if run.settings.get("silver_news"):
        examples += [loop.example(a) for a in data.news(prepare.WORK / "data", run.settings)][:: run.settings["silver_news"]]
    if "news" in run.settings["taught"]:
        examples += taught(run, "news", data.news(prepare.WORK / "data", run.settings))
    s = run.settings
    examples += [loop.example(a) for a in data.with_mentions(prepare.WORK / "data", s)]
    if s.get("frozen"):
        # What a run has learned of attributions stays as it is: only the heads of mentions move.
        moving = [*encoder.heads.mentions.parameters(), *encoder.heads.links["same"].parameters()]
        encoder.requires_grad_(False)
        for p in moving:
            p.requires_grad_(True)
        loop.train(run, encoder, [{"params": moving, "lr": s["rate_heads"]}], examples, check)
        return
    fresh = [*encoder.heads.parameters(), *encoder.features.parameters()]
    known = {id(p) for p in fresh}
    groups = [{"params": fresh, "lr": s["rate_heads"]},
              {"params": [p for p in encoder.parameters() if id(p) not in known], "lr": s["rate"]}]  # fmt: skip
    loop.train(run, encoder, groups, examples, check, anchor(s))


def make(settings: dict) -> student.Student:
    encoder = student.Student(settings["heads"], settings["inner"], settings["dropout"], settings["word_dropout"])
    if settings.get("mentions"):
        encoder.add_mentions()
    encoder.half = settings["bfloat16"]
    return encoder


def begin(run: loop.Run, train: list[data.Article]) -> student.Student:
    """Cut out of the encoder that the run names, read from a model file, or another student trained on."""
    path = run.folder / "begin.pt"
    encoder = make(run.settings)
    if "restarts" in run.settings:
        restart.begin(encoder, pathlib.Path(run.settings["restarts"]), run.settings["restarts_bias"])
        return encoder
    if "begins_with" in run.settings:
        encoder.load_state_dict(load(run.other(run.settings["begins_with"])).state_dict(), strict=False)
        return encoder
    if not path.exists():
        trained = saved(run.other(run.settings["cut_from"]))
        shrink.begin(encoder, trained, run.settings["layers"], [loop.example(a) for a in train], run.log)
        torch.save(encoder.state_dict(), path)
    encoder.load_state_dict(torch.load(path, weights_only=True))
    return encoder


def anchor(settings: dict) -> student.Student | None:
    """The shipped student whose attributions the run keeps, if it names one: a model file, and the bias in it."""
    if "anchor" not in settings:
        return None
    encoder = student.Student(settings["heads"], settings["inner"], 0.0)
    restart.begin(encoder, pathlib.Path(settings["anchor"]), settings["anchor_bias"])
    encoder.quantise(True)
    return encoder.eval()


def load(run: loop.Run, with_bias: bool = False) -> student.Student:
    """The last checkpoint, ready to read. `bias`, chosen on dev, moves the balance of precision and recall."""
    encoder = make(run.settings)
    encoder.load_state_dict(state(run))
    if with_bias:
        with torch.no_grad():
            encoder.heads.tags.bias += torch.tensor(run.settings["bias"])
    encoder.quantise(True)
    encoder.eval()
    return encoder


def state(run: loop.Run) -> dict[str, torch.Tensor]:
    """The weights of the last checkpoint, or the weighted mean of those of other runs (Wortsman et al. 2022, Model soups)."""
    if "mean_of" not in run.settings:
        return torch.load(run.folder / "checkpoint.pt", weights_only=True)["encoder"]
    shares = run.settings["mean_of"]
    states = [state(run.other(name)) for name in shares]
    total = sum(shares.values())

    def mean(name: str) -> torch.Tensor:
        parts = [of[name] for of in states]
        if not parts[-1].is_floating_point():
            return parts[-1]
        return sum(part.float() * share for part, share in zip(parts, shares.values())) / total

    return {name: mean(name) for name in states[-1]}


def saved(run: loop.Run) -> model.Encoder:
    """A student's run says how wide its layers are, a teacher's does not."""
    return load(run) if "inner" in run.settings else teacher.load(run)


def taught(run: loop.Run, part: str, articles: list[data.Article]) -> list[loop.Example]:
    """With the mean of the teachers' probabilities where the run asks for them; else gold alone."""
    if part not in run.settings["taught"]:
        return [loop.example(a) for a in articles]
    names = run.settings["teachers"]
    found = [safetensors.torch.load_file(str(run.folder.parent / name / f"{part}.safetensors")) for name in names]

    def mean(i: int) -> dict[str, torch.Tensor]:
        told = {layer: [f[f"{i}.{layer}"].float() for f in found if f"{i}.{layer}" in f] for layer in ("tags", *data.LAYERS)}
        return {layer: torch.stack(all_told).mean(0) for layer, all_told in told.items() if all_told}

    return [loop.example(a, mean(i)) for i, a in enumerate(articles)]


if __name__ == "__main__":
    main()
