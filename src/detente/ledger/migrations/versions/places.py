"""Let beliefs be found in order: by sort, by the day their page counts from, by the day they fall due."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_TO_COME = ("planned", "threatened", "conditional")
_BATCH = 1000

_ROWS = sa.text(
    """
    SELECT belief.id, belief.kind, COALESCE(belief.body, record.body) AS body,
      (SELECT standing.day FROM standing JOIN version ON version.id = standing.version
       WHERE standing.document = belief.document AND standing.tx_from <= belief.tx_from
         AND (standing.tx_to IS NULL OR standing.tx_to > belief.tx_from)
       ORDER BY standing.day DESC, version.tx DESC LIMIT 1) AS day
    FROM belief JOIN record ON record.id = belief.record
    """
)
_FILL = sa.text("UPDATE belief SET sort = :sort, day = :day, due = :due WHERE id = :id")


def upgrade() -> None:
    """Add the columns, fill them from the records, then make the indexes."""
    for name in ("sort", "day"):
        op.add_column("belief", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.add_column("belief", sa.Column("due", sa.Text, nullable=True))
    _fill()
    with op.batch_alter_table("belief") as belief:
        belief.alter_column("sort", server_default=None)
        belief.alter_column("day", server_default=None)
    place = ["document", "start", "key"]
    op.create_index("belief_place", "belief", ["day", *place])
    op.create_index("belief_sort", "belief", ["kind", "sort", "day", *place])
    op.create_index("belief_status", "belief", ["kind", "status", "day", *place])
    op.create_index("belief_due", "belief", ["kind", "sort", "due", *place])
    _file()
    op.create_index("belief_arrival", "belief", ["tx_from"])
    op.create_index("issue_arrival", "issue", ["tx"])
    op.create_index("twin_family", "twin", ["family"])


def _file() -> None:
    """One table of names instead of one of parties and one of pairs."""
    op.create_table(
        "filed",
        sa.Column("belief", NUMBER, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in ("role", "name")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "sort", "day")),
    )
    for role, name, table in _NAMES:
        op.execute(
            f"INSERT INTO filed SELECT DISTINCT {table}.belief, {role}, {name}, belief.kind, belief.sort,"  # noqa: S608
            f" belief.day FROM {table} JOIN belief ON belief.id = {table}.belief WHERE {name} <> ''"
            " ON CONFLICT DO NOTHING"
        )
    op.drop_table("party")
    op.drop_table("dyad")
    op.create_index("filed_day", "filed", ["name", "day", "belief"])
    op.create_index("filed_sort", "filed", ["name", "kind", "sort", "day", "belief"])


_NAMES = (
    ("party.role", "party.actor", "party"),
    ("party.role", "party.state", "party"),
    ("'pair'", "dyad.a || '-' || dyad.b", "dyad"),
)


def _fill() -> None:
    connection = op.get_bind()
    rows = connection.execute(_ROWS).all()
    for first in range(0, len(rows), _BATCH):
        connection.execute(_FILL, [_filled(row) for row in rows[first : first + _BATCH]])


def _filled(row: Any) -> dict[str, Any]:
    body = json.loads(row.body)
    sort = body.get("statement_kind") or body.get("event_type") or ""
    return {"id": row.id, "sort": sort, "day": row.day or "", "due": _due(row.kind, body)}


def _due(kind: str, body: dict[str, Any]) -> str | None:
    when = body.get("scheduled_end") or body.get("held") or body.get("vote_date")
    if kind == "statement":
        ahead = body.get("forecast")
        when = ahead.get("window") if ahead is not None else (body.get("commitment") or {}).get("deadline")
    elif kind == "mention":
        when = body.get("deed_date") if body.get("status") in _TO_COME else None
    elif kind == "agreement":
        when = body.get("effective")
    return when.get("hi") if when else None
