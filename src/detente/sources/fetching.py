"""Fetch pages: within time and size, where the site allows it, never into one's own network."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from email.message import Message
from urllib.parse import urldefrag, urljoin, urlsplit

import httpcore
import httpx

from detente.model.documents import Hints
from detente.model.issues import Issue, Reason
from detente.sources.contents import Reader, read_contents
from detente.sources.jsonlines import is_web_address
from detente.sources.manners import Manners, retry_after
from detente.sources.network import PrivateAddress, Transport, Wire
from detente.sources.onepage import read_page
from detente.sources.options import Validators
from detente.sources.robots import MAX_BYTES, Robots, RobotsAnswer
from detente.sources.source import Found, Origin, Setting, guarded
from detente.sources.streams import Gunzip, Stream

_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
_REFUSED = {
    401: (Reason.FORBIDDEN, "the site asks for an account"),
    403: (Reason.FORBIDDEN, "the site refuses"),
    404: (Reason.NOT_FOUND, "there is no such page"),
    410: (Reason.GONE, "the page was taken away"),
    451: (Reason.FORBIDDEN, "refused for legal reasons"),
    429: (Reason.UNREACHABLE, "the site asks to come later"),
}
_LATER = {429, 503}
_UNTOLD = {"application/octet-stream", "binary/octet-stream", "application/unknown"}


class Refused(Exception):
    """A page could not be had."""

    def __init__(self, reason: Reason, detail: str) -> None:
        """Say why."""
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent in the end: `url` after all redirects, `moved` when all of those were for good."""

    url: str
    status: int
    headers: httpx.Headers
    body: bytes
    moved: bool


class Fetcher:
    """Fetches pages for one run, with the manners of `setting.options` or fresh ones."""

    def __init__(self, setting: Setting, *, sleep: Callable[[float], object] = time.sleep) -> None:
        """Fetch as `setting.options` say; `sleep` waits between two requests to one host."""
        self._setting = replace(setting, limits=replace(setting.limits, max_page=setting.options.max_bytes))
        self._manners = setting.options.manners or Manners(sleep=sleep)
        self._wire = Wire(allow_private=setting.options.allow_private)
        self._client = httpx.Client(transport=Transport(self._wire), trust_env=False, follow_redirects=False)
        self._robots = Robots(self._ask_robots, self._manners.rules, self._manners.clock)

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    def read(self, url: str, *, hints: Hints | None = None, container: str = "") -> Iterator[Found]:
        """Fetch one page; what is there is a page or an issue, never a container."""
        yield from guarded(self._read(url, read_page, hints or Hints(), container), _public(url))

    def read_all(self, url: str) -> Iterator[Found]:
        """Fetch an address a person named: a page, or every page of the feed or archive that is there."""
        yield from guarded(self._read(url, read_contents, Hints(), ""), _public(url))

    def _read(self, url: str, reader: Reader, hints: Hints, container: str) -> Iterator[Found]:
        url = urldefrag(url).url
        try:
            answer = self._fetch(url)
            if reader is read_contents and self._setting.options.led is not None:
                self._setting.options.led(url, answer.url, answer.moved)
            if answer.status == 304:
                return
            stream = _decoded(answer, self._setting)
        except Refused as err:
            yield Issue(err.reason, _public(url), err.detail)
            return
        yield from reader(stream, self._origin(url, answer, hints, container), self._setting)
        # Only now was the page taken: a run that died before asks for it again.
        self._remember(answer)

    def _origin(self, url: str, answer: Answer, hints: Hints, container: str) -> Origin:
        declared = answer.headers.get("content-type", "").split(";")[0].strip().lower()
        return Origin(
            address=_public(answer.url if answer.moved else url),
            name=urlsplit(answer.url).path.rsplit("/", 1)[-1],
            received=self._setting.clock(),
            media_type="" if declared in _UNTOLD else declared,
            charset=_charset(answer.headers),
            hints=hints,
            container=container,
        )

    def _fetch(self, url: str) -> Answer:
        answer = self._follow(url)
        if answer.status in _REFUSED:
            raise Refused(*_REFUSED[answer.status])
        is_unchanged = answer.status == 304 and answer.url in (self._setting.options.validators or {})
        if not is_unchanged and not 200 <= answer.status < 300:
            raise Refused(Reason.UNREACHABLE, f"the site answered {answer.status}")
        return answer

    def _follow(self, url: str) -> Answer:
        options = self._setting.options
        self._client.cookies.clear()
        seen: set[tuple[str, str]] = set()
        moved, spent = True, 0.0
        for _ in range(options.max_redirects + 1):
            # Some sites set a cookie and lead back to the same page: that is no loop.
            step = (url, repr(sorted(self._client.cookies.items())) if self._client.cookies else "")
            if step in seen:
                raise Refused(Reason.REDIRECT_LOOP, f"redirects lead back to {_public(url)}")
            seen.add(step)
            self._check(url)
            self._wait(url)
            start = time.monotonic()
            answer = self._request(url, options.total_timeout - spent, options.max_bytes)
            spent += time.monotonic() - start
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not target:
                return replace(answer, moved=moved)
            moved = moved and answer.status in _PERMANENT
            url = _joined(url, target)
        raise Refused(Reason.REDIRECT_LOOP, f"more than {options.max_redirects} redirects")

    def _check(self, url: str) -> None:
        if not is_web_address(url):
            raise Refused(Reason.UNSUPPORTED_FORMAT, "only http and https addresses are fetched")
        if self._setting.options.obey_robots and not self._robots.allows(url):
            raise Refused(Reason.ROBOTS, "the site's robots.txt does not allow it")

    def _wait(self, url: str) -> None:
        asked = self._robots.delay(url) if self._setting.options.obey_robots else 0.0
        if not self._manners.wait(url, max(self._setting.options.delay, asked)):
            raise Refused(Reason.UNREACHABLE, "the site asks to come later")

    def _ask_robots(self, url: str) -> RobotsAnswer:
        options = self._setting.options
        budget = min(options.total_timeout, options.connect_timeout + options.read_timeout)
        try:
            for _ in range(6):
                answer = self._request(url, budget, MAX_BYTES, keep_head=True)
                target = answer.headers.get("location")
                if answer.status not in _REDIRECTS or not target:
                    return RobotsAnswer(answer.status, _robots_text(answer, self._setting))
                url = _joined(url, target)
        except Refused:
            pass
        return RobotsAnswer(None)

    def _request(self, url: str, budget: float, limit: int, *, keep_head: bool = False) -> Answer:
        options = self._setting.options
        self._wire.deadline = time.monotonic() + budget
        timeout = httpx.Timeout(options.read_timeout, connect=options.connect_timeout)
        try:
            with self._client.stream("GET", url, headers=self._headers(url), timeout=timeout) as response:
                self._heed(url, response)
                body = b"" if response.status_code in _REDIRECTS else _body(response, limit, keep_head)
                return Answer(url, response.status_code, response.headers, body, moved=False)
        except PrivateAddress as err:
            raise Refused(Reason.PRIVATE_ADDRESS, f"{err}; --allow-private fetches it") from err
        except httpcore.TimeoutException as err:
            raise Refused(Reason.TIMEOUT, str(err) or "no answer in time") from err
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError) as err:
            raise Refused(Reason.UNREACHABLE, str(err) or type(err).__name__) from err
        except (httpx.InvalidURL, httpcore.UnsupportedProtocol, UnicodeError, ValueError) as err:
            raise Refused(Reason.UNREACHABLE, f"not an address that can be fetched: {err}") from err

    def _heed(self, url: str, response: httpx.Response) -> None:
        """Leave a host alone for as long as it asks."""
        if response.status_code in _LATER:
            seconds = retry_after(response.headers.get("retry-after", ""), self._setting.clock())
            if seconds > 0:
                self._manners.leave(url, seconds)

    def _headers(self, url: str) -> dict[str, str]:
        options = self._setting.options
        headers = {"User-Agent": options.user_agent, "Accept": "*/*", "Accept-Encoding": "gzip"}
        known = (options.validators if options.validators is not None else {}).get(url)
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        return headers

    def _remember(self, answer: Answer) -> None:
        store = self._setting.options.validators
        etag, modified = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
        if store is not None and (etag or modified):
            store[answer.url] = Validators(etag, modified)


