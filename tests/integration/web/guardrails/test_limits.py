"""Requests past their limit: who is counted, what the answer says, and that nothing typed is lost."""

import pytest
from django.test import Client
from django.urls import get_resolver

from tests import builders as b
from tests.cast import Cast
from touchstone.config.environment import Rates
from touchstone.credentials.models import Award
from touchstone.web import limits
from touchstone.web.limits import LIMITS

ADDRESS_FACTOR = 3
MISSING = "/awards/0123456789abcdefghjkmnpqrs"


@pytest.fixture(autouse=True)
def _limits_on(settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "ADDRESS_FACTOR", ADDRESS_FACTOR)
    settings.RATES_ON = True
    settings.RATES = Rates(search=2, verify=2, upload=2, guesses=2, sign_in=2, sign_up=2, reset=2)


def codes(client: Client, path: str, times: int, **facts) -> list[int]:
    return [client.get(path, **facts).status_code for _time in range(times)]


def test_limits_name_addresses_that_exist_and_rates_that_exist():
    assert LIMITS.keys() <= _names(get_resolver())
    counted_by_key = {"api"}  # by api.bearer: an app and a person, not an address
    assert {limit.name for limit in LIMITS.values()} | counted_by_key == set(Rates.model_fields)


def _names(resolver) -> set[str]:
    found = set()
    for entry in resolver.url_patterns:
        found |= _names(entry) if hasattr(entry, "url_patterns") else {entry.name}
    return found


def test_limits_are_off_in_other_tests(settings):
    settings.RATES_ON = not settings.TESTING
    assert codes(Client(), "/explore/", 2 * ADDRESS_FACTOR + 1)[-1] == 200


def test_search_of_one_account_ends_at_its_limit_with_a_sentence_and_a_time(cast: Cast):
    client = cast.client("earner")
    assert codes(client, "/explore/?q=wait", 3) == [200, 200, 429]
    answer = client.get("/explore/")
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert "Please wait" in answer.content.decode()
    assert "Nothing you had saved was lost." in answer.content.decode()


def test_scripts_get_the_sentence_as_json(cast: Cast):
    client = cast.client("earner")
    codes(client, "/explore/", 2)
    answer = client.get("/explore/", headers={"accept": "application/json"})
    assert answer.status_code == 429
    assert "Please wait" in answer.json()["error"]
    assert "Retry-After" in answer


def test_one_colleague_does_not_use_up_what_the_others_have(cast: Cast):
    assert codes(cast.client("earner"), "/explore/", 3)[-1] == 429
    assert codes(cast.client("colleague"), "/explore/", 1) == [200]
    assert codes(Client(), "/explore/", 1) == [200]


def test_without_an_account_the_address_counts_and_many_may_share_it(db):
    most = 2 * ADDRESS_FACTOR
    assert codes(Client(), "/explore/", most) == [200] * most
    assert codes(Client(), "/explore/", 1) == [429]
    assert codes(Client(REMOTE_ADDR="198.51.100.4"), "/explore/", 1) == [200]


def test_a_forwarded_header_of_the_clients_own_gives_no_new_address(db, settings):
    settings.TRUSTED_PROXIES = 1
    most = 2 * ADDRESS_FACTOR
    for number in range(most):
        said = f"10.0.0.{number}, 203.0.113.9"
        assert codes(Client(), "/explore/", 1, headers={"x-forwarded-for": said}) == [200]
    assert codes(Client(), "/explore/", 1, headers={"x-forwarded-for": "10.9.9.9, 203.0.113.9"}) == [429]
    assert codes(Client(), "/explore/", 1, headers={"x-forwarded-for": "203.0.113.9, 203.0.113.10"}) == [200]


def test_verifying_is_limited_and_looking_at_its_page_is_not(cast: Cast):
    client = cast.client("earner")
    assert [client.post("/verify/", {"text": "{}"}).status_code for _time in range(3)] == [200, 200, 429]
    assert client.get("/verify/").status_code == 200


def test_uploads_are_limited_and_what_was_written_is_shown_again(cast: Cast):
    token, client = cast.draft().token, cast.client("earner")
    path = f"/earn/{token}/evidence/recording/"
    for _time in range(2):
        client.post(f"{path}link", {"url": "https://example.org/", "name": ""})
    answer = client.post(f"{path}text", {"text": "What my students said.", "name": "Notes"})
    assert answer.status_code == 429
    assert "What my students said." in answer.content.decode()
    assert "Retry-After" in answer
    assert client.get(f"/earn/{token}/").status_code == 200


def test_guessing_awards_ends_soon_and_seeing_ones_own_does_not(cast: Cast):
    cast.earned()
    client = cast.client("earner")
    own = Award.objects.get().token
    assert codes(client, f"/awards/{own}", 5) == [200] * 5
    assert codes(client, MISSING, 3) == [404, 404, 429]
    assert codes(client, "/awards/", 1) == [200]
    assert codes(Client(), f"/awards/{own}", 1) == [404]


def test_a_demonstration_allows_more(cast: Cast, settings):
    settings.RATES_FACTOR = 3
    assert codes(cast.client("earner"), "/explore/", 7) == [200] * 6 + [429]


def test_signing_in_is_counted_by_address(db, settings):
    settings.RATES = Rates(sign_in=1)
    person = b.person()
    form = {"login": person.account.email, "password": b.PASSWORD}
    found = [Client().post("/account/login/", form).status_code for _time in range(ADDRESS_FACTOR + 1)]
    assert found == [302] * ADDRESS_FACTOR + [429]
