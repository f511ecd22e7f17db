"""Read HTML pages: main text by the cascade, everything else on the page typed around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import htmldate
from lxml import etree
from lxml.html import HtmlElement

from detente.codebooks.page_words import furniture
from detente.codebooks.publishers import publisher_by_name
from detente.errors import UnreadablePage
from detente.model.dates import Basis
from detente.model.documents import Genre, Metadata, Page, Rendition
from detente.model.issues import Issue, Reason
from detente.model.text import BlockKind
from detente.reading.alignment import key_of
from detente.reading.cascade import MainText, find_main_text
from detente.reading.charset import clean, decode
from detente.reading.contract import versioned
from detente.reading.dateline import Dateline, find_dateline
from detente.reading.formats import Format, format_of
from detente.reading.house import House, clash, dated, genre_of, house_of
from detente.reading.html_metadata import Told, site_suffix_off, told_by
from detente.reading.html_segments import Segment, find_segments
from detente.reading.html_tree import drop_unseen, parse_html
from detente.reading.line_shapes import Shape, count_words, is_caption, is_date_line, shape_line
from detente.reading.pieces import Piece, assemble, squeeze, tidy_hint
from detente.reading.plain_header import DateLine, split_date_line
from detente.reading.publication import (
    DateEvidence,
    Moment,
    date_in_address,
    first_settled,
    moment_of_stamp,
    settle,
)

_LABELLED = re.compile(
    r"\s*\b(?:published|posted|updated|first published|publié|mis à jour)\b", re.IGNORECASE
)
_ABOUT_TAIL = 3
# Captions take up less of a text than this.
_MOST_CREDITED = 0.2
_LONGEST_BYLINE = 14
_LONGEST_DATE_LINE = 25
# So many lines may stand between a title and the first paragraph and still belong to the header.
_LONGEST_HEADER = 12


class HtmlReader:
    """Reads HTML and XHTML pages."""

    name = versioned("html")

    def accepts(self, page: Page) -> bool:
        """Whether the page is HTML by its type or its first bytes."""
        return format_of(page) is Format.HTML

    def read(self, page: Page) -> Rendition:
        """Read the page; everything a reader sees is in the text, furniture typed as chrome."""
        text, issues = decode(page.content, page.charset, page.address)
        return read_html(page, clean(text), self.name, issues)


@dataclass(frozen=True, slots=True)
class HtmlArticle:
    """A page cut into segments with its main text chosen and what it tells of itself."""

    segments: Sequence[Segment]
    main: MainText
    told: Told
    title: str
    pieces: list[Piece]

    @property
    def body(self) -> str:
        """The words of the page that are not furniture."""
        return "\n".join(piece.text for piece in self.pieces if piece.kind is not BlockKind.CHROME)

    @property
    def shown(self) -> str:
        """All words of the page."""
        return "\n".join(segment.text for segment in self.segments)

    @property
    def opening(self) -> int:
        """The number of the first segment of the main text after the title."""
        first = min(self.main.chosen, default=0)
        title_at = _title_at(self.segments, self.title, first)
        if title_at is None or title_at < first:
            return first
        return min((number for number in self.main.chosen if number > title_at), default=first)

    @property
    def first(self) -> int:
        """The number of the first segment of the main text, or of the title where that comes first."""
        first = min(self.main.chosen, default=0)
        title_at = _title_at(self.segments, self.title, first)
        return first if title_at is None else min(first, title_at)


def read_html(page: Page, text: str, reader: str, issues: Sequence[Issue] = ()) -> Rendition:
    """Read decoded HTML into a rendition; raises UnreadablePage when there is nothing to see in it."""
    tree, troubles = parse_html(text, page.address)
    told = told_by(tree, page.address)
    whole = etree.ElementTree(tree)
    drop_unseen(tree)
    segments = find_segments(tree)
    if not segments and not told.body:
        raise UnreadablePage(Reason.NO_TEXT, "the page shows no words")
    main = find_main_text(tree, segments, told.body, size=len(text))
    article = _article(page, segments, main, told)
    metadata, open_points = _describe(page, article, whole)
    return assemble(page, reader, article.pieces, metadata, [*issues, *troubles, *open_points])


def _article(page: Page, segments: Sequence[Segment], main: MainText, told: Told) -> HtmlArticle:
    title = _title(page, segments, told)
    pieces = _pieces(segments, main, title)
    if not main.chosen and not main.extra and told.body:
        pieces += [Piece(squeeze(line), BlockKind.BODY) for line in told.body.split("\n") if line.strip()]
    if title and not any(p.kind is BlockKind.HEADING and key_of(p.text) == key_of(title) for p in pieces):
        first = next((n for n, p in enumerate(pieces) if p.kind is not BlockKind.CHROME), 0)
        pieces.insert(first, Piece(title, BlockKind.HEADING))
    return HtmlArticle(segments, main, told, title, pieces)


def _title(page: Page, segments: Sequence[Segment], told: Told) -> str:
    """The headline: what the source told, the h1 that JSON-LD or meta tags repeat, those, the h1."""
    if page.hints.title.strip():
        return tidy_hint(page.hints.title)
    headings = [segment.text for segment in segments if segment.heading == 1 and not segment.region]
    window = site_suffix_off(told.window_title, told.publishers)
    named = [site_suffix_off(squeeze(title), told.publishers) for title in told.titles if squeeze(title)]
    for heading in headings:
        if any(key_of(heading) == key_of(title) for title in [*named, window]):
            return heading
    if named:
        return named[0]
    repeated = [
        heading for heading in headings if key_of(heading) and key_of(heading) in key_of(told.window_title)
    ]
    return (repeated or headings[:1] or [window])[0]


def _pieces(segments: Sequence[Segment], main: MainText, title: str) -> list[Piece]:
    extra: dict[int, list[str]] = {}
    for after, line in main.extra:
        extra.setdefault(after, []).append(line)
    window = (min(main.chosen), max(main.chosen)) if main.chosen else (0, -1)
    pieces = [Piece(line, BlockKind.BODY) for line in extra.get(-1, [])]
    names_sources = _names_sources(segments, main)
    about = _about_tail(segments, main)
    title_at = _title_at(segments, title, window[0])
    for number, segment in enumerate(segments):
        if number == title_at:
            kind = BlockKind.HEADING
        elif title_at is not None and number < title_at <= window[0] + 8 and not segment.is_prose:
            kind = BlockKind.CHROME
        elif title_at is not None and title_at < number < window[0] and _is_standfirst(segment):
            kind = BlockKind.HEADING
        elif number in about:
            kind = BlockKind.CHROME
        else:
            kind = _kind(number, segment, main, window, title)
            is_sourced = names_sources and kind is BlockKind.CAPTION and _is_credited(number, segment, main)
            kind = BlockKind.BODY if is_sourced else kind
        pieces.append(Piece(segment.text, kind, marks=tuple(segment.marks), label=segment.note))
        pieces += [Piece(line, BlockKind.BODY) for line in extra.get(number, [])]
    return pieces


def _names_sources(segments: Sequence[Segment], main: MainText) -> bool:
    """Whether so much of the text ends in a credit that these name sources and not pictures."""
    credited = sum(segments[n].words for n in main.chosen if _is_credited(n, segments[n], main))
    return credited > _MOST_CREDITED * sum(segments[n].words for n in main.chosen)


def _is_credited(number: int, segment: Segment, main: MainText) -> bool:
    return number in main.chosen and not segment.is_caption and is_caption(segment.text)


def _is_standfirst(segment: Segment) -> bool:
    """Whether a line between title and text sums the article up."""
    if segment.region or segment.is_caption or segment.is_byline or segment.is_dated or segment.linked > 0.3:
        return False
    line = shape_line(segment.text, 1)
    return line.words >= 7 and line.shape in (Shape.STUB, Shape.SHORT, Shape.PROSE)


def _title_at(segments: Sequence[Segment], title: str, first: int) -> int | None:
    """Where the title stands: the last such heading before the text, else the first anywhere."""
    wanted = key_of(title)
    same = [n for n, s in enumerate(segments) if wanted and key_of(s.text) == wanted]
    ranked = [n for n in same if segments[n].heading] or same
    before = [n for n in ranked if n <= first]
    return before[-1] if before else (ranked[0] if ranked else None)


def _kind(number: int, segment: Segment, main: MainText, window: tuple[int, int], title: str) -> BlockKind:
    near = window[0] - 6 <= number <= window[1] + 3
    if segment.note:
        return BlockKind.FOOTNOTE
    if (
        segment.is_caption or (number not in main.chosen and near and is_caption(segment.text, loose=True))
    ) and not segment.region:
        return BlockKind.CAPTION if near and count_words(segment.text) >= 3 else BlockKind.CHROME
    if number in main.chosen:
        return _main_kind(segment, title)
    return BlockKind.CHROME


def _main_kind(segment: Segment, title: str) -> BlockKind:
    if key_of(segment.text) == key_of(title):
        return BlockKind.CHROME
    if segment.heading and segment.linked < 0.9:
        is_sentence = shape_line(segment.text, 1).shape is Shape.PROSE
        return BlockKind.BODY if is_sentence and segment.text.endswith(".") else BlockKind.HEADING
    if segment.is_row:
        return BlockKind.TABLE
    if is_caption(segment.text) and count_words(segment.text) < 60:
        return BlockKind.CAPTION
    marked = (segment.is_byline or segment.is_dated) and not segment.text.endswith(".")
    if count_words(segment.text) <= 16 and (
        marked or is_date_line(segment.text) or furniture("byline").match(segment.text)
    ):
        return BlockKind.CHROME if count_words(segment.text) <= 14 else BlockKind.BODY
    return BlockKind.QUOTE if segment.is_quote else BlockKind.BODY


def _about_tail(segments: Sequence[Segment], main: MainText) -> set[int]:
    """The last paragraphs may tell of the author or the house instead of the news."""
    tail = sorted(main.chosen)[-_ABOUT_TAIL:]
    return {
        number for number in tail if len(main.chosen) > 4 and furniture("about").match(segments[number].text)
    }


def _describe(
    page: Page, article: HtmlArticle, whole: etree._ElementTree[HtmlElement]
) -> tuple[Metadata, list[Issue]]:
    told, hints = article.told, page.hints
    opening = next((p.text for p in article.pieces if p.kind is BlockKind.BODY), "")
    address = told.canonical or page.address
    dateline = find_dateline(opening, DateEvidence(received=page.received.date()))
    lines = _header_lines(article)
    house = _house(page, article, dateline, lines)
    evidence = house.evidence(page, told.language or hints.language, article.body, article.shown)
    stamped = [
        moment_of_stamp(stamp, Basis.METADATA, evidence)
        for stamp in (hints.published, *told.published)
        if stamp
    ]
    written = _written(article, lines, evidence)
    moment = first_settled(
        [
            *stamped,
            *written,
            dateline.moment if dateline else None,
            date_in_address(address),
            _by_htmldate(whole, page),
        ]
    )
    moment = _completed(moment, written, dateline)
    changed = first_settled(moment_of_stamp(stamp, Basis.METADATA, evidence) for stamp in told.modified)
    changed = changed or first_settled(
        settle(line.written, Basis.TEXT, evidence) for line in lines if line.is_change
    )
    metadata = replace(_metadata(page, article, house, lines), modified=changed.date if changed else None)
    metadata, issues = dated(metadata, page, moment)
    return metadata, issues + clash(page, first_settled(stamped), first_settled(written))


def _house(page: Page, article: HtmlArticle, dateline: Dateline | None, lines: Sequence[DateLine]) -> House:
    told = article.told
    masthead = [segment.text for segment in article.segments[: article.first] if segment.words <= 8]
    masthead += [re.split(r"[|>»·–]", text)[0] for text in masthead]
    window = re.split(r"\s+[|–—-]\s+|:\s+", told.window_title)
    named = [
        name
        for name in (*(n for line in lines for n in line.names), *masthead, *window)
        if publisher_by_name(name)
    ]
    agency = [dateline.agency] if dateline and publisher_by_name(dateline.agency) else []
    address = told.canonical or page.address
    # The page's own site published it, even where the byline or dateline names the agency it copied.
    return house_of(address, (page.hints.publisher, *(told.publishers or [*named, *agency])))


def _metadata(page: Page, article: HtmlArticle, house: House, lines: Sequence[DateLine]) -> Metadata:
    told = article.told
    kickers = [
        segment.text
        for segment in article.segments[max(0, article.first - 2) : article.first]
        if segment.words <= 3
    ]
    genre = genre_of(article.title, told.canonical or page.address, told.types, [*told.sections, *kickers])
    if genre is Genre.UNKNOWN and find_dateline(article.body.partition("\n")[2], DateEvidence()):
        genre = Genre.NEWS
    return Metadata(
        title=article.title,
        publisher=house.name,
        byline=tidy_hint(page.hints.byline) or _byline(article, lines),
        genre=genre,
        voice=house.rank,
        language=(told.language or page.hints.language).split("-")[0].casefold() or None,
        canonical=told.canonical,
        country=house.country,
    )


def _byline(article: HtmlArticle, lines: Sequence[DateLine]) -> str:
    if article.told.authors:
        return "; ".join(dict.fromkeys(squeeze(author) for author in article.told.authors))
    near = range(article.first, article.opening + 3)
    shown = [
        segment.text
        for number, segment in enumerate(article.segments)
        if segment.words <= _LONGEST_BYLINE
        and (segment.is_byline or (number in near and furniture("byline").match(segment.text)))
    ]
    for text in [*shown, *(name for line in lines for name in line.names)]:
        match = furniture("byline").match(text)
        name = text[match.end() :] if match else (text if text in shown else "")
        name = _LABELLED.split(name)[0]
        name = re.split(r"\s*[|·•]\s*|\s[–—-]\s", name.strip(" :,"))[0]
        if name and not any(char.isdigit() for char in name) and 1 <= count_words(name) <= 8:
            return name
    return ""


def _header_lines(article: HtmlArticle) -> list[DateLine]:
    """Date lines: near the title, marked as such in the article, at its end, in the masthead."""
    first, last = article.opening, max(article.main.chosen, default=0)
    near, marked, masthead, closing = [], [], [], []
    start = article.first - 4
    prose = (number for number, segment in enumerate(article.segments) if number > first and segment.is_prose)
    until = max(first + 2, min(next(prose, first), first + _LONGEST_HEADER))
    for number, segment in enumerate(article.segments):
        line = split_date_line(segment.text) if segment.words <= _LONGEST_DATE_LINE else None
        if line is None or (segment.region and number > first and not segment.is_dated):
            continue
        if start <= number <= until:
            near.append(line)
        elif (segment.is_dated or segment.is_byline) and segment.in_article:
            marked.append(line)
        elif number < first:
            masthead.append(line)
        elif last - 1 <= number <= last + 3 and is_date_line(segment.text):
            closing.append(line)
    # A line that names two days tells when other things happened, too: it speaks last.
    return sorted([*near, *marked, *closing, *masthead], key=lambda line: line.days > 1)


def _written(article: HtmlArticle, lines: Sequence[DateLine], evidence: DateEvidence) -> list[Moment | None]:
    stamps = [s.stamp for s in article.segments if s.stamp and not s.region]
    machine = [moment_of_stamp(stamp, Basis.METADATA, evidence) for stamp in stamps[:1]]
    return [*machine, *(settle(line.written, Basis.TEXT, evidence) for line in lines if not line.is_change)]


def _completed(
    moment: Moment | None, written: Sequence[Moment | None], dateline: Dateline | None
) -> Moment | None:
    """Fill in the time and zone that another place of the page gives for the same day."""
    if moment is None:
        return None
    if not moment.clock:
        same = (other for other in written if other and other.clock and other.date.lo == moment.date.lo)
        fuller = next(same, None)
        moment = replace(moment, clock=fuller.clock, zone=fuller.zone) if fuller else moment
    if not moment.zone and dateline:
        moment = replace(moment, zone=dateline.zone)
    return moment


def _by_htmldate(whole: etree._ElementTree[HtmlElement], page: Page) -> Moment | None:
    """The last resort, taken only when the page holds that day in figures nobody can misread."""
    try:
        found = htmldate.find_date(
            whole.getroot(), extensive_search=False, original_date=True, url=page.address
        )
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError, etree.LxmlError):
        return None
    source = etree.tostring(whole, encoding="unicode") if found else ""
    if not found or not (
        found in source or found.replace("-", "/") in source or found.replace("-", "") in source
    ):
        return None
    return moment_of_stamp(found, Basis.METADATA, DateEvidence())
