"""Cut an HTML tree into the stretches of text a reader sees as one line or paragraph, in page order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from detente.reading.line_shapes import count_words, ends_like_a_sentence
from detente.reading.pieces import squeeze

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "noscript",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "ul",
        "label",
        "title",
    ]
) - {"time", "label"}
# Links and spans that follow each other without a blank are set apart by the page's style.
_SIBLINGS = frozenset({"a", "span", "time"})
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_FURNITURE_TAGS = frozenset({"nav", "footer", "aside", "form", "button", "menu", "dialog", "noscript"})
_FURNITURE_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert", "form"}
)
# Whole words of the class and id names that publishers give to furniture.
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|footer|sidebar|side-bar|comments?|comment-?(?:list|form|box|section)|"
    r"respond|disqus|related|recommend(?:ed|ations)?|trending|most-?(?:read|popular|viewed)|popular|share|sharing|social|"
    r"newsletter|subscri(?:be|ption)|signup|sign-up|promo|advert(?:isement)?|ads?|sponsor(?:ed)?|cookie|consent|gdpr|banner|"
    r"popup|modal|overlay|tags?|tag-?list|taglist|topics|outbrain|taboola|author-?(?:bio|box|card)|bio|about-author|copyright|"
    r"widget|more-stories|more-news|read-more|readmore|read-next|latest|toolbar|pagination|pager|skip-link|login|paywall-prompt)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION_NAME = re.compile(
    r"(?:^|[\s_-])(?:wp-)?(?:caption|captions|caption-text|figcaption|photo-?credit|image-?credit|img-?credit|credit|cutline|"
    r"photo-?caption|image-?caption|img-?caption|media-caption|pic-?desc|photo-?desc)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BYLINE_NAME = re.compile(
    r"(?:^|[\s_-])(?:byline|author|authors|writer|reporter|dateline-author)(?:$|[\s_-]|__?)", re.IGNORECASE
)
_DATE_NAME = re.compile(
    r"(?:^|[\s_-])(?:date|dates|time|timestamp|published|pubdate|publish-?date|post-?date|datetime|meta)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MARK_TEXT = re.compile(r"^[\[(]?(\d{1,3}|[*†‡])[\])]?$")


@dataclass(slots=True)
class Segment:
    """One stretch of text with what the markup says of it.

    `region` is "furniture" inside navigation, footers, side columns and forms, else "". `home` names the
    element the segment's own element stands in, so that neighbours can be told. `linked` is the share of
    its letters inside links. `marks` are footnote marks as (target, offset); `note` the target it is.
    """

    text: str
    tag: str
    region: str = ""
    heading: int = 0
    is_caption: bool = False
    is_quote: bool = False
    is_item: bool = False
    is_row: bool = False
    is_byline: bool = False
    is_dated: bool = False
    in_article: bool = False
    linked: float = 0.0
    stamp: str = ""
    note: str = ""
    home: tuple[int, int] = (0, 0)
    words: int = 0
    marks: list[tuple[str, int]] = field(default_factory=list)

    @property
    def is_prose(self) -> bool:
        """Whether it reads like a paragraph and not like a label or a list of links."""
        return (
            self.linked < 0.5
            and not self.heading
            and ((self.words >= 12 and ends_like_a_sentence(self.text)) or self.words >= 30)
        )


@dataclass(slots=True)
class _Scope:
    """What an element adds to everything inside it."""

    element: HtmlElement
    region: str
    caption: bool
    quote: bool
    byline: bool
    dated: bool
    article: bool
    note: str
    row_table: bool


@dataclass(slots=True)
class _Open:
    """The segment being gathered."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    linked: int = 0
    stamp: str = ""
    marks: list[tuple[str, int]] = field(default_factory=list)


