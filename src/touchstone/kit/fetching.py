"""Fetching what somebody else's server holds, so that nobody can send us into our own network.

Only public https addresses are asked. A name is resolved once and the very address that was checked is connected to,
so a name that changes its mind gains nothing; each of at most three redirects is checked anew. Size, also after
decompression, and time are bounded while the answer arrives. Proxies of the environment are not used.
"""

import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import httpcore
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from touchstone.kit.errors import Refusal

MOST_REDIRECTS = 3
_PORTS = {"https": 443, "http": 80}
_REDIRECTS = {301, 302, 303, 307, 308}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052, 2.1
_AGENT = "Touchstone"

type Resolve = Callable[[str, int], Sequence[str]]


class FetchRefused(Refusal):
    """Nothing was fetched."""

    status = 400


class AddressNotAllowed(FetchRefused):
    sentence = _("Only plain public addresses that begin with https:// can be read, without a user name or a port.")


class AddressNotPublic(FetchRefused):
    sentence = _("“{host}” does not lead to a public server, so it was not asked.")


class HostUnknown(FetchRefused):
    sentence = _("There is no server with the name “{host}”. Check the address.")


class Unreachable(FetchRefused):
    status = 502
    sentence = _("“{host}” does not answer as it should. Try again later, or ask whoever runs it.")


class CertificateRefused(FetchRefused):
    status = 502
    sentence = _("“{host}” could not prove that it is that server. Ask whoever runs it to mend its certificate.")


class TooSlow(FetchRefused):
    status = 504
    sentence = _("“{host}” took too long to answer. Try again later.")


class TooLarge(FetchRefused):
    sentence = _("What “{host}” sends is larger than {most} bytes, so it was not read.")


class TooManyRedirects(FetchRefused):
    sentence = _("“{host}” sends us on too often. Give the last address instead.")


class AnsweredOtherwise(FetchRefused):
    status = 502
    sentence = _("“{host}” answers with status {code} instead of what was asked for.")


class TypeNotAccepted(FetchRefused):
    sentence = _("“{host}” sends “{kind}”, which is not what belongs here.")


@dataclass(frozen=True)
class Fetched:
    """``url`` is where it came from in the end, ``media_type`` lower-case and without parameters."""

    url: str
    media_type: str
    content: bytes


def system_resolve(host: str, port: int) -> list[str]:
    """Every address of a host name, in the system's order; raises OSError."""
    return [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(text: str) -> bool:
    """Whether an address belongs to the public internet, an IPv4 address inside an IPv6 one included."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None or address.is_site_local or address.teredo:
            return False
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def fetch(
    url: str,
    *,
    max_bytes: int,
    timeout: float,
    accept: Sequence[str],
    resolve: Resolve = system_resolve,
    trusted: Iterable[str] | None = None,
    tls: ssl.SSLContext | None = None,
) -> Fetched:
    """Fetch a document of one of the MIME types in ``accept``, of at most ``max_bytes``, within ``timeout`` seconds.

    ``trusted`` names the ``host:port`` pairs that may be asked although they are not public or speak plain http
    (default: the setting FETCH_TRUSTED, empty in production). Raises the subclasses of FetchRefused.
    """
    deadline = time.monotonic() + timeout
    known = frozenset(settings.FETCH_TRUSTED if trusted is None else trusted)
    for _step in range(MOST_REDIRECTS + 1):
        target = _Target.of(url, known)
        backend = _CheckedNetwork(target, resolve, deadline)
        try:
            answer = _ask(target, backend, tls or ssl.create_default_context(), accept, max_bytes)
        except httpcore.TimeoutException as problem:
            raise TooSlow(host=target.host) from problem
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as problem:
            raise (CertificateRefused if _is_certificate(problem) else Unreachable)(host=target.host) from problem
        if isinstance(answer, Fetched):
            return answer
        url = urljoin(target.url, answer)
    raise TooManyRedirects(host=target.host)


@dataclass(frozen=True)
class _Target:
    """A checked URL, in parts."""

    scheme: str
    host: str
    port: int
    path: str
    trusted: bool

    @classmethod
    def of(cls, url: str, known: frozenset[str]) -> "_Target":
        """Raises AddressNotAllowed."""
        try:
            parts = urlsplit(url.strip())
            host = (parts.hostname or "").rstrip(".").encode("idna").decode()
            port = parts.port or _PORTS.get(parts.scheme, 0)
        except ValueError as problem:  # UnicodeError is one
            raise AddressNotAllowed from problem
        trusted = f"{host}:{port}" in known
        plain = parts.username is None and parts.password is None and host and parts.scheme in _PORTS
        if not plain or not (trusted or (parts.scheme == "https" and port in _PORTS.values())):
            raise AddressNotAllowed
        return cls(parts.scheme, host, port, _path_of(parts), trusted)

    @property
    def url(self) -> str:
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{shown}:{self.port}{self.path}"


def _path_of(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return f"{path}?{quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")}" if parts.query else path


class _CheckedNetwork(httpcore.NetworkBackend):
    """Connects only to addresses that were checked, and lets nothing go on past the deadline."""

    def __init__(self, target: _Target, resolve: Resolve, deadline: float) -> None:
        self.target, self.resolve, self.deadline = target, resolve, deadline
        self.sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        problem: Exception = httpcore.ConnectError("no address")
        for address in self._addresses():
            try:
                return _Bounded(self.sockets.connect_tcp(address, port, timeout=self.left()), self.left)
            except httpcore.ConnectError as failed:
                problem = failed
        raise problem

    def left(self) -> float:
        """Seconds until the deadline."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the deadline has passed")
        return left

    def _addresses(self) -> Sequence[str]:
        """The host's addresses, every one of them public unless the host is trusted."""
        looker = ThreadPoolExecutor(1)
        try:
            found = looker.submit(self.resolve, self.target.host, self.target.port).result(self.left())
        except NotInTime as problem:
            raise httpcore.ConnectTimeout("the name was not resolved in time") from problem
        except (OSError, UnicodeError) as problem:
            raise HostUnknown(host=self.target.host) from problem
        finally:
            looker.shutdown(wait=False, cancel_futures=True)
        if not self.target.trusted and not all(map(is_public, found)):
            raise AddressNotPublic(host=self.target.host)
        return found


