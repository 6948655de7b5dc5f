"""Measures how fast a record is filled, and how large it is; bench/record.sh runs it.

    record.py COMMAND NEWS REPEATS [INPUT...]

NEWS is invented news, one article a line; INPUTs are more of anything that `onrecord add` takes. They are read, they
are added, and what was read is added as records, REPEATS times under other ids. Memory is the peak of the process.
"""

import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time

ID = '"article":{"id":"'


def main():
    command, repeats, inputs = sys.argv[1], int(sys.argv[3]), [sys.argv[2], *sys.argv[4:]]
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/var/tmp")) as folder:
        folder = pathlib.Path(folder)
        records, kept = folder / "records.jsonl", folder / "record.db"
        read = Run([command, "read", "--format", "jsonl", "--out", records, *inputs])
        add = Run([command, "add", "--record", kept, *inputs])
        articles = count(records)
        tell("read", read, articles)
        tell("add", add, articles)
        print(f"add at {read.elapsed / add.elapsed:.0%} of the speed of read")
        size(kept)
        again = folder / "again.jsonl"
        with open(records, encoding="utf8") as source, open(again, "w", encoding="utf8") as out:
            lines = [line for line in source if ID in line]
            for nth in range(repeats):
                out.writelines(line.replace(ID, f"{ID}{nth}-", 1) for line in lines)
        records.unlink()
        kept.unlink()
        tell("add of records", Run([command, "add", "--record", kept, again]), len(lines) * repeats)
        size(kept)


class Run:
    """Seconds and peak memory of a program that is run to its end."""

    def __init__(self, program):
        begun = time.monotonic()
        child = subprocess.Popen([str(part) for part in program], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        self.elapsed = time.monotonic() - begun
        self.cpu, self.peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss
        # Inputs that give no article are told with code 2.
        if os.waitstatus_to_exitcode(status) not in (0, 2):
            sys.exit(f"{program[1]} failed\nhint: run it by itself to see why")


def tell(what, run, articles):
    print(
        f"{what}: {articles} articles in {run.elapsed:.1f} s ({articles / run.elapsed:.0f} a second, "
        f"{run.cpu:.1f} CPU s), peak {run.peak / 1024:.0f} MB"
    )


def count(path):
    with open(path, "rb") as file:
        return sum(1 for _ in file)


def size(path):
    """The file against the texts, without the bytes that articles were read from."""
    record = sqlite3.connect(path)
    (texts,) = record.execute("SELECT sum(length(CAST(text AS BLOB))) FROM texts").fetchone()
    try:
        (raws,) = record.execute("SELECT sum(pgsize) FROM dbstat WHERE name = 'raws'").fetchone()
    except sqlite3.OperationalError:
        (raws,) = record.execute("SELECT coalesce(sum(length(bytes)), 0) FROM raws").fetchone()
    record.close()
    whole = path.stat().st_size
    print(f"size: {(whole - raws) / texts:.2f} times the text of {texts} bytes, raw bytes apart ({raws / texts:.2f})")


main()