def find_segments(tree: HtmlElement) -> list[Segment]:
    """Walk the tree once, without recursion, and give its segments in page order."""
    walker = _Walker(_note_targets(tree))
    body = tree.find(".//body")
    for event, element in etree.iterwalk(body if body is not None else tree, events=("start", "end")):
        if event == "start":
            walker.start(element)
        else:
            walker.end(element)
    walker.flush()
    return walker.segments


def _note_targets(tree: HtmlElement) -> frozenset[str]:
    """Ids that a bare number links to inside the page: its footnotes."""
    found = set()
    for link in tree.iterfind(".//a[@href]"):
        target = link.get("href", "")
        if target.startswith("#") and len(target) > 1 and _MARK_TEXT.match("".join(link.itertext()).strip()):
            found.add(target[1:])
    return frozenset(found)


class _Walker:
    """Keeps the open elements and the segment being gathered while the tree is walked."""

    def __init__(self, targets: frozenset[str]) -> None:
        self.segments: list[Segment] = []
        self._targets = targets
        self._scopes: list[_Scope] = []
        self._blocks: list[HtmlElement] = []
        self._links = 0
        self._open = _Open()
        self._breaks = 0
        self._left: HtmlElement | None = None
        self._muted: HtmlElement | None = None

    def start(self, element: HtmlElement) -> None:
        """Enter an element: a block ends the segment before it."""
        if not isinstance(element.tag, str):
            return
        if element.tag == "br":
            self._break()
        elif element.tag in _BLOCKS and not self._in_row(element):
            self.flush()
            self._blocks.append(element)
        elif element.tag in ("td", "th"):
            self._add(" | " if self._open.parts else "")
        elif element.tag in _SIBLINGS and self._left is element.getprevious() is not None:
            self._add(" ")
        self._scopes.append(self._scope(element))
        if element.tag == "a":
            self._links += 1
            self._muted = element if self._mark(element) else self._muted
        elif element.tag == "time" and not self._open.stamp:
            self._open.stamp = element.get("datetime", "")
        self._add("" if self._muted is not None else element.text or "")

    def end(self, element: HtmlElement) -> None:
        """Leave an element: a block ends its segment; what follows it belongs to its parent."""
        if isinstance(element.tag, str):
            if element.tag == "a":
                self._links -= 1
            if self._blocks and self._blocks[-1] is element:
                self.flush()
                self._blocks.pop()
            self._scopes.pop()
        self._muted = None if self._muted is element else self._muted
        self._left = element if element.tag in _SIBLINGS and not element.tail else None
        self._add("" if self._muted is not None else element.tail or "")

    def flush(self) -> None:
        """Close the segment being gathered."""
        gathered, self._open, self._breaks = self._open, _Open(), 0
        text = squeeze("".join(gathered.parts)).strip("| ")
        if text and self._blocks:
            self.segments.append(self._segment(text, gathered))

    def _segment(self, text: str, gathered: _Open) -> Segment:
        block, scope = self._blocks[-1], self._scopes[-1] if self._scopes else None
        parent = block.getparent()
        tags = {open_block.tag for open_block in self._blocks[-4:]}
        return Segment(
            text=text,
            words=count_words(text),
            tag=block.tag,
            region=scope.region if scope else "",
            heading=_HEADINGS.get(block.tag, 0),
            is_caption=bool(scope and scope.caption),
            is_quote=bool(scope and scope.quote),
            is_item=bool(tags & {"li", "dd", "dt"}),
            is_row=block.tag == "tr",
            is_byline=bool(scope and scope.byline),
            is_dated=bool(scope and scope.dated),
            in_article=bool(scope and scope.article),
            linked=gathered.linked / max(1, gathered.length),
            stamp=gathered.stamp,
            note=scope.note if scope else "",
            home=(id(parent), id(parent.getparent()) if parent is not None else 0),
            marks=[(target, min(offset, len(text))) for target, offset in gathered.marks],
        )

    def _add(self, text: str) -> None:
        if not text:
            return
        if self._breaks and text.strip():
            self._settle_breaks(text.lstrip())
        self._open.parts.append(text)
        letters = len(text.strip())
        self._open.length += letters
        self._open.linked += letters if self._links else 0

    def _break(self) -> None:
        self._breaks += 1

    def _settle_breaks(self, following: str) -> None:
        """One break inside a sentence is a line's end; two, or one between whole lines, part paragraphs."""
        gathered = squeeze("".join(self._open.parts))
        runs_on = following[0].islower() or gathered.endswith((",", "-"))
        if self._breaks == 1 and runs_on and gathered:
            self._open.parts.append(" ")
        else:
            self.flush()
        self._breaks = 0

    def _mark(self, link: HtmlElement) -> bool:
        """Note the place of a footnote mark; its number is not part of the sentence."""
        target = link.get("href", "")
        if not target.startswith("#") or target[1:] not in self._targets:
            return False
        self._open.marks.append((target[1:], len(squeeze("".join(self._open.parts)))))
        return True

    def _in_row(self, element: HtmlElement) -> bool:
        """Whether the element is a cell, or stands in one, of a table of data: its row is one segment."""
        return bool(
            self._scopes
            and self._scopes[-1].row_table
            and element.tag not in ("tr", "table", "tbody", "thead", "tfoot", "caption")
        )

    def _scope(self, element: HtmlElement) -> _Scope:
        above = (
            self._scopes[-1]
            if self._scopes
            else _Scope(element, "", False, False, False, False, False, "", False)
        )
        names = f"{element.get('class', '')} {element.get('id', '')}" if element.attrib else ""
        if element.get("itemprop") or element.get("role") or element.get("rel"):
            names += f" {element.get('itemprop', '')} {element.get('rel', '')}"
        named = names.strip()
        target = element.get("id", "") or element.get("name", "")
        is_page = element.tag in ("body", "html", "article", "main")
        return _Scope(
            element,
            above.region or ("" if is_page else _region(element, named)),
            above.caption
            or element.tag in ("figcaption", "figure")
            or bool(named and not is_page and _CAPTION_NAME.search(named)),
            above.quote or element.tag == "blockquote",
            above.byline or bool(named and not is_page and _BYLINE_NAME.search(named)),
            above.dated or element.tag == "time" or bool(named and not is_page and _DATE_NAME.search(named)),
            above.article or element.tag == "article" or "articlebody" in named.casefold(),
            above.note or (target if target in self._targets else ""),
            _is_data_table(element) if element.tag == "table" else above.row_table,
        )


