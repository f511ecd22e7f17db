"""Who reads: the identity of the code, codebooks and model behind a reading, and the finders plugged in."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

import detente
from detente.language.frames import Coder
from detente.language.parsing import load_model
from detente.model.identity import digest

CODERS = "detente.coders"
"""The entry-point group in which other packages offer finders."""


@cache
def plugged_in() -> tuple[Coder, ...]:
    """Load the finders other packages offer, in order of their names."""
    return tuple(entry.load()() for entry in sorted(entry_points(group=CODERS), key=lambda e: e.name))


@cache
def coder_identity(model: str, finders: tuple[str, ...]) -> str:
    """Name a coder: code version, codebooks, model weights and finders, so that equal names read equally."""
    codebooks = digest(
        *(data for path in _codebook_files() for data in (path.name, path.read_bytes())), size=4
    )
    return f"detente-{detente.__version__}+{codebooks}.{_weights(model)}.{digest(*finders, size=3)}"


def _codebook_files() -> list[Path]:
    root = Path(str(files("detente.codebooks")))
    return sorted(path for path in root.rglob("*") if path.suffix in {".tsv", ".csv", ".toml", ".json"})


@cache
def _weights(model: str) -> str:
    """Hash the files of the language model; the same name with other weights is another coder."""
    folder = load_model(model).path
    weights = sorted(path for path in Path(folder).rglob("*") if path.is_file() and path.name != "README.md")
    return digest(*(data for path in weights for data in (path.name, path.read_bytes())), size=4)
