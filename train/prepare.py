"""Corpora to three files of articles: train, dev, and news without labels.

    python -m train.prepare [OUT]

In: the folder that ONRECORD_DATA names. Out: OUT/{train,dev,news}.jsonl, one article a line, with gold
attributions where there are any, and their sha256. Never: a test part, a text that may only be measured on.
Next: data.py.
"""

import collections
import csv
import hashlib
import json
import os
import pathlib
import re
import sys
import tarfile
import xml.etree.ElementTree as xml
from collections.abc import Iterator

WORK = pathlib.Path(__file__).parent / "out"
ECB_DEV = {2, 5, 12, 18, 21, 34, 35}
ECB_LAST_TRAIN_TOPIC = 35
GUM_GENRES = ("news", "interview")
TEXT_BOUND = re.compile(r"^(T\d+)\t\S+ ([\d ;]+)\t")
EVENT = re.compile(r"^E\d+\t(.*)$")
DATE_LINE = re.compile(r"^\w+day, \w+ \d+, \d{4}$")

Span = tuple[int, int]


def main() -> None:
    out = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else WORK / "data"
    out.mkdir(parents=True, exist_ok=True)
    data = pathlib.Path(os.environ["ONRECORD_DATA"])
    polnear = data / "quotes/polnear/data"
    news = [*wikinews(data), *gum(data), *meantime(data), *ecb(data), *causal_news(data)]
    for part, articles in (("train", attributions(polnear / "train")), ("dev", attributions(polnear / "dev")), ("news", news)):
        lines = [json.dumps(a, ensure_ascii=False) + "\n" for a in articles]
        path = out / f"{part}.jsonl"
        path.write_text("".join(lines), encoding="utf-8")
        words = sum(len(json.loads(line)["text"].split()) for line in lines)
        print(part, len(lines), "articles", words, "words", hashlib.sha256(path.read_bytes()).hexdigest())


def attributions(folder: pathlib.Path) -> Iterator[dict]:
    """PolNeAR: of an article with several annotators the first file in sorted order is the gold."""
    files: dict[str, list[pathlib.Path]] = collections.defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        files[re.sub(r"_[0-9a-f]{4}$", "", path.stem)].append(path)
    for name, paths in sorted(files.items()):
        with open(folder / "text" / f"{name}.txt", encoding="utf-8", newline="") as f:
            text = f.read()
        yield {"name": name, "text": text, "quotes": annotation(paths[0].read_text(encoding="utf-8"))}


def annotation(ann: str) -> list[dict[str, list[Span]]]:
    """The attributions of one file; each role is a list of pieces, code points."""
    pieces: dict[str, list[Span]] = {}
    quotes = []
    lines = ann.split("\n")
    for found in filter(None, map(TEXT_BOUND.match, lines)):
        ranges = (piece.split() for piece in found[2].split(";"))
        pieces[found[1]] = [(int(a), int(b)) for a, b in ranges]
    # An event may name a span that stands further down.
    for found in filter(None, map(EVENT.match, lines)):
        quote: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
        for role, tid in (argument.split(":") for argument in found[1].split()):
            role = role.rstrip("0123456789").lower()
            if role in quote:
                quote[role] += pieces.get(tid, [])
        if any(quote.values()):
            quotes.append({role: sorted(set(spans)) for role, spans in quote.items()})
    return sorted(quotes, key=lambda q: min(spans for spans in q.values() if spans))


def wikinews(data: pathlib.Path) -> Iterator[dict]:
    for path in sorted((data / "raw/wikinews-2019-2020/data").glob("*.csv")):
        with open(path, encoding="utf-8", newline="") as f:
            for row in csv.DictReader(f):
                lines = [line.strip() for line in row["text"].splitlines()]
                kept = [line for line in lines if line and not DATE_LINE.match(line)]
                yield {"name": row["url"].rsplit("/", 1)[-1], "text": "\n".join(kept)}


def gum(data: pathlib.Path) -> Iterator[dict]:
    """News and interviews of the training part."""
    for name, source in gum_sources(data, "train"):
        if name.split("_")[1] in GUM_GENRES:
            yield {"name": name, "text": conllu(source)}


def gum_sources(data: pathlib.Path, part: str) -> Iterator[tuple[str, str]]:
    """The names and files of one part, as far as they are there."""
    splits = (data / "multi/gum/splits.md").read_text(encoding="utf-8")
    listed = splits.split(f"\n## {part}\n", 1)[1].split("\n## ", 1)[0]
    for name in sorted(set(re.findall(r"GUM_\w+", listed))):
        path = data / f"multi/gum/dep/{name}.conllu"
        if path.exists():
            yield name, path.read_text(encoding="utf-8")


def conllu(source: str) -> str:
    """The sentences, put together into their paragraphs."""
    paragraphs: list[list[str]] = [[]]
    for line in source.split("\n"):
        if line.startswith("# newpar"):
            paragraphs.append([])
        elif line.startswith("# text = "):
            paragraphs[-1].append(line.removeprefix("# text = "))
    return "\n".join(" ".join(p) for p in paragraphs if p)


def meantime(data: pathlib.Path) -> Iterator[dict]:
    for path in sorted((data / "events/meantime-en/intra_cross-doc_annotation/corpus_airbus").glob("*.xml")):
        yield {"name": path.stem, "text": tokens(xml.parse(path).getroot())}


def ecb(data: pathlib.Path) -> Iterator[dict]:
    with tarfile.open(data / "coref/ecbplus/ECBplus_xml.tar.gz") as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            topic = re.search(r"/(\d+)/[^/]+\.xml$", member.name)
            if topic is None or int(topic[1]) > ECB_LAST_TRAIN_TOPIC or int(topic[1]) in ECB_DEV:
                continue
            file = archive.extractfile(member)
            if file is not None:
                yield {"name": pathlib.PurePath(member.name).stem, "text": tokens(xml.parse(file).getroot())}


def tokens(root: xml.Element) -> str:
    """Tokens put together into text; a sentence is a paragraph (the files tell no others)."""
    sentences: dict[int, list[str]] = collections.defaultdict(list)
    for token in root.iter("token"):
        sentences[int(token.get("sentence", "0"))].append(token.text or "")
    return "\n".join(detokenized(" ".join(words)) for _, words in sorted(sentences.items()))


def causal_news(data: pathlib.Path) -> Iterator[dict]:
    """Single sentences; a score of them make one article, a paragraph each."""
    path = data / "causality/causal-news-corpus/data/V2/train_subtask1.csv"
    with open(path, encoding="utf-8-sig", newline="") as f:
        rows = list(csv.DictReader(f))
    for i in range(0, len(rows), 20):
        yield {"name": rows[i]["index"], "text": "\n".join(detokenized(row["text"]) for row in rows[i : i + 20])}


def detokenized(text: str) -> str:
    """Blanks before closing and after opening punctuation taken out; straight double marks paired from the left."""
    text = re.sub(r"``|''", '"', text)
    text = re.sub(r'"\s*([^"]*?)\s*"', r'"\1"', text)
    text = re.sub(r" ([.,;:!?%)\]’]|n't\b|'(?:s|re|ve|ll|d|m)\b)", r"\1", text)
    return re.sub(r"([(\[$£]) ", r"\1", text).strip()


if __name__ == "__main__":
    main()
