"""Text to words, features and word pieces: the part that the reader in Rust must repeat exactly.

In: the text of one article. Out: words as half-open ranges of code points, three small features for each
word, the ids of its word pieces. Never: a library's tokenizer (tests/test_text.py compares with one).
Next: data.py, which adds the gold tags.
"""

import dataclasses
import functools
import unicodedata

# The reader in Rust holds the tables of this version; another one would part and fold some words in another way.
assert unicodedata.unidata_version == "14.0.0", f"Python {unicodedata.unidata_version = }, expected 14.0.0: use Python 3.11"

CASES = 5  # 0 no letters with case, 1 lower, 2 title, 3 upper, 4 mixed
STATES = 4  # 0 outside quotation marks, 1 inside, 2 opening mark, 3 closing mark
STARTS = 2  # 1 on the first word of a paragraph
UNKNOWN = "[UNK]"
LONGEST_WORD = 100  # code points after folding; a longer word is one unknown piece

OPENING, CLOSING = "“«„", "”»"
DOUBLE = OPENING + CLOSING + '"'
PAIRED = ("''", "``")  # two characters that stand for one double mark


@dataclasses.dataclass
class Words:
    """The words of one article and what is known of each before any model runs."""

    spans: list[tuple[int, int]]
    paragraph: list[int]  # number of the paragraph that holds the word
    case: list[int]
    state: list[int]
    start: list[int]

    def __len__(self) -> int:
        return len(self.spans)


def read(text: str) -> Words:
    spans, paragraph = [], []
    for number, (begin, end) in enumerate(paragraphs(text)):
        found = split(text, begin, end)
        spans += found
        paragraph += [number] * len(found)
    starts = [int(i == 0 or paragraph[i - 1] != p) for i, p in enumerate(paragraph)]
    cases = [case_of(text[a:b]) for a, b in spans]
    return Words(spans, paragraph, cases, quotation_states(text, spans, paragraph), starts)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Runs of characters between line ends that hold more than white space."""
    out, begin = [], 0
    for i in range(len(text) + 1):
        if i == len(text) or text[i] in "\n\r":
            if text[begin:i].strip():
                out.append((begin, i))
            begin = i + 1
    return out


def split(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """White space parts words; each punctuation mark and each CJK ideograph is a word of its own."""
    out, start = [], None
    for i in range(begin, end + 1):
        alone = i < end and (is_punctuation(text[i]) or is_ideograph(text[i]))
        if i == end or alone or text[i].isspace():
            if start is not None:
                out.append((start, i))
                start = None
            if alone:
                out.append((i, i + 1))
        elif start is None:
            start = i
    return out


@functools.cache
def is_punctuation(c: str) -> bool:
    return (c.isascii() and c.isprintable() and not c.isalnum() and c != " ") or unicodedata.category(c)[0] == "P"


def is_ideograph(c: str) -> bool:
    n = ord(c)
    return n >= 0x3400 and any(a <= n <= b for a, b in IDEOGRAPHS)


IDEOGRAPHS = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


def case_of(word: str) -> int:
    letters = [c for c in word if c.isupper() or c.islower()]
    upper = sum(c.isupper() for c in letters)
    if not letters:
        return 0
    if upper == 0:
        return 1
    if upper == 1 and letters[0].isupper():
        return 2
    return 3 if upper == len(letters) else 4


def quotation_states(text: str, spans: list[tuple[int, int]], paragraph: list[int]) -> list[int]:
    """Double marks only. What a paragraph leaves open is closed at its end."""
    out = [0] * len(spans)
    inside, i = False, 0
    while i < len(spans):
        if i and paragraph[i] != paragraph[i - 1]:
            inside = False
        size = mark_size(text, spans, i)
        if size == 0:
            out[i] = int(inside)
            i += 1
            continue
        first, after = spans[i][0], spans[i + size - 1][1]
        before_word = after < len(text) and text[after].isalnum()
        if inside:
            stays = text[first] in OPENING and before_word
        else:
            stays = text[first] in CLOSING and not before_word
        if stays:
            state = int(inside)
        else:
            state = 3 if inside else 2
            inside = not inside
        out[i : i + size] = [state] * size
        i += size
    return out


def mark_size(text: str, spans: list[tuple[int, int]], i: int) -> int:
    """How many words the double mark at word i takes: 0 for no mark, 2 for two apostrophes side by side."""
    a, b = spans[i]
    if b - a == 1 and text[a] in DOUBLE:
        return 1
    touching = i + 1 < len(spans) and spans[i + 1][0] == b
    return 2 if b - a == 1 and touching and text[a : a + 2] in PAIRED else 0


class WordPieces:
    """Greedy longest match from the left, on folded words."""

    def __init__(self, pieces: list[str]):
        self.ids = {piece: n for n, piece in enumerate(pieces)}
        self.unknown = self.ids[UNKNOWN]
        self.of = functools.cache(self._of)

    def _of(self, word: str) -> tuple[int, ...]:
        word = fold(word)
        if not word or len(word) > LONGEST_WORD:
            return (self.unknown,)
        out, begin = [], 0
        while begin < len(word):
            for end in range(len(word), begin, -1):
                found = self.ids.get(("##" if begin else "") + word[begin:end])
                if found is not None:
                    break
            else:
                return (self.unknown,)
            out.append(found)
            begin = end
        return tuple(out)


def fold(word: str) -> str:
    """Lower case without accents, control characters or the replacement character."""
    kept = (c for c in word if c != "\ufffd" and unicodedata.category(c) not in ("Cc", "Cf", "Cn", "Co", "Cs"))
    bare = (c for c in unicodedata.normalize("NFD", "".join(kept)) if unicodedata.category(c) != "Mn")
    return "".join(c.lower() for c in bare)
