"""Whose address a request comes from: only what our own proxies wrote is believed."""

import pytest
from django.test import RequestFactory

from touchstone.kit import visitors


def request(remote: str = "198.51.100.4", forwarded: str | None = None):
    more = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=remote, **more)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "203.0.113.9", "198.51.100.4"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),  # the first part is what the client sent itself
        (1, "1.2.3.4,5.6.7.8,203.0.113.9", "203.0.113.9"),
        (2, "1.2.3.4, 203.0.113.9, 10.0.0.7", "203.0.113.9"),
        (2, "203.0.113.9", "198.51.100.4"),  # too short: it passed by one of the proxies
        (1, "nonsense", "198.51.100.4"),
        (1, "", "198.51.100.4"),
        (1, None, "198.51.100.4"),
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "[2001:db8::7]:4711", "2001:db8::7"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_client_address_is_what_our_proxies_say(settings, proxies: int, forwarded: str | None, found: str):
    settings.TRUSTED_PROXIES = proxies
    assert visitors.client_address(request(forwarded=forwarded)) == found


def test_an_address_nobody_knows_has_a_name_of_its_own():
    assert visitors.client_address(request(remote="")) == "0.0.0.0"


def test_an_address_is_kept_coarse_and_counted_by_household():
    v6 = request(remote="2001:db8:77:88:99::1")
    assert visitors.network_of(request()) == "198.51.0.0"
    assert visitors.network_of(v6) == "2001:db8::"
    assert visitors.counted_address(request()) == "198.51.100.4"
    assert visitors.counted_address(v6) == "2001:db8:77:88::"
    assert visitors.counted_address(request(remote="fe80::1%eth0")) == "fe80::"


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge"),
        ("Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome"),
        ("Mozilla/5.0 (iPad) AppleWebKit/605.1 Version/18.0 Mobile/15E148 Safari/604.1", "Safari"),
        ("curl/8.5", ""),
        ("", ""),
    ],
)
def test_a_browser_is_known_by_its_family(agent: str, family: str):
    assert visitors.browser_of(agent) == family
