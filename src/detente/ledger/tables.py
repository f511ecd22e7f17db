"""The tables of the ledger: append-only but for closing an interval (`tx_to`)."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

# SQLite's rowid is the primary key only when the type reads INTEGER.
Number = BigInteger().with_variant(Integer(), "sqlite")


def _number(name: str, *, key: bool = False, null: bool = False) -> Column[int]:
    return Column(name, Number, primary_key=key, autoincrement=False, nullable=null)


def _text(name: str, *, key: bool = False, null: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=null)


tx = Table("tx", metadata, _number("id", key=True), _text("at"), _text("who"), _text("why"), _text("coder"))

document = Table("document", metadata, _text("id", key=True), _text("address"), _number("tx"))
Index("document_address", document.c.address)

version = Table(
    "version",
    metadata,
    _text("id", key=True),
    _text("document"),
    _number("tx"),
    Column("content", LargeBinary, nullable=False),
    _text("media_type"),
    _text("charset"),
    _text("hints"),
    _text("container"),
    _text("received"),
)
Index("version_document", version.c.document)

rendition = Table(
    "rendition",
    metadata,
    _text("id", key=True),
    _text("version"),
    _number("tx"),
    _text("reader"),
    Column("text", LargeBinary, nullable=False),
    _text("blocks"),
    _text("metadata"),
)
Index("rendition_version", rendition.c.version)

reading = Table(
    "reading",
    metadata,
    _number("id", key=True),
    _text("document"),
    _text("version"),
    _text("rendition", null=True),
    _text("coder"),
    _number("tx"),
    UniqueConstraint("version", "coder", name="reading_once"),
)
Index("reading_document", reading.c.document)

standing = Table(
    "standing",
    metadata,
    _number("id", key=True),
    _text("document"),
    _text("version"),
    _number("reading"),
    _text("day"),
    _text("publisher"),
    _number("tx_from"),
    _number("tx_to", null=True),
)
Index("standing_document", standing.c.document)

twin = Table(
    "twin",
    metadata,
    _text("version", key=True),
    _text("family"),
    _text("body"),
    _text("day"),
    Column("sentences", LargeBinary, nullable=False),
    _number("tx"),
)
Index("twin_body", twin.c.body)
Index("twin_family", twin.c.family)

shingle = Table("shingle", metadata, _number("hash", key=True), _text("version", key=True), _number("tx"))

record = Table(
    "record",
    metadata,
    _number("id", key=True),
    _text("key"),
    _text("document"),
    _number("reading", null=True),
    _number("decision", null=True),
    _text("kind"),
    _text("body"),
)
Index("record_key", record.c.key)
Index("record_reading", record.c.reading)
Index("record_document", record.c.document)

evidence = Table(
    "evidence",
    metadata,
    _number("record", key=True),
    _number("place", key=True),
    _text("rendition"),
    _number("start"),
    _number("stop"),
)

decision = Table(
    "decision",
    metadata,
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
Index("decision_scope", decision.c.scope)

entry = Table(
    "entry",
    metadata,
    _number("id", key=True),
    _number("tx"),
    _text("subject"),
    _text("verb"),
    _text("value"),
    _text("reason"),
    _text("document"),
    _text("place"),
    _number("undoes", null=True),
)
Index("entry_subject", entry.c.subject)

belief = Table(
    "belief",
    metadata,
    _number("id", key=True),
    _text("key"),
    _text("document"),
    _number("record"),
    _text("state"),
    _text("kind"),
    _text("sort"),
    _text("status"),
    Column("salient", Boolean, nullable=False),
    _text("day"),
    _number("start"),
    _text("lo", null=True),
    _text("hi", null=True),
    _text("due", null=True),
    _text("body", null=True),
    _number("tx_from"),
    _number("tx_to", null=True),
)
Index("belief_document", belief.c.document)
Index("belief_key", belief.c.key)
Index("belief_arrival", belief.c.tx_from)
Index("belief_place", belief.c.day, belief.c.document, belief.c.start, belief.c.key)
Index(
    "belief_sort",
    belief.c.kind,
    belief.c.sort,
    belief.c.day,
    belief.c.document,
    belief.c.start,
    belief.c.key,
)
Index(
    "belief_status",
    belief.c.kind,
    belief.c.status,
    belief.c.day,
    belief.c.document,
    belief.c.start,
    belief.c.key,
)
Index(
    "belief_due", belief.c.kind, belief.c.sort, belief.c.due, belief.c.document, belief.c.start, belief.c.key
)

filed = Table(
    "filed",
    metadata,
    _number("belief", key=True),
    _text("role", key=True),
    _text("name", key=True),
    _text("kind"),
    _text("sort"),
    _text("day"),
)
Index("filed_day", filed.c.name, filed.c.day, filed.c.belief)
Index("filed_sort", filed.c.name, filed.c.kind, filed.c.sort, filed.c.day, filed.c.belief)

presence = Table(
    "presence",
    metadata,
    _text("document", key=True),
    _number("tx", key=True),
    Column("gone", Boolean, nullable=False),
)

issue = Table(
    "issue",
    metadata,
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
Index("issue_reading", issue.c.reading)
Index("issue_address", issue.c.address)
Index("issue_arrival", issue.c.tx)

validator = Table("validator", metadata, _text("document", key=True), _text("etag"), _text("last_modified"))

purge = Table("purge", metadata, _text("document", key=True), _number("tx"))
