"""Words, features and word pieces; the pieces against the `tokenizers` package."""

import unittest

import tokenizers

from train import text, weights

SAMPLES = [
    "Mayor Dana Ruiz said, “We'll open in May,” and left.",
    "She isn't sure—yet. 'Maybe', he told the Ellwick Post-Courier at 10:30 a.m.",
    "Café São Ångström naïve İzmir ΑΣ straße ﬁn 日本語 text … ½ $5.00 #tag @name_x",
    "antidisestablishmentarianism Kowalczykowski xqzjv " + "a" * 101,
]


class Pieces(unittest.TestCase):
    def test_same_as_tokenizers(self):
        ours = text.WordPieces(weights.vocabulary())
        theirs = tokenizers.Tokenizer.from_file(str(weights.folder() / "tokenizer.json"))
        theirs.no_truncation()
        theirs.no_padding()
        for sample in SAMPLES:
            with self.subTest(sample):
                words = text.read(sample)
                mine = [p for a, b in words.spans for p in ours.of(sample[a:b])]
                self.assertEqual(mine, theirs.encode(sample, add_special_tokens=False).ids)


class Features(unittest.TestCase):
    def states(self, sample: str) -> str:
        return "".join(str(s) for s in text.read(sample).state)

    def test_states(self):
        cases = {
            "He said “no way” twice": "0021130",
            'He said "no" twice': "002130",
            "'' No '' he said": "2213300",
            "''No'' he said": "2213300",
            "It's 6' tall": "000000",
            "“Open\nnext": "210",
            "end” here": "000",
            "“A “b” c": "21111"[:2] + "1130",
        }
        for sample, expected in cases.items():
            with self.subTest(sample):
                self.assertEqual(self.states(sample), expected)

    def test_cases(self):
        for word, expected in {"12": 0, "said": 1, "Ruiz": 2, "I": 2, "FBI": 3, "McNab": 4, "eBay": 4}.items():
            self.assertEqual(text.case_of(word), expected, word)

    def test_paragraphs(self):
        words = text.read("One two.\r\n \r\nThree")
        self.assertEqual(words.paragraph, [0, 0, 0, 1])
        self.assertEqual(words.start, [1, 0, 0, 1])
        self.assertEqual(words.spans[-1], (13, 18))

    def test_nothing(self):
        self.assertEqual(len(text.read(" \n\t")), 0)


if __name__ == "__main__":
    unittest.main()
