"""Annotations and texts of the corpora, on invented ones."""

import unittest

from train import prepare


class Annotation(unittest.TestCase):
    def test_pieces_further_down_and_in_two_ranges(self):
        ann = (
            "T1\tSource 10 12\tMo\n"
            "T2\tCue 5 9\tsaid\n"
            "T3\tContent 0 4;20 25\tA, …\n"
            "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3 Content2:T5\n"
            "T4\tAttribution 5 9\tsaid\n"
            "T5\tContent 14 18\tB.\n"
        )
        expected = {"source": [(10, 12)], "cue": [(5, 9)], "content": [(0, 4), (14, 18), (20, 25)]}
        self.assertEqual(prepare.annotation(ann), [expected])

    def test_text_of_tokens(self):
        cases = {
            "It \" will rain , \" she said .": "It \"will rain,\" she said.",
            "They do n't pay $ 5 ( yet ) .": "They don't pay $5 (yet).",
            "`` No '' , said Ida 's aide": "\"No\", said Ida's aide",
        }
        for tokens, expected in cases.items():
            with self.subTest(tokens):
                self.assertEqual(prepare.detokenized(tokens), expected)


if __name__ == "__main__":
    unittest.main()
