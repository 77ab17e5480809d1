"""Fetching from other servers: what is asked, what is not, and that nothing runs on for ever.

The servers are real ones on this machine; names lead to them through a resolver that is passed in.
"""

import datetime as dt
import gzip
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from touchstone.kit import fetching
from touchstone.kit.fetching import fetch, is_public

JSON = ("application/json",)
HERE = "127.0.0.1"


def answer(body: bytes = b"{}", status: str = "200 OK", kind: str = "application/json", **more: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


@contextmanager
def serving(reply: Callable[[bytes], bytes | Iterator[bytes]], tls: ssl.SSLContext | None = None) -> Iterator[Any]:
    """A server on this machine; yields its port and the requests it got."""
    got: list[bytes] = []
    listener = socket.create_server((HERE, 0))

    def answer_one(client: socket.socket) -> None:
        try:
            with tls.wrap_socket(client, server_side=True) if tls else client as stream:
                request = stream.recv(65536)
                got.append(request)
                said = reply(request)
                for block in [said] if isinstance(said, bytes) else said:
                    stream.sendall(block)
        except OSError:
            client.close()

    def run() -> None:
        while True:
            try:
                client, _address = listener.accept()
            except OSError:
                return
            threading.Thread(target=answer_one, args=(client,), daemon=True).start()

    threading.Thread(target=run, daemon=True).start()
    try:
        yield listener.getsockname()[1], got
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


class Names:
    """A resolver that knows a few names and remembers what it was asked."""

    def __init__(self, *turns: list[str]) -> None:
        self.turns, self.asked = list(turns), []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append((host, port))
        if not self.turns:
            raise socket.gaierror("no such name")
        return self.turns.pop(0) if len(self.turns) > 1 else self.turns[0]


def get(url: str, port: int = 0, **more: Any) -> fetching.Fetched:
    facts = {"max_bytes": 1000, "timeout": 5, "accept": JSON, "resolve": Names([HERE]), **more}
    return fetch(url, **{"trusted": [f"badges.test:{port}"], **facts})


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.254",
        "127.0.0.1",
        "127.8.8.8",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b::c0a8:101",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2002:c0a8:101::1",
        "2001::1",
        "2001:db8::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "100::1",
        "nonsense",
    ],
)
def test_an_address_that_is_not_public_is_known_as_such(address: str):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_a_public_address_is_known_as_such(address: str):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://badges.example.org/",
        "ftp://badges.example.org/",
        "file:///etc/passwd",
        "gopher://badges.example.org/",
        "javascript:alert(1)",
        "https://rosa:secret@badges.example.org/",
        "https://@badges.example.org/",
        "https://badges.example.org:22/",
        "https://badges.example.org:8443/",
        "https://badges.example.org:99999/",
        "https://",
        "https:///path",
        "//badges.example.org/",
        "https://[::1/",
        f"https://{'a' * 70}.example.org/",
        "",
    ],
)
def test_only_plain_https_is_asked(url: str):
    names = Names(["8.8.8.8"])
    with pytest.raises(fetching.AddressNotAllowed):
        get(url, resolve=names)
    assert names.asked == []


@pytest.mark.parametrize(
    "found", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["fe80::1"], ["169.254.169.254"], ["::ffff:192.168.0.1"]]
)
def test_a_name_that_leads_inside_is_not_asked_even_when_another_address_is_public(found: list[str]):
    with pytest.raises(fetching.AddressNotPublic) as refused:
        get("https://inside.example.org/", resolve=Names(found))
    assert "inside.example.org" in str(refused.value)


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://[::1]/", "https://2130706433/", "https://0x7f.1/"])
def test_an_inside_address_written_out_is_not_asked(url: str):
    with pytest.raises((fetching.AddressNotPublic, fetching.HostUnknown)):
        get(url, resolve=fetching.system_resolve)


def test_a_document_is_fetched_with_type_and_size():
    with serving(lambda request: answer(b'{"a": 1}', kind="Application/JSON; charset=utf-8")) as (port, got):
        found = get(f"http://badges.test:{port}/status/1?x=a b", port)
    assert (found.content, found.media_type) == (b'{"a": 1}', "application/json")
    assert found.url == f"http://badges.test:{port}/status/1?x=a%20b"
    assert got[0].startswith(b"GET /status/1?x=a%20b HTTP/1.1\r\n")
    assert f"Host: badges.test:{port}".encode() in got[0]
    assert b"Cookie" not in got[0]
    assert b"Authorization" not in got[0]


def test_a_name_is_resolved_once_and_its_checked_address_is_the_one_asked():
    names = Names([HERE], ["10.255.255.1"])
    with serving(lambda request: answer()) as (port, got):
        get(f"http://badges.test:{port}/", port, resolve=names)
    assert names.asked == [("badges.test", port)]
    assert len(got) == 1


def test_a_trusted_name_is_trusted_on_its_port_only():
    with pytest.raises(fetching.AddressNotAllowed):
        get("http://badges.test:81/", 80)


def test_redirects_are_followed_three_times_and_checked_each_time():
    def hops(request: bytes) -> bytes:
        step = int(request.split()[1][1:] or 0)
        return answer() if step == last else answer(status="302 Found", Location=f"/{step + 1}")

    with serving(hops) as (port, got):
        last = 3
        assert get(f"http://badges.test:{port}/0", port).url.endswith("/3")
        last = 4
        with pytest.raises(fetching.TooManyRedirects):
            get(f"http://badges.test:{port}/0", port)
    assert len(got) == 8


