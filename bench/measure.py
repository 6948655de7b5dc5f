"""Measures one command on one core; bench/speed.sh runs it.

    measure.py COMMAND DIR [OPTION...]

Takes the yardstick before and after, so that a figure can be told as a multiple of a known program's.
CPU seconds are user and system time of the whole process, as the kernel counts them.
"""

import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

RUNS = 7
HERE = pathlib.Path(__file__).resolve().parent


def main():
    command, articles = [sys.argv[1], "read", *sys.argv[3:]], pathlib.Path(sys.argv[2])
    files = sorted(articles.glob("*.txt"))
    if not files:
        sys.exit(f"no .txt in {articles}\nhint: name a folder that holds articles as plain text")
    texts = [file.read_text(encoding="utf8") for file in files]
    words = sum(len(text.split()) for text in texts)
    # One core for everything that is compared, and the same one.
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

    before = yardstick(articles)
    seconds, memory = measure(command, files)
    after = yardstick(articles)
    rate, yard = words / seconds, (before + after) / 2
    print(f"articles: {len(files)}, words: {words}")
    print(f"yardstick: {before:.0f} before, {after:.0f} after, in words per CPU second")
    print(f"onrecord: {rate:.0f} words per CPU second ({seconds:.3f} s, median of {RUNS} runs)")
    print(f"multiple of the yardstick: {rate / yard:.1f}")
    print(f"peak memory: {memory / 1024:.1f} MB (a program that does nothing shows {run(['true'])[1] / 1024:.1f})")
    linearity(command, texts)


def yardstick(articles):
    program = [sys.executable, HERE / "yardstick.py", articles]
    told = subprocess.run(program, check=True, capture_output=True, text=True).stdout
    return float(re.search(r"(\d+) words per CPU second", told)[1])


def measure(command, files):
    """The median of CPU seconds and the highest peak in KiB of reading the files, one thread, output to files."""
    with tempfile.TemporaryDirectory() as out:
        program = [*command, "--format", "citron", "--threads", "1", "--out", out, *map(str, files)]
        runs = [run(program) for _ in range(RUNS)]
    return statistics.median(seconds for seconds, _ in runs), max(peak for _, peak in runs)


def run(program):
    """CPU seconds and peak in KiB of one run."""
    with tempfile.TemporaryFile("w+") as said:
        child = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            said.seek(0)
            sys.exit(f"{said.read()}{program[0]} failed with exit code {child.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def linearity(command, texts):
    """How the time grows from 100 kB to 1 MB of text, with and without what one word takes."""
    with tempfile.TemporaryDirectory() as folder:
        took = {}
        sizes = {"word": b"Rain.\n", "small": repeated(texts, 100_000), "large": repeated(texts, 1_000_000)}
        for name, text in sizes.items():
            file = pathlib.Path(folder, f"{name}.txt")
            file.write_bytes(text)
            took[name], _ = measure(command, [file])
    start, small, large = took["word"], took["small"], took["large"]
    print(f"1 MB against 100 kB: {large / small:.1f} times the time, {(large - start) / (small - start):.1f} without start-up")
    print(f"  ({1000 * large:.1f} ms, {1000 * small:.1f} ms, one word {1000 * start:.1f} ms)")


def repeated(texts, size):
    """At most `size` bytes of whole characters: the articles, one after the other, as often as it takes."""
    body = "\n\n".join(texts).encode() + b"\n\n"
    body *= size // len(body) + 1
    return body[:size].decode(errors="ignore").encode()


if __name__ == "__main__":
    main()
