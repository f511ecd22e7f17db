"""The example dispatches hold what the expectations quote, so that a failing reading is never a slip of the pen."""

from __future__ import annotations

import email
import email.policy
import html
import io
import json
import re
import zipfile
from pathlib import Path

import docx
import pytest
from fastwarc.warc import ArchiveIterator
from pypdf import PdfReader

from detente.model.events import EventType, Status
from detente.model.records import Kind
from detente.model.statements import StatementKind

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
EXPECTED = sorted(Path(__file__).with_name("expected").glob("*.json"))
FOOTER = "Written for the Détente examples; the publisher is fictional"


def flat(text: str) -> str:
    return " ".join(text.split())


def without_tags(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", html.unescape(text)))


def web_archive(content: bytes) -> str:
    return "\n".join(record.reader.read().decode() for record in ArchiveIterator(io.BytesIO(content)))


def word_text(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    rows = [", ".join(cells[i : i + 2]) for i in range(0, len(cells), 2)]
    notes = zipfile.ZipFile(path).read("word/footnotes.xml").decode()
    section = document.sections[0]
    edges = [section.header.paragraphs[0].text, section.footer.paragraphs[0].text]
    return "\n".join([*(p.text for p in document.paragraphs), *rows, notes, *edges])


def plain(path: Path) -> str:
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    if path.suffix == ".docx":
        return without_tags(word_text(path))
    if path.name.endswith(".warc.gz"):
        return without_tags(web_archive(path.read_bytes()))
    if path.suffix == ".wacz":
        return without_tags(web_archive(zipfile.ZipFile(path).read("archive/data.warc.gz")))
    if path.suffix == ".eml":
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        parts = [str(part.get_content()) for part in mail.walk() if not part.is_multipart()]
        return without_tags("\n".join([str(mail["subject"]), str(mail["from"]), *parts]))
    if path.suffix == ".jsonl":
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        return without_tags("\n".join(str(value) for row in rows for value in row.values()))
    text = path.read_text("utf-8")
    if path.suffix == ".md":
        return re.sub(r"(?m)^> ?|\*", "", text)
    return text if path.suffix == ".txt" else without_tags(text)


def phrases(wanted: dict) -> list[str]:
    found = [wanted["title"], *wanted.get("main", []), *wanted["chrome"]]
    found += [event["quote"] for event in wanted["events"]]
    return found + [statement["content"] for statement in wanted["statements"]]


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_every_phrase_expected_stands_in_the_dispatch(path):
    wanted = json.loads(path.read_text("utf-8"))
    text = flat(plain(EXAMPLES / wanted["file"]))
    assert [phrase for phrase in phrases(wanted) if flat(phrase) not in text] == []


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_every_expected_record_uses_the_codebook(path):
    wanted = json.loads(path.read_text("utf-8"))
    for event in wanted["events"]:
        assert {event["event_type"], *event.get("also_type", [])} <= set(EventType)
        assert {event["status"], *event.get("also_status", [])} <= set(Status)
    for statement in wanted["statements"]:
        assert {statement["kind"], *statement.get("also", [])} <= set(StatementKind)
    assert {record["kind"] for record in wanted["records"]} <= set(Kind)


def dispatches() -> list[Path]:
    return sorted(path for path in (EXAMPLES / "dispatches").rglob("*") if path.is_file())


@pytest.mark.parametrize("path", dispatches(), ids=lambda path: path.name)
def test_every_dispatch_says_that_it_is_fictional(path):
    assert flat(FOOTER) in flat(plain(path))


def test_every_dispatch_stands_in_the_guide():
    guide = (EXAMPLES / "README.md").read_text("utf-8")
    folder = EXAMPLES / "dispatches"
    assert [path.name for path in dispatches() if f"`{path.relative_to(folder)}`" not in guide] == []