@pytest.mark.parametrize(
    ("there", "error"),
    [
        ("http://169.254.169.254/latest", fetching.AddressNotAllowed),
        ("https://169.254.169.254/latest", fetching.AddressNotPublic),
        ("https://localhost/", fetching.AddressNotPublic),
        ("file:///etc/passwd", fetching.AddressNotAllowed),
        ("https://user@elsewhere.example.org/", fetching.AddressNotAllowed),
        ("//elsewhere.example.org:25/", fetching.AddressNotAllowed),
    ],
)
def test_a_redirect_that_leads_inside_is_not_followed(there: str, error: type[Exception]):
    with serving(lambda request: answer(status="301 Moved", Location=there)) as (port, got):
        names = Names([HERE])
        with pytest.raises(error):
            get(f"http://badges.test:{port}/", port, resolve=names)
    assert len(got) == 1


def test_what_is_too_large_is_not_read_to_its_end():
    sent = []

    def endless(request: bytes) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
        while len(sent) < 2000:
            sent.append(1)
            yield b"x" * 65536

    with serving(endless) as (port, _got), pytest.raises(fetching.TooLarge):
        get(f"http://badges.test:{port}/", port)
    assert len(sent) < 2000


@pytest.mark.parametrize(("size", "fits"), [(1000, True), (1001, False), (50_000_000, False)])
def test_size_counts_after_decompression(size: int, fits: bool):
    packed = gzip.compress(b"0" * size)
    with serving(lambda request: answer(packed, Content_Encoding="gzip")) as (port, _got):
        if fits:
            assert get(f"http://badges.test:{port}/", port).content == b"0" * size
        else:
            with pytest.raises(fetching.TooLarge):
                get(f"http://badges.test:{port}/", port)


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate, gzip"])
def test_what_cannot_be_unpacked_is_refused(encoding: str):
    reply = answer(b"not packed", Content_Encoding=encoding)
    with serving(lambda request: reply) as (port, _got), pytest.raises(fetching.Unreachable):
        get(f"http://badges.test:{port}/", port)


def test_half_a_packed_document_is_refused():
    packed = gzip.compress(bytes(range(256)))[:-12]
    reply = answer(packed, Content_Encoding="gzip")
    with serving(lambda request: reply) as (port, _got), pytest.raises(fetching.Unreachable):
        get(f"http://badges.test:{port}/", port)


def _trickle(head: bytes) -> Callable[[bytes], Iterator[bytes]]:
    def slowly(request: bytes) -> Iterator[bytes]:
        yield head
        for _byte in range(200):
            time.sleep(0.05)
            yield b"x"

    return slowly


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"]
)
def test_who_sends_a_little_at_a_time_is_left_at_the_deadline(head: bytes):
    begin = time.monotonic()
    with serving(_trickle(head)) as (port, _got), pytest.raises(fetching.TooSlow):
        get(f"http://badges.test:{port}/", port, timeout=0.4)
    assert time.monotonic() - begin < 3


def test_a_name_server_that_does_not_answer_is_left_at_the_deadline():
    waits = threading.Event()

    def never(host: str, port: int) -> list[str]:
        waits.wait(10)
        return [HERE]

    with pytest.raises(fetching.TooSlow):
        get("https://badges.example.org/", resolve=never, timeout=0.2)
    waits.set()


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (answer(status="404 Not Found"), fetching.AnsweredOtherwise),
        (answer(status="204 No Content"), fetching.AnsweredOtherwise),
        (answer(status="302 Found"), fetching.AnsweredOtherwise),
        (answer(kind="text/html"), fetching.TypeNotAccepted),
        (answer(kind=""), fetching.TypeNotAccepted),
        (b"nonsense\r\n\r\n", fetching.Unreachable),
        (b"", fetching.Unreachable),
        (answer(b"{}" * 9)[:-4], fetching.Unreachable),
    ],
)
def test_an_answer_that_is_not_what_was_asked_for_has_its_own_name(said: bytes, error: type[Exception]):
    with serving(lambda request: said) as (port, _got), pytest.raises(error) as refused:
        get(f"http://badges.test:{port}/", port)
    assert "badges.test" in str(refused.value)


def test_nobody_at_home_and_no_such_name_are_said_so():
    with socket.create_server((HERE, 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(fetching.Unreachable):
        get(f"http://badges.test:{port}/", port)
    with pytest.raises(fetching.HostUnknown):
        get("https://nobody.example.org/", resolve=Names())


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with serving(lambda request: answer()) as (port, _got):
        assert get(f"http://badges.test:{port}/", port).content == b"{}"


def _certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's and a client's context for a certificate of this name that the client trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(name), x509.IPAddress(ipaddress.ip_address(HERE))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *private))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return server, ssl.create_default_context(cafile=str(folder / "cert.pem"))


def test_the_certificate_must_bear_the_name_in_the_address_not_the_address_behind_it(tmp_path: Path):
    server, client = _certificate(tmp_path, "badges.test")
    with serving(lambda request: answer(), server) as (port, _got):
        assert get(f"https://badges.test:{port}/", port, tls=client).content == b"{}"
        with pytest.raises(fetching.CertificateRefused):
            get(f"https://other.test:{port}/", trusted=[f"other.test:{port}"], tls=client)
        with pytest.raises(fetching.CertificateRefused):
            get(f"https://badges.test:{port}/", port)  # trusted by nobody but this test
