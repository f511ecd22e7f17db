"""Parse HTML that may be hostile into a tree without scripts, hidden parts and runaway depth."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from detente.errors import UnreadablePage
from detente.model.issues import Issue, Reason

LARGEST_PAGE = 2_500_000
_LONG_ATTRIBUTE = re.compile(r"""(=\s*)("[^"]{20000,}"|'[^']{20000,}')""")
_HEAVY = re.compile(
    r"<(script|style|svg|template)\b(?![^>]*ld\+json)[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL
)
_WRAPPER = re.compile(
    r"</?(?:div|span|font|b|i|em|strong|center|section|blockquote|ul|ol|li|table|tbody|tr|td)\b[^>]*>",
    re.IGNORECASE,
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DROPPED = ("script", "style", "template", "svg", "iframe", "object", "canvas", "select", "textarea", "math")
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-text)?|hidden-text|print-only|noscript)(?:\s|$)",
    re.IGNORECASE,
)


def parse_html(text: str, address: str) -> tuple[HtmlElement, list[Issue]]:
    """Parse decoded HTML; an Issue where it was cut for its size or flattened for its depth.

    Raises UnreadablePage when no element can be made of it.
    """
    text, issues = _within_limits(_DECLARATION.sub("", text), address)
    tree, too_deep = _parse(text)
    if too_deep:
        # The parser drops what lies deeper than 256 levels; without the wrappers the words come back.
        tree, _ = _parse(_WRAPPER.sub("\n", text))
        detail = "elements are nested too deep; the page was read without its layout"
        issues.append(Issue(Reason.TOO_DEEP, address, detail, severity="part"))
    if tree is None:
        raise UnreadablePage(Reason.MALFORMED, "no HTML element could be read")
    return tree, issues


def drop_unseen(tree: HtmlElement) -> None:
    """Remove in place what a reader of the page does not see: scripts, styles, hidden elements."""
    doomed = [element for element in tree.iter() if _is_unseen(element)]
    for element in doomed:
        if element.getparent() is not None:
            element.drop_tree()


def _is_unseen(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str):
        return True
    if element.tag in _DROPPED:
        return True
    if element.tag in ("body", "html"):
        return False
    attributes = element.attrib
    if not attributes:
        return False
    return (
        "hidden" in attributes
        or bool(_HIDDEN_STYLE.search(attributes.get("style", "")))
        or bool(_HIDDEN_CLASS.search(attributes.get("class", "")))
    )


def _within_limits(text: str, address: str) -> tuple[str, list[Issue]]:
    if len(text) > 200_000:
        text = _LONG_ATTRIBUTE.sub(r'\1""', text)
    if len(text) > LARGEST_PAGE:
        text = _HEAVY.sub(" ", text)
    if len(text) <= LARGEST_PAGE:
        return text, []
    detail = f"only the first {LARGEST_PAGE:,} characters of the page were read"
    return text[:LARGEST_PAGE], [Issue(Reason.TOO_LARGE, address, detail, severity="part")]


def _parse(text: str) -> tuple[HtmlElement | None, bool]:
    parser = HTMLParser(huge_tree=False, remove_pis=True)
    try:
        tree = document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None, _is_too_deep(parser)
    return tree, _is_too_deep(parser)


def _is_too_deep(parser: HTMLParser) -> bool:
    return any("depth" in entry.message.lower() for entry in parser.error_log)
