"""Find who said what: claims, motives, forecasts, commitments, advice."""

from __future__ import annotations

from detente.language.frames import Coder
from detente.statements.coder import StatementCoder

CODERS: list[Coder] = [StatementCoder()]
"""The coders that ship with Détente; others join by the entry-point group `detente.coders`."""

__all__ = ["CODERS", "StatementCoder"]
