"""Corpora of mentions and of who is who to two files: train and dev.

    python -m train.mentions [OUT]

In: the folder that ONRECORD_DATA names. Out: OUT/mentions-{train,dev}.jsonl, one text a line, with `names` and `nominals`
where somebody marked them: lists of [kind, begin, end] in code points; and `chains`, lists of [entity, kind, begin, end].
Never: a test part, a text for training whose licence forbids commerce.
Next: data.py.

A name is the name alone. A nominal goes from its first word to its head, without a possessor that is a nominal itself.
"""

import csv
import dataclasses
import json
import os
import pathlib
import random
import re
import sys
from collections.abc import Iterator

from train import prepare

NAMES = ("person", "organization", "place", "other")
NOMINALS = ("person", "people", "organization", "place")
# What the corpora call them; what is in neither list is left unmarked.
KIND = {
    **dict.fromkeys(("person", "politician", "scientist", "writer", "PER"), "person"),
    **dict.fromkeys(("organisation", "politicalparty", "university", "ORG"), "organization"),
    **dict.fromkeys(("location", "country", "LOC"), "place"),
    **dict.fromkeys(("election", "event", "misc", "award", "book", "poem", "magazine", "academicjournal", "MISC"), "other"),
}
CROSSNER = ("politics", "science", "literature")
# Genres of GUM whose texts may be used for anything, by its LICENSE.txt.
GUM_GENRES = ("academic", "bio", "court", "interview", "news", "voyage")
# Words before a name that are no part of it.
TITLES = frozenset(
    "Mr. Mrs. Ms. Miss Dr. Dr Prof. Professor President Senator Sen. Rep. Governor Gov. Sir Lord Lady Dame King Queen Prince Princess "
    "Judge Justice Captain General Colonel Major Sergeant Officer Secretary Minister Chancellor Mayor Pope Saint Emperor Sultan "
    "Mr Mrs Ms Father Sister Brother Uncle Aunt Doctor Director Chief Vice Prime Deputy Congressman Congresswoman Reverend Rev.".split()
)
SENTENCES = 12  # of a text that is made of loose sentences

Marked = list[tuple[str, int, int]]


def main() -> None:
    out = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else prepare.WORK / "data"
    data = pathlib.Path(os.environ["ONRECORD_DATA"])
    train = [*wikigold(data), *(row for part in CROSSNER for row in crossner(data, part, "train")), *gum(data, "train"), *gap(data, "development")]
    dev = [*crossner(data, "politics", "dev"), *gum(data, "dev"), *gap(data, "validation")]
    for part, rows in (("train", train), ("dev", dev)):
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        (out / f"mentions-{part}.jsonl").write_text("".join(lines), encoding="utf-8")
        count = {layer: sum(len(row.get(layer, [])) for row in rows) for layer in ("names", "nominals", "chains")}
        print(part, len(lines), "texts", sum(len(row["text"].split()) for row in rows), "words", count)


def crossner(data: pathlib.Path, part: str, split: str) -> Iterator[dict]:
    return columns(data / f"ner/crossner-politics/ner_data/{part}/{split}.txt", f"crossner-{part}", "\t")


def wikigold(data: pathlib.Path) -> Iterator[dict]:
    return columns(data / "ner/wikigold/CONLL-format/data/wikigold.conll.txt", "wikigold", " ")


def columns(path: pathlib.Path, name: str, between: str) -> Iterator[dict]:
    """Sentences of a word and its label a line; some make one text, a paragraph each."""
    sentences = [s.split("\n") for s in path.read_text(encoding="utf-8").strip().split("\n\n")]
    sentences = [[line.rsplit(between, 1) for line in s if line.strip()] for s in sentences]
    sentences = [s for s in sentences if s and s != [["-DOCSTART-", "O"]]]
    for i in range(0, len(sentences), SENTENCES):
        text, names = "", []
        for sentence in sentences[i : i + SENTENCES]:
            joined, spans = put_together([word for word, _ in sentence])
            text += "\n" if text else ""
            names += [(kind, len(text) + spans[a][0], len(text) + spans[b][1]) for kind, a, b in runs([l for _, l in sentence])]
            text += joined
        yield {"name": f"{name}-{i}", "text": text, "names": names}


