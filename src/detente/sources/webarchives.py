"""Web archives: WARC files, plain or compressed, and WACZ files, which are ZIP archives of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from fastwarc.stream_io import BrotliReader, ChunkedReader
from fastwarc.warc import ArchiveIterator, WarcHeader, WarcRecord, WarcRecordType

from detente.model.issues import Issue, Reason
from detente.sources.formats import Format, recognise
from detente.sources.jsonlines import is_web_address
from detente.sources.onepage import read_page, too_large
from detente.sources.source import Found, Origin, Setting
from detente.sources.streams import Gunzip, Meter, Metered, Stream

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PAGES = frozenset(
    {
        "",
        "text/html",
        "application/xhtml+xml",
        "application/pdf",
        "text/plain",
        "text/markdown",
        "message/rfc822",
        DOCX,
    }
)
_VANISHED = {404: Reason.NOT_FOUND, 410: Reason.GONE}


def read_warc(stream: Stream, origin: Origin, setting: Setting) -> Iterator[Found]:
    """Give the pages of a WARC file: what was answered with status 200, and what was stored as it is.

    Redirects, repeated captures, images, scripts and styles are passed over; an address that answered
    404 or 410 is an issue, so that a vanished page is known.
    """
    wanted = WarcRecordType.response | WarcRecordType.resource
    number = 0
    try:
        # The stream is expanded already; its own damage is told by whoever opened it.
        records = ArchiveIterator(
            cast(Any, stream), record_types=wanted, parse_http=False, stream_detect=False, fsspec_args=False
        )
        for number, record in enumerate(records, start=1):
            yield from _read_record(record, stream, origin, setting, f"record {number}")
    except (OSError, ValueError) as err:
        if not stream.damage:
            detail = f"the archive is damaged, what follows is lost: {err}"
            yield origin.issue(Reason.TRUNCATED, detail, locator=f"record {number + 1}", severity="part")


def _read_record(
    record: WarcRecord, stream: Stream, origin: Origin, setting: Setting, locator: str
) -> Iterator[Found]:
    url = (record.headers.get(WarcHeader.WARC_TARGET_URI) or "").strip("<> ")
    if not is_web_address(url) or urlsplit(url).path == "/robots.txt":
        return
    if record.is_http:
        record.parse_http()
    inside = _origin_of(record, url, origin)
    status = record.http_headers.status_code if record.is_http and record.http_headers else None
    if inside.media_type not in _PAGES or (record.is_http and status not in {200, *_VANISHED}):
        return
    if status in _VANISHED:
        yield Issue(_VANISHED[status], url, "gone when it was archived", locator)
        return
    raw = record.reader.read(setting.limits.max_page + 1)
    if len(raw) > setting.limits.max_page:
        yield too_large(inside, setting)
    elif len(raw) < record.content_length:
        if not stream.damage:
            detail = "the archive ends inside this page"
            yield origin.issue(Reason.TRUNCATED, detail, locator=locator, severity="part")
    else:
        yield from read_page(_decoded(raw, record, setting), inside, setting)


def _origin_of(record: WarcRecord, url: str, origin: Origin) -> Origin:
    declared = record.http_content_type if record.is_http else record.headers.get(WarcHeader.CONTENT_TYPE)
    return Origin(
        address=url,
        name=urlsplit(url).path.rsplit("/", 1)[-1],
        received=_date_of(record) or origin.received,
        media_type=(declared or "").split(";")[0].strip().lower(),
        charset=(record.http_charset or "") if record.is_http else "",
        container=origin.address,
    )


def _date_of(record: WarcRecord) -> datetime | None:
    try:
        date = datetime.fromisoformat(record.headers.get(WarcHeader.WARC_DATE) or "")
    except ValueError:
        return None
    return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)


def _decoded(raw: bytes, record: WarcRecord, setting: Setting) -> Stream:
    """Undo what the server did to send the page; many archivers undid it already and left the header."""
    if not record.is_http:
        return Stream(io.BytesIO(raw))
    headers = record.http_headers
    if "chunked" in (headers.get("transfer-encoding") or "").lower():
        raw = _read_or_keep(ChunkedReader(io.BytesIO(raw)), raw, setting)
    encoding = (headers.get("content-encoding") or "").strip().lower()
    if encoding in {"gzip", "x-gzip"} and raw.startswith(b"\x1f\x8b"):
        return Stream(Gunzip(io.BytesIO(raw), setting.limits))
    if encoding == "br":
        raw = _read_or_keep(BrotliReader(io.BytesIO(raw)), raw, setting)
    return Stream(io.BytesIO(raw))


def _read_or_keep(reader: Any, raw: bytes, setting: Setting) -> bytes:
    try:
        return bytes(reader.read(setting.limits.max_page + 1)) or raw
    except OSError:
        return raw


def read_zip(stream: Stream, origin: Origin, setting: Setting) -> Iterator[Found]:
    """Give the pages of a WACZ archive, or a Word file as one page; other archives are issues."""
    file = stream.as_file(setting.limits.max_page)
    if file is None:
        yield too_large(origin, setting)
        return
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if "word/document.xml" in names:
                yield from _read_docx(file, origin, setting)
            elif any(_is_warc(name) for name in names):
                yield from _read_wacz(archive, origin, setting)
            else:
                detail = "a ZIP archive that is neither DOCX nor WACZ: unpack it first"
                yield origin.issue(Reason.UNSUPPORTED_FORMAT, detail)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as err:
        yield origin.issue(Reason.TRUNCATED, f"the archive is damaged: {err}")


def _is_warc(name: str) -> bool:
    return name.startswith("archive/") and name.lower().endswith((".warc", ".warc.gz"))


def _read_docx(file: BinaryIO, origin: Origin, setting: Setting) -> Iterator[Found]:
    file.seek(0)
    content = file.read(setting.limits.max_page + 1)
    yield too_large(origin, setting) if len(content) > setting.limits.max_page else origin.page(content, DOCX)


def _read_wacz(archive: zipfile.ZipFile, origin: Origin, setting: Setting) -> Iterator[Found]:
    budget = Meter(setting.limits.max_expanded)
    for info in archive.infolist():
        if _is_warc(info.filename):
            yield from _read_member(archive, info, budget, origin, setting)


def _read_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Meter, origin: Origin, setting: Setting
) -> Iterator[Found]:
    allowed = max(setting.limits.max_page, info.compress_size * setting.limits.max_ratio)
    try:
        member = archive.open(info)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as err:
        reason = Reason.ENCRYPTED if info.flag_bits & 1 else Reason.MALFORMED
        yield origin.issue(reason, str(err), locator=info.filename, severity="part")
        return
    with member:
        stream = Stream(Metered(member, Meter(allowed)))
        if recognise(stream.head).format is Format.GZIP:
            stream = Stream(Gunzip(stream, setting.limits))
        stream = Stream(Metered(stream, budget))
        yield from read_warc(stream, origin, setting)
        if stream.damage:
            yield origin.issue(
                stream.damage.reason, stream.damage.detail, locator=info.filename, severity="part"
            )
