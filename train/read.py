"""Reads articles with a trained encoder, for the students that learn from it.

    python -m train.read train/runs/NAME.toml news train    writes its tag probabilities for these parts
"""

import argparse
import pathlib

import safetensors.torch
import torch

from train import data, decode, distill, loop, model, prepare


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=pathlib.Path)
    parser.add_argument("parts", nargs="+", choices=("news", "train"))
    args = parser.parse_args()
    run = loop.Run.read(args.run)
    encoder = distill.saved(run)
    encoder.eval()
    for part in args.parts:
        write(run, encoder, part)


@torch.inference_mode()
def write(run: loop.Run, encoder: model.Encoder, part: str) -> None:
    """(words, tags) of probabilities for each article and layer, `NUMBER.LAYER` in the order of the part's file."""
    path = run.folder / f"{part}.safetensors"
    if path.exists() and path.stat().st_mtime > (run.folder / "checkpoint.pt").stat().st_mtime:
        return
    out = {}
    for i, article in enumerate(data.load(prepare.WORK / f"data/{part}.jsonl", run.settings.get("limit"))):
        hidden = decode.encode(encoder, article)[article.first]
        for layer, head in {"tags": encoder.heads.tags, **encoder.heads.mentions}.items():
            out[f"{i}.{layer}"] = head(hidden).softmax(-1).half().contiguous()
    safetensors.torch.save_file(out, str(path))
    run.log("read", part, len(out))


if __name__ == "__main__":
    main()
