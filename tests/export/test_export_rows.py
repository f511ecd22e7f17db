"""Rows keep every field, dates as EDTF with their bounds, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pyarrow.parquet as pq
import pytest
from jsonschema import Draft202012Validator

from detente.export.formats import FORMATS
from detente.export.rows import event_row, issue_row, plain, record_row
from detente.export.schema import schema
from detente.model.actors import ActorKind, Party
from detente.model.dates import Dated, day, month
from detente.model.events import EventType, Mention, Status
from detente.model.identity import identify
from detente.model.institutions import Tally, Vote
from detente.model.issues import Issue, Reason
from detente.model.joining import join_mentions
from detente.model.records import Record, Voice
from detente.model.statements import Statement, StatementKind
from detente.model.text import Evidence

RUS = Party("RUS", "Russia", "RUS", 0, 6, ActorKind.STATE)
PRK = Party("PRK", "North Korea", "PRK", 20, 31, ActorKind.STATE)
SAID = (Evidence(0, 31, "Russia signed a pact with them.", "r1"),)


def mention(**fields: object) -> Mention:
    held = {
        "event_type": EventType.AGREE,
        "actor": (RUS,),
        "recipient": (PRK,),
        "status": Status.DONE,
    } | fields
    return Mention(evidence=SAID, attribution=(Voice("publisher", "Harbour Wire"),), trigger="sign", **held)  # type: ignore[arg-type]


def named(record: Record) -> Record:
    return identify([record], "d1", "coder-1")[0]


RECORDS = [
    mention(deed_date=month(2024, 6)),
    Statement(evidence=SAID, statement_kind=StatementKind.DENIAL, content=SAID, speaker=(RUS,)),
    Vote(evidence=SAID, body=PRK, tally=Tally(13, 1, 1), vote_date=day(date(2024, 3, 28))),
]


def test_a_date_is_an_edtf_string_with_its_days_and_basis_beside_it() -> None:
    row = record_row(named(mention(deed_date=month(2024, 6))))
    assert [row[f"deed_date{part}"] for part in ("", "_lo", "_hi", "_basis")] == [
        "2024-06",
        "2024-06-01",
        "2024-06-30",
        "text",
    ]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.kind.value)
def test_a_row_of_each_kind_fits_the_schema(record: Record) -> None:
    row = json.loads(json.dumps(record_row(named(record))))
    shape = schema()
    options = {option["title"]: option | {"$defs": shape["$defs"]} for option in shape["oneOf"]}
    assert not list(Draft202012Validator(options[row["record"]]).iter_errors(row))


def test_the_schema_refuses_a_type_that_plover_does_not_have() -> None:
    row = json.loads(json.dumps(record_row(named(RECORDS[0])))) | {"event_type": "SHRUG"}
    shape = schema()
    option = next(option for option in shape["oneOf"] if option["title"] == "mention") | {
        "$defs": shape["$defs"]
    }
    assert not Draft202012Validator(option).is_valid(row)


def test_an_event_row_names_its_mentions() -> None:
    one = named(mention(deed_date=day(date(2024, 6, 19))))
    assert isinstance(one, Mention)
    row = event_row(join_mentions([one])[0])
    assert (row["record"], row["mentions"], row["quad_code"]) == ("event", [one.key], 1)


def test_csv_holds_every_column_and_defuses_formulas() -> None:
    rows = [
        {"record": "issue", "kind": "empty", "detail": "=HYPERLINK(1)"},
        {"record": "vote", "kind": "vote", "tally": {"for": 13}},
    ]
    out = io.BytesIO()
    FORMATS["csv"](rows, out)
    read = list(csv.DictReader(io.StringIO(out.getvalue().decode())))
    assert read[0]["detail"] == "'=HYPERLINK(1)"
    assert json.loads(read[1]["tally"]) == {"for": 13}


def test_parquet_keeps_numbers_as_numbers() -> None:
    out = io.BytesIO()
    FORMATS["parquet"]([{"record": "mention", "quad_code": 1}, {"record": "mention", "quad_code": 4}], out)
    assert pq.read_table(io.BytesIO(out.getvalue())).to_pylist()[1]["quad_code"] == 4


def test_json_lines_are_one_object_a_line_even_with_broken_characters() -> None:
    out = io.BytesIO()
    FORMATS["jsonl"]([issue_row(Issue(Reason.ENCODING, "a\nb", "\udcff"))], out)
    assert len(out.getvalue().splitlines()) == 1


def test_plain_turns_model_values_into_json_values() -> None:
    assert plain(Tally(1, None)) == {"for": 1, "against": None, "abstain": None, "absent": None}
    assert plain(Dated("2024?", None, None)) == "2024?"
