"""Write a brief as text, Markdown, HTML, Word or JSON."""

from __future__ import annotations

import html
import json
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import asdict

from detente.brief.lines import ALL_READ, Brief, Line, Reference, Section
from detente.brief.word import to_docx

WIDTH = 100


def reference_words(reference: Reference) -> str:
    """Write a reference: publisher, day, title, address, page, and the exact quote."""
    page = f", p. {reference.page}" if reference.page else ""
    title = f", “{reference.title}”" if reference.title else ""
    day = reference.published or "no date given"
    return f"{reference.publisher}, {day}{title}{page}. {reference.address}\n“{reference.quote}”"


def left_out(section: Section) -> str:
    """Say how many lines a section leaves out; "" when none."""
    if not section.left_out:
        return ""
    more = "more" if section.lines else "in all"
    return f"… and {section.left_out} {more}: detente brief --all, or detente export"


def to_text(brief: Brief) -> str:
    """Write plain text for a terminal, wrapped at 100 columns."""
    return "\n".join(_text_lines(brief)) + "\n"


def _text_lines(brief: Brief) -> Iterator[str]:
    yield brief.title
    yield "=" * len(brief.title)
    yield from textwrap.wrap(brief.scope, WIDTH)
    for section in brief.sections:
        yield ""
        yield section.heading
        yield "-" * len(section.heading)
        for line in section.lines:
            yield from textwrap.wrap(f"{line.when}  {line.marked}", WIDTH, subsequent_indent=" " * 4)
        if section.left_out:
            yield left_out(section)
    if brief.unread is not None:
        yield ""
        yield "What could not be read"
        yield "----------------------"
        yield from (wrapped for line in brief.unread or (ALL_READ,) for wrapped in _item(line))
    yield ""
    yield "References"
    yield "----------"
    for reference in brief.references:
        head, quote = reference_words(reference).split("\n", 1)
        mark = f"[{reference.number}] "
        yield from textwrap.wrap(mark + head, WIDTH, subsequent_indent=" " * 4, break_long_words=False)
        yield from textwrap.wrap(quote, WIDTH, initial_indent=" " * 4, subsequent_indent=" " * 4)


def _item(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=" " * 4, break_long_words=False)


def to_markdown(brief: Brief) -> str:
    """Write Markdown with footnotes; text from pages is escaped so that it stays text."""
    parts = [f"# {_plain(brief.title)}", "", _plain(brief.scope)]
    for section in brief.sections:
        parts += ["", f"## {section.heading}", ""]
        parts += [f"- **{line.when}** {_plain(line.text)} {_footmarks(line)}" for line in section.lines]
        parts += ["", left_out(section)] if section.left_out else []
    if brief.unread is not None:
        parts += ["", "## What could not be read", ""]
        parts += [f"- {_plain(line)}" for line in brief.unread or (ALL_READ,)]
    parts += ["", "## References", ""]
    for reference in brief.references:
        parts.append(f"[^{reference.number}]: " + _plain(reference_words(reference).replace("\n", " ")))
    return "\n".join(parts) + "\n"


def _footmarks(line: Line) -> str:
    return "".join(f"[^{mark}]" for mark in line.marks)


def _plain(text: str) -> str:
    escaped = text.replace("\n", " ").replace("&", "&amp;").replace("<", "&lt;")
    return "".join("\\" + char if char in "\\`*_[]#|" else char for char in escaped)


def to_html(brief: Brief) -> str:
    """Write one self-contained page; every mark links to its reference."""
    body = [f"<h1>{_safe(brief.title)}</h1>", f"<p>{_safe(brief.scope)}</p>"]
    for section in brief.sections:
        body.append(f"<h2>{_safe(section.heading)}</h2><ul>")
        body += [
            f"<li><time>{_safe(line.when)}</time> {_safe(line.text)} {_links(line)}</li>"
            for line in section.lines
        ]
        body.append("</ul>" + (f"<p>{_safe(left_out(section))}</p>" if section.left_out else ""))
    if brief.unread is not None:
        body.append("<h2>What could not be read</h2><ul>")
        body += [f"<li>{_safe(line)}</li>" for line in brief.unread or (ALL_READ,)]
        body.append("</ul>")
    body.append("<h2>References</h2><ol>")
    body += [_html_reference(reference) for reference in brief.references]
    return _PAGE.format(title=_safe(brief.title), body="\n".join([*body, "</ol>"]))


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 16px/1.5 Georgia, serif; max-width: 46em; margin: 2em auto; padding: 0 1em; color: #1a1a1a }}
h2 {{ font-size: 1.1em; border-bottom: 1px solid #ccc; margin-top: 2em }}
time {{ font-variant-numeric: tabular-nums; color: #555; margin-right: .5em }}
li {{ margin: .4em 0 }} ul {{ list-style: none; padding: 0 }} blockquote {{ margin: .2em 0; color: #444 }}
a {{ color: #234e88; text-decoration: none }} ol {{ font-size: .9em }}
</style></head><body>
{body}
</body></html>
"""


def _safe(text: str) -> str:
    return html.escape(text)


def _links(line: Line) -> str:
    return "".join(f'<a href="#r{mark}">[{mark}]</a>' for mark in line.marks)


def _html_reference(reference: Reference) -> str:
    head, _, quote = reference_words(reference).partition("\n")
    words = _safe(head)
    if reference.address.startswith(("http://", "https://")):
        link = _safe(reference.address)
        words = words.replace(link, f'<a href="{link}" rel="noreferrer">{link}</a>')
    return f'<li id="r{reference.number}">{words}<blockquote>{_safe(quote)}</blockquote></li>'


def to_json(brief: Brief) -> str:
    """Write every field as JSON."""
    return json.dumps(asdict(brief), ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[Brief], str | bytes]] = {
    "text": to_text,
    "markdown": to_markdown,
    "html": to_html,
    "docx": to_docx,
    "json": to_json,
}
