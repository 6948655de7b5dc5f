"""The integer form against the simulated one, the file, the tags and the decoder."""

import random
import unittest

import numpy as np
import torch

from train import data, decode, export, loop, quantised, student, text

PIECES = text.WordPieces(export.TINY_PIECES)
SAMPLE = "“We will not open,” said the mayor. “Not before May.”\nShe said that the ferry’s sea-wall was late."


class Integers(unittest.TestCase):
    def setUp(self):
        self.net = export.tiny()
        self.tensors = quantised.freeze(self.net)
        self.article = data.article({"name": "", "text": SAMPLE}, PIECES)

    def test_codes_are_near(self):
        """Rounding falls otherwise where torch sums a row in another order, and its power of two is an exact one."""
        simulated = decode.encode(self.net, self.article).numpy()
        whole = quantised.run(self.tensors, self.article.inputs.numpy(), decode.windows(self.article, self.net.WINDOW))
        self.assertLess(np.abs(simulated - whole).mean(), 1.5)
        self.assertGreater(len(np.unique(whole)), 60, "codes must vary for this test to mean anything")

    def test_tags_are_equal(self):
        """Of the words whose best tag is not a matter of rounding."""
        whole = quantised.run(self.tensors, self.article.inputs.numpy(), decode.windows(self.article, self.net.WINDOW))
        ours = quantised.tag_scores(self.tensors, whole[self.article.first.numpy()])
        with torch.inference_mode():
            simulated = self.net.heads.tags(decode.encode(self.net, self.article)[self.article.first]).numpy()
        first, second = np.sort(simulated, axis=1)[:, :-3:-1].T
        clear = first - second > 2
        self.assertGreater(clear.sum(), 10)
        self.assertTrue((ours.argmax(1) == simulated.argmax(1))[clear].all())

    def test_scores_are_equal(self):
        codes = decode.encode(self.net, self.article)
        ours = quantised.tag_scores(self.tensors, codes.numpy())
        with torch.inference_mode():
            self.assertTrue((self.net.heads.tags(codes).numpy() == ours).all())

    def test_links_are_equal(self):
        codes = decode.encode(self.net, self.article)
        froms, tos = [data.Span(2, 0, 5), data.Span(2, 11, 14)], [data.Span(1, 7, 7), data.Span(1, 17, 17)]
        ends = [decode.ends(self.article, codes, spans) for spans in (froms, tos)]
        place = decode.places(froms, tos, tos, self.article)
        for name, link in self.net.heads.links.items():
            with torch.inference_mode():
                simulated = link(*ends, place).numpy()
            whole = quantised.link_scores(self.tensors, name, *(e.numpy() for e in ends), place.numpy())
            self.assertTrue((simulated == whole).all())

    def test_power_and_activation(self):
        lacks = np.linspace(0, 12, 1201, dtype=np.float32)
        zeros = np.zeros((len(lacks), 32), np.int64)
        # One query, keys that lack more and more: the values show the weights.
        for i in (0, 1, 300, 700, 1200):
            q, k, v = zeros[:2].copy(), zeros[:2].copy(), zeros[:2].copy()
            q[:, 0], k[0, 0], v[1, 0] = 1, 0, 1
            k[1, 0] = -1
            weight = np.rint(127 * 2.0 ** -float(lacks[i]))
            self.assertAlmostEqual(quantised.attend(q, k, v, lacks[i])[0, 0], weight / (127 + weight), delta=0.005)
        x = np.linspace(-6, 6, 1201, dtype=np.float32)
        exact = torch.nn.functional.gelu(torch.from_numpy(x)).numpy()
        self.assertLess(np.abs(quantised.activate(x) - exact).max(), 0.004)
        self.assertLess(np.abs(student.activate(torch.from_numpy(x)).numpy() - exact).max(), 0.004)

    def test_words_are_packed(self):
        words = self.tensors["words"].astype(int)
        digits = np.stack([words // 36, words // 6 % 6, words % 6], axis=-1).reshape(len(words), -1)
        self.assertTrue((2 * digits - 5 == self.net.numbers.numpy()).all())

    def test_file(self):
        back = export.decode_file(export.encode(self.tensors))
        self.assertEqual(list(back), sorted(self.tensors))
        for name, array in back.items():
            self.assertTrue((array == self.tensors[name]).all(), name)

    def test_training_reaches_every_weight(self):
        row = {"name": "", "text": SAMPLE, "quotes": [{"source": [(25, 34)], "cue": [(20, 24)], "content": [(0, 19), (36, 53)]},
                                                      {"source": [(54, 57)], "cue": [(58, 62)], "content": [(63, 97)]}]}  # fmt: skip
        article = data.article(row, PIECES)
        example = loop.example(article, {"tags": torch.full((len(article.words), data.TAGS), 1 / data.TAGS)})
        self.net.train()
        found = loop.losses(self.net, [(example, 0, len(example.article.inputs))], random.Random(1))
        self.assertEqual(set(found), {"tags", "links", "kl"})
        torch.stack(list(found.values())).sum().backward()
        # Nobody marked mentions here.
        others = ("heads.mentions.", "heads.links.same.")
        without = [n for n, p in self.net.named_parameters() if p.requires_grad and p.grad is None and not n.startswith(others)]
        self.assertEqual(without, [])


class Tags(unittest.TestCase):
    def test_gold(self):
        words = text.read("“A,” said Mo. “B.”")
        quote = {"source": [(10, 12)], "cue": [(5, 9)], "content": [(0, 4), (14, 18)]}
        gold = data.gold_of([quote], words)
        self.assertEqual(gold.tags, [5, 6, 6, 6, 3, 1, 0, 5, 6, 6, 6])
        self.assertEqual(decode.spans_of(gold.tags), sorted(gold.spans, key=lambda s: s.first))
        roles = [(gold.spans[a].role, gold.spans[b].role) for a, b in gold.links]
        self.assertEqual(roles, [(2, 1), (2, 1), (1, 0)])

    def test_viterbi_bars(self):
        moves = export.tiny_moves()
        scores = torch.zeros(3, data.TAGS)
        scores[0, 6], scores[1, 6], scores[2, 6] = 5, 5, 5
        self.assertEqual(decode.viterbi(scores, moves, [1, 0, 0]), [5, 6, 6])
        self.assertEqual(decode.viterbi(scores, moves, [1, 0, 1]), [5, 6, 0])

    def test_windows_cover_once(self):
        source = "\n".join("word " * n for n in (3, 40, 400, 7, 120, 90, 1))
        article = data.article({"name": "", "text": source})
        for size in (100, 254):
            cuts = decode.windows(article, size)
            kept = [i for _, _, a, b in cuts for i in range(a, b)]
            self.assertEqual(kept, list(range(len(article.inputs))))
            self.assertTrue(all(b <= k <= t <= e and e - b <= size for b, e, k, t in cuts))


if __name__ == "__main__":
    unittest.main()
