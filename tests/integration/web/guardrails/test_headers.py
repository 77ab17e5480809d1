"""What every page tells browsers, caches and search engines; and that uploads live apart."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import EVERYONE, Cast
from tests.house.test_who_may import TABLE, World, world  # noqa: F401 - world is a fixture
from touchstone.kit import storage
from touchstone.web.origins import plain_host
from touchstone.web.security import INDEXED

SIGNED_IN_PAGES = ("account_email", "account_change_password", "mfa_index", "usersessions_list", "account_logout")
ENTRANCES = ("account_login", "account_signup", "account_reset_password")
OPEN = {
    *("mark", "stack_mark", "did_document", "status_list", "award_json", "award_jwt", "award_png", "award_svg"),
    *(
        "hosted_assertion",
        "hosted_class",
        "hosted_issuer",
        "hosted_picture",
        "endorsement",
        "assessment_statement_json",
    ),
}


def _answers(world: World) -> Iterator[tuple[str, str, HttpResponse]]:  # noqa: F811
    """(name, who, answer) of every page for somebody who gets it, for a signed-out visitor, and for a stranger."""
    for name, row in TABLE.items():
        audience = row.audience if isinstance(row.audience, frozenset) else row.audience(world)
        path = reverse(name, kwargs=row.kwargs(world))
        one = next((who for who in EVERYONE[1:] if who in audience), "earner")
        for who in dict.fromkeys((one, "anonymous", "outsider")):
            yield name, who, world.cast.client(who).get(path)
    for name in (*SIGNED_IN_PAGES, *ENTRANCES):
        for who in ("earner", "anonymous"):
            yield name, who, world.cast.client(who).get(reverse(name))
    for who in ("earner", "anonymous"):
        yield "nowhere", who, world.cast.client(who).get("/nowhere/")


def _what_browsers_may_do(name: str, who: str, answer: HttpResponse) -> bool:
    policy = answer["Content-Security-Policy"]
    return (
        answer["X-Content-Type-Options"] == "nosniff"
        and answer["Referrer-Policy"] == "same-origin"
        and answer["Cross-Origin-Opener-Policy"] == "same-origin"
        and answer["X-Frame-Options"] == "DENY"
        and {"camera=()", "geolocation=()", "microphone=()"} <= set(answer["Permissions-Policy"].split(", "))
        and "default-src 'none'" in policy
        and "frame-ancestors 'none'" in policy
        and "unsafe" not in policy
    )


def _other_sites_get_only_what_is_for_them(name: str, who: str, answer: HttpResponse) -> bool:
    opened = name in OPEN and answer.status_code == 200
    return answer["Cross-Origin-Resource-Policy"] == ("cross-origin" if opened else "same-origin")


def _what_she_sees_is_kept_by_nobody(name: str, who: str, answer: HttpResponse) -> bool:
    control = set(answer.get("Cache-Control", "").replace(" ", "").split(","))
    if "public" in control:
        return name in OPEN
    return who == "anonymous" or {"private", "no-cache"} <= control


def _only_the_catalogue_is_listed(name: str, who: str, answer: HttpResponse) -> bool:
    hidden = "noindex" in answer.get("X-Robots-Tag", "")
    return hidden is not (name in INDEXED and answer.status_code == 200)


CHECKS = (
    _what_browsers_may_do,
    _other_sites_get_only_what_is_for_them,
    _what_she_sees_is_kept_by_nobody,
    _only_the_catalogue_is_listed,
)


def test_every_answer_of_every_page_is_guarded(world: World):  # noqa: F811
    answers = list(_answers(world))
    assert len(answers) > 100
    wrong = [
        f"{check.__name__}: {name} for {who}: {answer.status_code} {dict(answer.headers)}"
        for name, who, answer in answers
        for check in CHECKS
        if not check(name, who, answer)
    ]
    assert not wrong, "\n".join(wrong)


def test_a_demonstration_is_listed_nowhere(db, settings):
    settings.DEMONSTRATION = True
    assert "noindex" in Client().get("/")["X-Robots-Tag"]


def test_signing_out_makes_the_browser_forget(cast: Cast):
    client = cast.client("earner")
    assert "Clear-Site-Data" not in client.get("/account/logout/")
    assert client.post("/account/logout/")["Clear-Site-Data"] == '"cache"'


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Media.Example.ORG", "media.example.org"),
        ("media.example.org:443", "media.example.org"),
        ("media.example.org.", "media.example.org"),
        ("media.example.org.:443", "media.example.org"),
        ("127.0.0.1:8000", "127.0.0.1:8000"),
        ("[::1]:8000", "[::1]:8000"),
        ("[::1]", "[::1]"),
        ("", ""),
    ],
)
def test_a_host_is_the_same_host_however_it_is_written(written: str, plain: str):
    assert plain_host(written) == plain


def test_media_host_serves_no_page_and_main_host_no_upload(world: World, settings, tmp_path):  # noqa: F811
    host = settings.MEDIA_ORIGIN.split("://")[1]
    for name, row in TABLE.items():
        path = reverse(name, kwargs=row.kwargs(world))
        for said in (host, host.upper()):
            answer = world.cast.client("earner").get(path, headers={"host": said})
            assert answer.status_code == 404, name
            assert answer.content == b"", name
    (tmp_path / "note.txt").write_text("A note.")
    key = f"{storage.new_folder()}/original"
    storage.keep(key, tmp_path / "note.txt")
    link = storage.link(key, name="note.txt", media_type="text/plain", inline=True).removeprefix(settings.MEDIA_ORIGIN)
    assert Client().get(link).status_code == 404
    found = Client().get(link, headers={"host": host})
    assert found.status_code == 200
    assert found.getvalue() == b"A note."
    assert found["Content-Security-Policy"].startswith("sandbox;")
    assert "script-src" not in found["Content-Security-Policy"]
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Cache-Control"].startswith("private")
    assert "noindex" in found["X-Robots-Tag"]
    assert not found.cookies
    storage.discard(key)
