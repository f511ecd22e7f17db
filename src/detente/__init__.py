"""Read the news about relations between states, and keep what was done, said, promised and forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["__version__", "read_page", "read_text"]

if TYPE_CHECKING:
    from detente.pipeline import read_page, read_text


def __getattr__(name: str) -> Any:
    # Importing detente stays light: the language model and the parsers load with the first reading.
    if name in {"read_page", "read_text"}:
        from detente import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'detente' has no attribute '{name}'")
