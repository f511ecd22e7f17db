"""A ledger of an earlier version is brought up to date with all it holds."""

from __future__ import annotations

from datetime import date

from ledger_factories import TALKS, mention, reading, statement, talks
from sqlalchemy import text

from detente.ledger import Store, schema, verify
from detente.model.dates import month
from detente.model.decisions import Decision, Verb
from detente.model.events import Status
from detente.model.institutions import Mandate
from detente.model.statements import Forecast, StatementKind

FIRST = (
    "DROP TABLE validator",
    "DROP TABLE entry",
    "CREATE TABLE party (belief BIGINT, role TEXT, actor TEXT, state TEXT, PRIMARY KEY (belief, role, actor, state))",
    "CREATE TABLE dyad (belief BIGINT, a TEXT, b TEXT, PRIMARY KEY (belief, a, b))",
    "INSERT INTO party SELECT belief, role, name, name FROM filed WHERE role <> 'pair'",
    "INSERT INTO dyad SELECT belief, substr(name, 1, 3), substr(name, 5) FROM filed WHERE role = 'pair'",
    "DROP TABLE filed",
    "DROP INDEX belief_place",
    "DROP INDEX belief_sort",
    "DROP INDEX belief_due",
    "DROP INDEX belief_status",
    "DROP INDEX twin_family",
    "DROP INDEX belief_arrival",
    "DROP INDEX issue_arrival",
    "ALTER TABLE belief DROP COLUMN sort",
    "ALTER TABLE belief DROP COLUMN day",
    "ALTER TABLE belief DROP COLUMN due",
    "UPDATE alembic_version SET version_num = '0001'",
)
"""How a ledger of the first version differs from one of today."""

AHEAD = (
    mention(TALKS, "Envoys of Russia", status=Status.PLANNED, deed_date=month(2024, 9)),
    mention(TALKS, "met officials", deed_date=month(2024, 5)),
    statement(
        TALKS, "Seoul said", statement_kind=StatementKind.FORECAST, forecast=Forecast(window=month(2025, 1))
    ),
    Mandate(
        evidence=statement(TALKS, "the talks").evidence, body=talks().records[0].actor[0], scheduled_end=month(2024, 4)
    ),
)  # fmt: skip


def test_a_ledger_of_the_first_version_is_brought_up_to_date(where):
    with Store.open(where) as store:
        writer = store.writer("me")
        writer.write(talks())
        writer.write(reading("https://example.org/ahead", TALKS, AHEAD, published=date(2024, 5, 1)))
        writer.write(talks(coder="coder-2"))
        writer.decide(Decision(Verb.REJECT, talks().records[0].key, "me", "no such thing"))
        before = list(store.view().records(all_statements=True))
        with store.engine.begin() as connection:
            for step in FIRST:
                connection.execute(text(step))
    with Store.open(where) as store, store.engine.connect() as connection:
        assert schema.revision(connection) == schema.HEAD
        assert list(store.view().records(all_statements=True)) == before
        assert verify(store) == []