def runs(labels: list[str]) -> Iterator[tuple[str, int, int]]:
    """(kind, first, last) of each span in IOB labels, whether each begins with B or only where it must."""
    begin = None
    for i, label in enumerate([*labels, "O"]):
        if begin is not None and (label[0] != "I" or label[2:] != labels[begin][2:]):
            if labels[begin][2:] in KIND:
                yield KIND[labels[begin][2:]], begin, i - 1
            begin = None
        if begin is None and label != "O":
            begin = i


def put_together(words: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Words to text as it would be written, and where each stands."""
    text, spans, open_mark = "", [], False
    glue = True
    for word in words:
        closes = word in (".", ",", ";", ":", "!", "?", ")", "]", "%", "''", "’") or re.fullmatch(r"'(s|re|ve|ll|d|m)|n't|'", word)
        if word == '"':
            closes, open_mark = open_mark, not open_mark
        text += "" if glue or closes else " "
        spans.append((len(text), len(text) + len(word)))
        text += word
        glue = word in ("(", "[", "``", "$") or word == '"' and open_mark
    return text, spans


@dataclasses.dataclass
class Token:
    form: str
    begin: int
    end: int
    upos: str
    plural: bool
    entity: str


def gum(data: pathlib.Path, split: str) -> Iterator[dict]:
    for name, source in prepare.gum_sources(data, split):
        if split == "dev" or name.split("_")[1] in GUM_GENRES:
            text, tokens = conllu(source)
            yield {"name": name, "text": text, "names": names(tokens), "nominals": nominals(tokens), "chains": chains(tokens)}


def conllu(source: str) -> tuple[str, list[Token]]:
    """The text, a line for each paragraph, and its syntactic words; those of a contraction share its place."""
    text, tokens, glue, within = "", [], True, (0, 0, 0)
    for line in source.split("\n"):
        if line.startswith("# newpar") and text and not text.endswith("\n"):
            text, glue = text.rstrip() + "\n", True
        cells = line.split("\t")
        if len(cells) != 10 or "." in cells[0]:
            continue
        misc = dict(pair.split("=", 1) for pair in cells[9].split("|") if "=" in pair)
        if "-" in cells[0]:
            text += "" if glue else " "
            within = (int(cells[0].split("-")[1]), len(text), len(text) + len(cells[1]))
            text += cells[1]
        else:
            number = int(cells[0])
            if number > within[0]:
                text += "" if glue else " "
                place = (len(text), len(text) + len(cells[1]))
                text += cells[1]
            else:
                at = text.find(cells[1], within[1])
                place = (at, at + len(cells[1])) if 0 <= at and at + len(cells[1]) <= within[2] else within[1:]
            tokens.append(Token(cells[1], *place, cells[3], "Number=Plur" in cells[5], misc.get("Entity", "")))
        if "-" in cells[0] or int(cells[0]) >= within[0]:
            glue = misc.get("SpaceAfter") == "No"
        if "-" not in cells[0] and int(cells[0]) == within[0]:
            within = (0, 0, 0)
    return text.rstrip(), tokens


@dataclasses.dataclass
class Mention:
    """Tokens first to last; `least` are those of its minimal span."""

    entity: str
    kind: str
    first: int
    last: int
    least: list[int]


def mentions(tokens: list[Token]) -> list[Mention]:
    """Of the column Entity: `(id-kind-…-minspan-…` opens a mention, `id)` closes one."""
    opened: dict[str, list[tuple[str, int, str]]] = {}
    out = []
    for at, token in enumerate(tokens):
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", token.entity):
            fields = part.strip("()").split("-")
            if part[0] == "(":
                opened.setdefault(fields[0], []).append((fields[1], at, fields[5]))
            if part[-1] == ")":
                kind, first, least = opened[fields[0]].pop()
                out.append(Mention(fields[0], kind, first, at, [first + int(n) - 1 for n in least.split(",")]))
    return sorted(out, key=lambda m: (m.first, -m.last))


def chains(tokens: list[Token]) -> list[tuple[str, str, int, int]]:
    """Who is meant: the minimal span of a name, a nominal up to its head, a pronoun."""
    out = {}
    for mention in mentions(tokens):
        head = tokens[mention.least[-1]]
        kind = {"PROPN": "name", "NOUN": "nominal", "PRON": "pronoun"}.get(head.upos)
        if kind and mention.kind in ("person", "organization", "place", "animal"):
            begin = tokens[mention.least[0] if kind == "name" else mention.first].begin
            out.setdefault((begin, head.end), (mention.entity, kind, begin, head.end))
    return sorted(out.values(), key=lambda m: m[2:])


def names(tokens: list[Token]) -> Marked:
    """Mentions whose head is a proper noun, from the first such word to the last; without the titles before it. What is
    named and is neither person, organization nor place is `other`, and so are peoples ("Turks")."""
    out: Marked = []
    free = 0
    for mention in sorted(mentions(tokens), key=lambda m: (m.least[0], -m.least[-1])):
        inside = range(mention.least[0], mention.least[-1] + 1)
        proper = [i for i in inside if tokens[i].upos == "PROPN"]
        if not proper or proper[-1] != mention.least[-1] or mention.kind == "time":
            continue
        first = next((i for i in proper if tokens[i].form not in TITLES), proper[-1])
        people = mention.kind == "person" and tokens[proper[-1]].plural
        if first >= free and all(tokens[i].upos in ("PROPN", "ADP", "DET", "PART", "PUNCT", "CCONJ", "SYM", "NUM") for i in inside if i >= first):
            kind = mention.kind if mention.kind in NAMES and not people else "other"
            out.append((kind, tokens[first].begin, tokens[proper[-1]].end))
            free = proper[-1] + 1
    return out


def gap(data: pathlib.Path, part: str) -> Iterator[dict]:
    """A pronoun and two names, of which it means one or none."""
    with open(data / f"coref/gap/gap-{part}.tsv", encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            meant = next((name for name in "AB" if row[f"{name}-coref"].upper() == "TRUE"), "neither")
            spans = [(name, "name", int(row[f"{name}-offset"]), row[name]) for name in "AB"]
            spans.append((meant, "pronoun", int(row["Pronoun-offset"]), row["Pronoun"]))
            chains = sorted(((who, kind, a, a + len(text)) for who, kind, a, text in spans), key=lambda m: m[2])
            yield {"name": row["ID"], "text": row["Text"], "chains": chains}


Pool = dict[tuple[str, str], list[str]]
RENAMED = 0.5  # of the names of a text


def pool(texts: list[dict]) -> Pool:
    """Names by corpus and kind."""
    out: Pool = {}
    for row in texts:
        for kind, a, b in row.get("names", []):
            out.setdefault((corpus(row), kind), []).append(row["text"][a:b])
    return out


def corpus(row: dict) -> str:
    return row["name"].rsplit("-", 1)[0] if row["name"].startswith("crossner") else "other"


def renamed(row: dict, names: Pool, rng: random.Random) -> dict:
    """A text in which some names are others of the same kind. A text whose chains are marked stays as it is."""
    if "chains" in row:
        return row
    text, at, marked = "", 0, []
    for kind, a, b in sorted(row["names"], key=lambda name: name[1]):
        if a < at:
            continue
        text += row["text"][at:a]
        others = names[corpus(row) if rng.random() < 0.7 else "other", kind]
        name = rng.choice(others) if rng.random() < RENAMED else row["text"][a:b]
        marked.append((kind, len(text), len(text) + len(name)))
        text, at = text + name, b
    return {"name": row["name"], "text": text + row["text"][at:], "names": marked}


def nominals(tokens: list[Token]) -> Marked:
    """Nouns from their first word to their head. One inside another stays whole; the outer begins behind it and its 's."""
    found = []
    for mention in mentions(tokens):
        head = mention.least[-1]
        if tokens[head].upos == "NOUN" and mention.kind in NOMINALS:
            kind = "people" if mention.kind == "person" and tokens[head].plural else mention.kind
            found.append((head, mention.first, kind))
    out: Marked = []
    free = 0  # the first token behind the last nominal
    for head, first, kind in sorted(found):
        if first < free <= head:
            first = free + (tokens[free].upos == "PART")
        if free <= first <= head:
            out.append((kind, tokens[first].begin, tokens[head].end))
            free = head + 1
    return out


if __name__ == "__main__":
    main()