class _Bounded(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline, however little the other side sends at a time."""

    def __init__(self, stream: httpcore.NetworkStream, left: Callable[[], float]) -> None:
        self.stream, self.left = stream, left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, timeout=self.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, timeout=self.left())

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Bounded(self.stream.start_tls(ssl_context, server_hostname, timeout=self.left()), self.left)

    def get_extra_info(self, info: str) -> object:
        return self.stream.get_extra_info(info)


def _ask(
    target: _Target, backend: _CheckedNetwork, tls: ssl.SSLContext, accept: Sequence[str], most: int
) -> Fetched | str:
    """One request: the document, or where it redirects to."""
    headers: list[tuple[bytes | str, bytes | str]] = [
        ("Accept", ", ".join(accept)),
        ("Accept-Encoding", "gzip"),
        ("User-Agent", _AGENT),
    ]
    where = httpcore.URL(
        scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path.encode()
    )
    with (
        httpcore.ConnectionPool(ssl_context=tls, network_backend=backend, max_connections=1) as pool,
        pool.stream("GET", where, headers=headers) as response,
    ):
        said = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        if response.status in _REDIRECTS and "location" in said:
            return said["location"]
        if response.status != 200:
            raise AnsweredOtherwise(host=target.host, code=response.status)
        kind = said.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in accept:
            raise TypeNotAccepted(host=target.host, kind=kind[:60])
        content = _read(response.iter_stream(), said.get("content-encoding", "identity").lower(), target.host, most)
        return Fetched(target.url, kind, content)


def _read(blocks: Iterable[bytes], encoding: str, host: str, most: int) -> bytes:
    """The whole document, decompressed; raises TooLarge as soon as it is, and Unreachable for an unknown encoding."""
    if encoding not in {"identity", "gzip", "x-gzip"}:
        raise Unreachable(host=host)
    whole = bytearray()
    for block in blocks if encoding == "identity" else _inflated(blocks, host, most):
        whole += block
        if len(whole) > most:
            raise TooLarge(host=host, most=most)
    return bytes(whole)


def _inflated(blocks: Iterable[bytes], host: str, most: int) -> Iterator[bytes]:
    """Decompress a gzip stream, never more than one byte past ``most`` at a time."""
    inflate = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        for block in blocks:
            yield inflate.decompress(block, most + 1)
            if inflate.unconsumed_tail:
                raise TooLarge(host=host, most=most)
    except zlib.error as problem:
        raise Unreachable(host=host) from problem
    if not inflate.eof:
        raise Unreachable(host=host)


def _is_certificate(problem: BaseException | None) -> bool:
    while problem is not None:
        if isinstance(problem, ssl.SSLCertVerificationError):
            return True
        problem = problem.__cause__ or problem.__context__
    return False