def _body(response: httpx.Response, limit: int, keep_head: bool) -> bytes:
    declared = response.headers.get("content-length", "")
    if not keep_head and declared.isdigit() and int(declared) > limit:
        raise Refused(Reason.TOO_LARGE, f"larger than {limit:,} bytes")
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > limit:
            if keep_head:
                return bytes(body[:limit])
            raise Refused(Reason.TOO_LARGE, f"larger than {limit:,} bytes")
    return bytes(body)


def _decoded(answer: Answer, setting: Setting) -> Stream:
    encoding = answer.headers.get("content-encoding", "").strip().lower()
    if encoding in {"gzip", "x-gzip"}:
        return Stream(Gunzip(io.BytesIO(answer.body), setting.limits))
    if encoding not in {"", "identity"}:
        raise Refused(Reason.UNSUPPORTED_FORMAT, f"sent as {encoding}, which was not asked for")
    return Stream(io.BytesIO(answer.body))


def _robots_text(answer: Answer, setting: Setting) -> bytes:
    stream = _decoded(answer, setting)
    return stream.head + (stream.read_all(MAX_BYTES) or b"")[len(stream.head) :]


def _charset(headers: httpx.Headers) -> str:
    message = Message()
    message["Content-Type"] = headers.get("content-type", "")
    return message.get_content_charset("")


def _joined(url: str, target: str) -> str:
    try:
        return urldefrag(urljoin(url, target)).url
    except ValueError as err:
        raise Refused(Reason.UNREACHABLE, f"redirected to what is no address: {err}") from err


def _public(url: str) -> str:
    """The address without a name and password that may stand in it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return parts._replace(netloc=parts.netloc.rsplit("@", 1)[-1]).geturl()
