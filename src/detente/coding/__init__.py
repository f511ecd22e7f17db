"""Find who did what to whom and code it as a PLOVER event."""

from detente.coding.coder import EventCoder
from detente.coding.pair import PairCoding, code_pair
from detente.language.frames import Coder

CODERS: list[Coder] = [EventCoder()]
"""The coders that ship with Détente; others join by the entry-point group `detente.coders`."""

__all__ = ["CODERS", "EventCoder", "PairCoding", "code_pair"]
