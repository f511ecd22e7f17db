"""Find what institutions fix: votes, mandates, agreements, sanctions, elections, tenures, figures, flows."""

from __future__ import annotations

from detente.language.frames import Coder
from detente.records.agreements import AgreementCoder
from detente.records.elections import ElectionCoder
from detente.records.figures import FigureCoder
from detente.records.flows import FlowCoder
from detente.records.mandates import MandateCoder
from detente.records.measures import MeasureCoder
from detente.records.tenures import TenureCoder
from detente.records.votes import VoteCoder

CODERS: tuple[Coder, ...] = (
    VoteCoder(),
    MandateCoder(),
    MeasureCoder(),
    AgreementCoder(),
    ElectionCoder(),
    TenureCoder(),
    FigureCoder(),
    FlowCoder(),
)
"""The finders of this room, in the order they run."""
