"""Links: spans of the corpus, buckets, and the branch's integer form against the simulated one."""

import unittest

import numpy as np
import torch

from train import cause, cause_branch, cause_export, data, decode, export, quantised, text

SENTENCE = "The pier closed because it flooded, and crews left."
PIECES = text.WordPieces(export.TINY_PIECES)


class Corpus(unittest.TestCase):
    def test_relation(self):
        marked = "<ARG1>The pier closed</ARG1> <SIG0>because</SIG0> <ARG0>it flooded,</ARG0> and crews left."
        causes, effects = cause.relation(SENTENCE, marked)
        self.assertEqual((SENTENCE[slice(*causes)], SENTENCE[slice(*effects)]), ("it flooded", "The pier closed"))
        self.assertIsNone(cause.relation("Another sentence.", marked))

    def test_located(self):
        e = cause.example("", SENTENCE, [((24, 34), (0, 15))])
        self.assertEqual(e.gold, [(2, 0, 2, 4, 5)])
        self.assertEqual(cause.example("", SENTENCE, [((0, 15), (10, 34))]).gold, [], "parts that overlap")


class Scores(unittest.TestCase):
    def test_buckets(self):
        """Those of a batch are those of `place`, which the reader in Rust repeats."""
        torch.manual_seed(1)
        heads = cause.Heads(8)
        for link in heads.links.values():
            for weight in (link.query.weight, link.key.weight, link.query.bias, link.key.bias):
                torch.nn.init.zeros_(weight)
            torch.nn.init.normal_(link.distance)
            torch.nn.init.normal_(link.between)
        e = cause.example("", SENTENCE, [])
        batch = cause.batch_of([e])
        nothing = torch.zeros(1, len(e.spans), 8)
        for name, link in heads.links.items():
            logs = cause.point(heads, name, (nothing, nothing), batch, torch.tensor([0]), torch.tensor([7]))[0]
            words = range(7, len(e.spans)) if name == "last" else range(7)
            places = [cause.place(7, word, e.marks.tolist()) for word in words]
            scores = torch.stack([link.distance[x] + link.between[y] for x, y in places])
            self.assertTrue(torch.allclose(logs[list(words)], scores.log_softmax(0), atol=1e-5), name)

    def test_whole_numbers(self):
        net, branch = export.tiny(), cause_export.tiny()
        article = data.article({"name": "", "text": SENTENCE}, PIECES)
        inputs = article.inputs
        with torch.inference_mode():
            branch.gate.bias += 100.0
            x, real = cause_branch.stream(net, inputs[None], torch.tensor([len(inputs)]), 1)
            simulated = branch(x[:, 1:-1], real[:, 1:-1])[0][0].numpy()
        tensors = quantised.freeze_branch(branch, 1)
        whole, is_read = quantised.run_branch(quantised.freeze(net), tensors, inputs.numpy(), decode.windows(article, net.WINDOW), [0])
        self.assertTrue(is_read.all())
        self.assertLess(np.abs(simulated - whole).mean(), 1.5)
        self.assertGreater(len(np.unique(whole)), 60, "codes must vary for this test to mean anything")


class Decoding(unittest.TestCase):
    def test_decode(self):
        turns = torch.tensor([[0.9, 0.05, 0.05]] * 3 + [[0.2, 0.7, 0.1]] + [[0.9, 0.05, 0.05]])
        logs = {"begin": [0.2, 0.7, 0.1, 0.0, 0.0], "end": [0.8, 0.1, 0.1, 0.0, 0.0], "last": [0.0, 0.0, 0.0, 0.3, 0.7]}
        points = {name: torch.tensor([row]).clamp(min=1e-4).log() for name, row in logs.items()}
        # The end before the beginning is no part: the likeliest pair in order is taken.
        self.assertEqual(cause.decode(cause.Told(turns, [3], points), 0.5, 1.1), [(1, 0, 0, 3, 4)])


if __name__ == "__main__":
    unittest.main()
