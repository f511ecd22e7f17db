"""The wire: connect only to addresses that were checked, and to none for longer than the deadline."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from ssl import SSLContext
from typing import Any

import httpcore
import httpx

_NAT64 = IPv6Network("64:ff9b::/96")
# A cloud's own service at an address that is otherwise public.
_METADATA = frozenset({"168.63.129.16"})
_TRIES = 4


class PrivateAddress(httpcore.ConnectError):
    """The name leads to an address of this machine or its own network."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet, also when it is wrapped in an IPv6 one.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        wrapped = _wrapped(ip)
        if wrapped:
            return is_public(str(wrapped))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and str(ip) not in _METADATA


def _wrapped(ip: IPv6Address) -> IPv4Address | None:
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def resolve(host: str, port: int) -> list[str]:
    """Look a name up; each of its addresses once, in the resolver's order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


class _Timed(httpcore.NetworkStream):
    """A connection that ends at the deadline, however slowly the other side sends."""

    def __init__(self, inner: httpcore.NetworkStream, left: Callable[[float | None], float]) -> None:
        self._inner = inner
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._inner.start_tls(ssl_context, server_hostname, self._left(timeout)), self._left)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class Wire(httpcore.NetworkBackend):
    """Resolves, checks and connects in one step, so that a name cannot lead elsewhere in between."""

    def __init__(self, *, allow_private: bool) -> None:
        """Allow addresses of this machine and its network only when asked to."""
        self.deadline = 0.0
        self._allow_private = allow_private
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first allowed address of `host` that answers."""
        problem: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._allowed(host, port):
            try:
                stream = self._inner.connect_tcp(
                    address, port, self._left(timeout), local_address, socket_options
                )
                return _Timed(stream, self._left)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as err:
                problem = err
        raise problem

    def _allowed(self, host: str, port: int) -> list[str]:
        try:
            addresses = resolve(host, port)
        except (OSError, UnicodeError) as err:
            raise httpcore.ConnectError(f"the name {host} is not known: {err}") from err
        allowed = [address for address in addresses if self._allow_private or is_public(address)]
        if addresses and not allowed:
            raise PrivateAddress(f"{host} is {addresses[0]}, an address of this machine or its own network")
        return allowed[:_TRIES]

    def _left(self, timeout: float | None) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the page took too long altogether")
        return left if timeout is None else min(left, timeout)


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


@cache
def _certificates() -> SSLContext:
    """Read the machine's certificates once: it takes longer than most requests."""
    return httpx.create_ssl_context()


class Transport(httpx.BaseTransport):
    """httpx over a `Wire`: a new connection for every request, so that each is checked."""

    def __init__(self, wire: Wire) -> None:
        """Verify certificates with httpx's own defaults."""
        self._pool = httpcore.ConnectionPool(
            ssl_context=_certificates(), max_keepalive_connections=0, network_backend=wire
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; raises httpcore's exceptions."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                url,
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()
