"""Post to a web address: within time, never into one's own network, following no redirect."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import httpcore
import httpx

from detente.errors import NotDelivered, UsageError
from detente.sources.jsonlines import is_web_address
from detente.sources.network import Transport, Wire
from detente.sources.options import USER_AGENT

SECONDS = 30.0


def post(url: str, body: Mapping[str, Any], *, allow_private: bool = False) -> None:
    """Post JSON to an address.

    Raises UsageError for what is no web address, NotDelivered, in one line, unless it is taken (2xx).
    """
    if not is_web_address(url):
        raise UsageError(f"'{url}' is no web address")
    wire = Wire(allow_private=allow_private)
    wire.deadline = time.monotonic() + SECONDS
    try:
        with httpx.Client(transport=Transport(wire), trust_env=False, follow_redirects=False) as client:
            answer = client.post(url, json=dict(body), headers={"User-Agent": USER_AGENT}, timeout=SECONDS)
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as err:
        raise NotDelivered(f"{url} was not reached: {err or type(err).__name__}") from err
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as err:
        raise NotDelivered(f"{url} was not reached: {err}") from err
    if not 200 <= answer.status_code < 300:
        raise NotDelivered(f"{url} answered {answer.status_code}")
