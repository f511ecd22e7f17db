"""Lay down the first tables of the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _number(name: str, *, key: bool = False, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, NUMBER, primary_key=key, autoincrement=False, nullable=null)


def _text(name: str, *, key: bool = False, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=null)


def _bytes(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=False)


def upgrade() -> None:
    """Create every table and index."""
    _documents()
    _readings()
    _copies()
    _records()
    _beliefs()
    _troubles()


def _documents() -> None:
    op.create_table("tx", _number("id", key=True), _text("at"), _text("who"), _text("why"), _text("coder"))
    op.create_table("document", _text("id", key=True), _text("address"), _number("tx"))
    op.create_index("document_address", "document", ["address"])
    op.create_table(
        "version",
        _text("id", key=True),
        _text("document"),
        _number("tx"),
        _bytes("content"),
        _text("media_type"),
        _text("charset"),
        _text("hints"),
        _text("container"),
        _text("received"),
    )
    op.create_index("version_document", "version", ["document"])
    op.create_table(
        "presence",
        _text("document", key=True),
        _number("tx", key=True),
        sa.Column("gone", sa.Boolean, nullable=False),
    )
    op.create_table("purge", _text("document", key=True), _number("tx"))


def _readings() -> None:
    op.create_table(
        "rendition",
        _text("id", key=True),
        _text("version"),
        _number("tx"),
        _text("reader"),
        _bytes("text"),
        _text("blocks"),
        _text("metadata"),
    )
    op.create_index("rendition_version", "rendition", ["version"])
    op.create_table(
        "reading",
        _number("id", key=True),
        _text("document"),
        _text("version"),
        _text("rendition", null=True),
        _text("coder"),
        _number("tx"),
        sa.UniqueConstraint("version", "coder", name="reading_once"),
    )
    op.create_index("reading_document", "reading", ["document"])
    op.create_table(
        "standing",
        _number("id", key=True),
        _text("document"),
        _text("version"),
        _number("reading"),
        _text("day"),
        _text("publisher"),
        _number("tx_from"),
        _number("tx_to", null=True),
    )
    op.create_index("standing_document", "standing", ["document"])


def _copies() -> None:
    op.create_table(
        "twin",
        _text("version", key=True),
        _text("family"),
        _text("body"),
        _text("day"),
        _bytes("sentences"),
        _number("tx"),
    )
    op.create_index("twin_body", "twin", ["body"])
    op.create_table("shingle", _number("hash", key=True), _text("version", key=True), _number("tx"))


def _records() -> None:
    op.create_table(
        "record",
        _number("id", key=True),
        _text("key"),
        _text("document"),
        _number("reading", null=True),
        _number("decision", null=True),
        _text("kind"),
        _text("body"),
    )
    op.create_index("record_key", "record", ["key"])
    op.create_index("record_reading", "record", ["reading"])
    op.create_index("record_document", "record", ["document"])
    op.create_table(
        "evidence",
        _number("record", key=True),
        _number("place", key=True),
        _text("rendition"),
        _number("start"),
        _number("stop"),
    )
    op.create_table(
        "decision",
        _number("id", key=True),
        _number("tx"),
        _text("verb"),
        _text("key"),
        _text("field"),
        _text("value"),
        _text("reason"),
        _text("scope"),
        _number("undoes", null=True),
    )
    op.create_index("decision_scope", "decision", ["scope"])


def _beliefs() -> None:
    op.create_table(
        "belief",
        _number("id", key=True),
        _text("key"),
        _text("document"),
        _number("record"),
        _text("state"),
        _text("kind"),
        _text("status"),
        sa.Column("salient", sa.Boolean, nullable=False),
        _number("start"),
        _text("lo", null=True),
        _text("hi", null=True),
        _text("body", null=True),
        _number("tx_from"),
        _number("tx_to", null=True),
    )
    op.create_index("belief_document", "belief", ["document"])
    op.create_index("belief_key", "belief", ["key"])
    op.create_table(
        "party",
        _number("belief", key=True),
        _text("role", key=True),
        _text("actor", key=True),
        _text("state", key=True),
    )
    op.create_index("party_actor", "party", ["actor"])
    op.create_index("party_state", "party", ["state"])
    op.create_table("dyad", _number("belief", key=True), _text("a", key=True), _text("b", key=True))
    op.create_index("dyad_pair", "dyad", ["a", "b"])


def _troubles() -> None:
    op.create_table(
        "issue",
        _number("id", key=True),
        _number("tx"),
        _number("reading", null=True),
        _text("document"),
        _text("address"),
        _text("reason"),
        _text("detail"),
        _text("locator"),
        _text("severity"),
    )
    op.create_index("issue_reading", "issue", ["reading"])
    op.create_index("issue_address", "issue", ["address"])
