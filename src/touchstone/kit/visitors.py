"""Where a request comes from: the client's address, the coarse network that may be kept, the browser's family."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 - no address to listen on: what stands for an address nobody knows
_COARSE = {4: 16, 6: 32}
_COUNTED = {4: 32, 6: 64}  # a household or a school holds a whole /64 of IPv6
# The order matters: Edge and Opera also say Chrome, and Chrome also says Safari.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def client_address(request: HttpRequest) -> str:
    """The client's address. Of X-Forwarded-For only what our own proxies wrote counts, for anybody can send the rest.

    ``TRUSTED_PROXIES`` says how many proxies stand in front: each appends the address it was called from, so the
    client's is that many places from the right. A header too short or broken was not written by them.
    """
    direct = _parsed(request.META.get("REMOTE_ADDR", ""))
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    proxies: int = settings.TRUSTED_PROXIES
    if proxies and len(said) >= proxies:
        return _parsed(said[-proxies]) or direct or UNKNOWN
    return direct or UNKNOWN


def counted_address(request: HttpRequest) -> str:
    """The client's address as limits count it: IPv4 whole, IPv6 by its /64."""
    return _cut(client_address(request), _COUNTED)


def network_of(request: HttpRequest) -> str:
    """The coarse network that may be kept: the first two numbers of an IPv4 address, a /32 of IPv6."""
    return _cut(client_address(request), _COARSE)


def browser_of(agent: str) -> str:
    """The family of the browser that calls itself so; empty when it is none we know."""
    return next((family for mark, family in _BROWSERS if mark in agent), "")


def _parsed(text: str) -> str:
    """A plain address; empty for anything else. IPv4 written as IPv6 is IPv4."""
    text = text.strip().removeprefix("[").partition("]")[0]
    if text.count(":") == 1:  # a proxy that adds the port
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


def _cut(address: str, bits: dict[int, int]) -> str:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    return str(ipaddress.ip_network((parsed, bits[parsed.version]), strict=False).network_address)
