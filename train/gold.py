"""The check after each epoch: dev, decoded and scored."""

import json

from train import data, decode, loop, model, prepare


class Check:
    """Called with the number of the epoch; writes predictions and report under the run's folder."""

    def __init__(self, run: loop.Run, encoder: model.Encoder, train: list[data.Article]):
        path = prepare.WORK / "data/dev.jsonl"
        self.run, self.encoder = run, encoder
        self.dev = data.load(path)
        with open(path, encoding="utf-8") as f:
            self.gold = {row["name"]: row for row in map(json.loads, f)}
        self.moves = decode.transitions(train)

    def __call__(self, epoch: int) -> dict:
        report = decode.evaluate(self.encoder, self.dev, self.gold, self.moves, self.run.folder / f"dev-{epoch}")
        self.run.log(f"epoch {epoch}: dev", decode.line(report))
        return report