def _region(element: HtmlElement, named: str) -> str:
    if element.tag in _FURNITURE_TAGS or element.get("role") in _FURNITURE_ROLES:
        return "furniture"
    if element.tag == "header" and not _within_article(element):
        return "furniture" if element.find(".//h1") is None else ""
    if (
        named
        and element.tag not in ("p", "h1", "h2", "a", "em", "i", "b", "strong")
        and _FURNITURE_NAME.search(named)
    ):
        return "furniture"
    return ""


def _within_article(element: HtmlElement) -> bool:
    return next(element.iterancestors("article", "main"), None) is not None


def _is_data_table(table: HtmlElement) -> bool:
    """Rows and columns of short cells are data; cells of paragraphs are a layout."""
    if table.find(".//table") is not None or table.find(".//p//p") is not None:
        return False
    rows = table.findall(".//tr")
    cells = [cell for row in rows for cell in row if cell.tag in ("td", "th")]
    if len(rows) < 2 or len(cells) < 2 * len(rows) - 1:
        return False
    return all(len("".join(cell.itertext())) < 200 for cell in cells[:200])


def prose_words(segments: list[Segment]) -> Iterator[tuple[int, int]]:
    """Number and words of every segment that reads like a paragraph outside furniture."""
    for number, segment in enumerate(segments):
        if segment.is_prose and not segment.region and not segment.is_caption:
            yield number, segment.words
