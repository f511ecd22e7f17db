"""What an HTML page says of itself to machines: JSON-LD, meta tags, link rel=canonical, lang."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement, fragment_fromstring

from detente.codebooks.publishers import publisher_by_name
from detente.reading.pieces import squeeze

_LARGEST_JSON = 2_000_000
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "article:published",
    "og:published_time",
    "publish-date",
    "publishdate",
    "publication_date",
    "pubdate",
    "publish_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "citation_publication_date",
    "citation_date",
    "date",
    "article_date_original",
    "cxenseparse:recs:publishtime",
    "og:article:published_time",
    "rnews:datepublished",
    "ptime",
    "article.published",
)
_MODIFIED = (
    "article:modified_time",
    "datemodified",
    "og:updated_time",
    "dcterms.modified",
    "last-modified",
    "lastmod",
)
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Statement|Interview|Analysis|PressRelease)$")
_SITE_PREFIX = re.compile(r"(?P<site>.{2,40}?)\s*(?::|\s[|–—•·»-])\s+(?=\S+\s+\S)")
_SITE_SUFFIX = re.compile(r"\s+[|–—•·»:-]{1,2}\s+")


@dataclass(slots=True)
class Told:
    """Everything a page tells machines; each field is "" or empty where it tells nothing."""

    titles: list[str] = field(default_factory=list)
    window_title: str = ""
    publishers: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    modified: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    canonical: str = ""
    language: str = ""
    body: str = ""


def told_by(tree: HtmlElement, address: str) -> Told:
    """Gather what the page tells machines, JSON-LD first."""
    told = Told()
    for item in _articles(tree):
        _from_json(item, told)
    _from_meta(tree, told)
    told.window_title = squeeze(tree.findtext(".//title") or "")
    told.language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    told.canonical = _canonical(tree, address)
    return told


def site_suffix_off(title: str, publishers: list[str]) -> str:
    """Take the name of the site off a window title: "Talks resume - The Harbour Dispatch"."""
    parts = _SITE_SUFFIX.split(title)
    opening = _SITE_PREFIX.match(title)
    if opening and publisher_by_name(opening["site"]):
        return title[opening.end() :]
    if len(parts) < 2:
        return title
    folded = {name.casefold() for name in publishers}
    if parts[-1].casefold() in folded or len(parts[-1]) < 0.5 * len(title):
        return title[: title.rfind(parts[-1])].rstrip(" |–—•·»:-")
    return title


def _articles(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """The JSON-LD items that describe an article, the one with a headline first."""
    found = []
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        source = script.text or ""
        if len(source) <= _LARGEST_JSON:
            found += [item for item in _items(_loads(source)) if _is_article(item)]
    yield from sorted(found, key=lambda item: "headline" not in item)


def _loads(source: str) -> Any:
    tidy = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*$", "", source).strip().rstrip(";")
    try:
        return json.loads(tidy, strict=False)
    except (ValueError, RecursionError):
        return None


def _items(value: Any) -> Iterator[Mapping[str, Any]]:
    waiting = [value]
    while waiting:
        current = waiting.pop(0)
        if isinstance(current, list):
            waiting += current
        elif isinstance(current, dict):
            yield current
            waiting += [
                current[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage")
                if isinstance(current.get(key), (list, dict))
            ]


def _is_article(item: Mapping[str, Any]) -> bool:
    return any(_ARTICLE.search(kind) for kind in _texts(item.get("@type")))


def _from_json(item: Mapping[str, Any], told: Told) -> None:
    told.titles += _texts(item.get("headline"))
    told.types += _texts(item.get("@type"))
    told.publishers += _names(item.get("publisher"))
    told.authors += _names(item.get("author")) or _names(item.get("creator"))
    told.published += _texts(item.get("datePublished"))
    told.modified += _texts(item.get("dateModified"))
    told.sections += _texts(item.get("articleSection"))
    body = "".join(_texts(item.get("articleBody"))[:1])
    if len(body) > len(told.body):
        told.body = _plain(body)


def _from_meta(tree: HtmlElement, told: Told) -> None:
    named: dict[str, list[str]] = {}
    for meta in tree.iterfind(".//meta[@content]"):
        for key in (meta.get("property"), meta.get("name"), meta.get("itemprop"), meta.get("http-equiv")):
            if key and squeeze(meta.get("content", "")):
                named.setdefault(key.strip().casefold(), []).append(squeeze(meta.get("content", "")))
    first = {key: values[0] for key, values in named.items()}
    told.titles += [
        first[key] for key in ("og:title", "twitter:title", "dc.title", "citation_title") if key in first
    ]
    told.publishers += [
        first[key]
        for key in ("og:site_name", "application-name", "dc.publisher", "citation_publisher")
        if key in first
    ]
    told.authors += [
        value
        for key in ("author", "article:author", "dc.creator", "parsely-author", "byl", "citation_author")
        for value in named.get(key, [])
        if not value.startswith(("http:", "https:"))
    ]
    told.published += [first[key] for key in _PUBLISHED if key in first]
    told.modified += [first[key] for key in _MODIFIED if key in first]
    told.sections += [first[key] for key in ("article:section", "section", "parsely-section") if key in first]


def _canonical(tree: HtmlElement, address: str) -> str:
    links = [link.get("href", "") for link in tree.iterfind(".//link[@rel='canonical']")]
    links += [meta.get("content", "") for meta in tree.iterfind(".//meta[@property='og:url']")]
    for link in links:
        try:
            absolute: str = urljoin(address, link.strip())
        except ValueError:
            continue
        if absolute.startswith(("http://", "https://")):
            return absolute
    return ""


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, list):
        return [text for part in value[:20] for text in _texts(part) if not isinstance(part, list)]
    return []


def _names(value: Any) -> list[str]:
    if isinstance(value, dict):
        return _texts(value.get("name"))
    if isinstance(value, list):
        return [name for part in value[:20] if not isinstance(part, list) for name in _names(part)]
    return [] if isinstance(value, str) and value.startswith("http") else _texts(value)


def _plain(body: str) -> str:
    """An article body is plain text by its standard, but many sites put markup into it."""
    if "<" not in body and "&" not in body:
        return body
    try:
        return str(fragment_fromstring(body.replace("</p>", "</p>\n"), create_parent="div").text_content())
    except (ValueError, AssertionError, TypeError):
        return re.sub(r"<[^>]{0,500}>", " ", body)
