"""What happened on one's own account: what is noted, in which words, and for nobody else."""

import ast
import re
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.core import mail
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from tests import builders as b
from tests.cast import Cast
from touchstone.kit import journal
from touchstone.kit.drain import run_waiting_jobs
from touchstone.kit.models import JournalEntry
from touchstone.people.enums import RequestState
from touchstone.web.account.activity import ABOUT_WORK, DONE, HAPPENED

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SOURCE = Path(__file__).resolve().parents[4] / "src" / "touchstone"


def browser(address: str = "203.0.113.9") -> Client:
    return Client(REMOTE_ADDR=address, headers={"user-agent": FIREFOX})


def sign_in(client: Client, email: str, password: str = b.PASSWORD) -> int:
    return client.post("/account/login/", {"login": email, "password": password}).status_code


def told(client: Client, query: str = "") -> str:
    answer = client.get(f"/account/activity/{query}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_signing_in_and_failing_to_are_told_with_a_coarse_network(cast: Cast):
    email = cast.earner.account.email
    assert sign_in(browser(), email, "wrong") == 200
    client = browser()
    assert sign_in(client, email) == 302
    text = told(client)
    assert "You signed in." in text
    assert "with a wrong password" in text
    assert "Firefox" in text
    assert "203.0.x.x" in text
    assert "203.0.113" not in text
    for entry in JournalEntry.objects.filter(verb__startswith="account."):
        assert "203.0.113" not in str(entry.payload)
        assert "Mozilla" not in str(entry.payload)
        assert email not in str(entry.payload)


def test_her_own_changes_are_told_in_order_and_nobody_elses(cast: Cast):
    client = browser()
    sign_in(client, cast.earner.account.email)
    form = {"oldpassword": b.PASSWORD, "password1": "a wholly new pass phrase", "password2": "a wholly new pass phrase"}
    assert client.post("/account/password/change/", form).status_code == 302
    _add_address(client, "rosa@elsewhere.example.org")
    b.member(cast.earner, cast.issuer, "author")
    text = told(client)
    for words in ("Your password was changed.", "An e-mail address was added", "You were given a role at Exchange."):
        assert words in text
    assert text.index("An e-mail address was added") < text.index("Your password was changed.")
    assert "You were given a role" not in told(cast.client("colleague"))
    assert "rosa@elsewhere" not in str(list(JournalEntry.objects.values_list("payload", flat=True)))


def _add_address(client: Client, email: str) -> None:
    client.post("/account/email/", {"action_add": "", "email": email})
    run_waiting_jobs()
    code = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code
    client.post("/account/confirm-email/", {"code": code[1]})


def test_second_step_is_told(cast: Cast):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.signals import authenticator_added

    client = cast.client("earner")
    request = client.get("/earn/").wsgi_request
    authenticator_added.send(sender=Authenticator, request=request, user=cast.earner.account, authenticator=None)
    assert "A second step at sign-in was added." in told(client)


def test_staff_who_broke_the_glass_is_told(cast: Cast):
    with transaction.atomic():
        journal.record(b.SYSTEM, "glass.broken", now=b.NOW, person=cast.earner.pseudonym_id)
    assert "had to write down why" in told(cast.client("earner"))
    assert "had to write down why" not in told(cast.client("colleague"))


def _given_roles(cast: Cast, times: int) -> None:
    with transaction.atomic():
        for minute in range(times):
            person = cast.earner.pseudonym_id
            place = b.organisation(f"place-{minute}").id if minute < 20 else cast.issuer.id
            facts = {"person": person, "organisation": place}
            journal.record(b.SYSTEM, "membership.granted", now=b.later(minutes=minute), **facts)


def test_activity_pages_by_fifty_and_costs_the_same_at_any_length(cast: Cast):
    client = cast.client("earner")
    told(client)
    with CaptureQueriesContext(connection) as few:
        told(client)
    _given_roles(cast, 120)
    with CaptureQueriesContext(connection) as many:
        text = told(client)
    assert len(many) == len(few)
    assert text.count('<li class="row">') == 50
    after = re.search(r'href="(\?after=[^"]+)"', text)
    assert after
    assert told(client, after[1]).count("You were given a role") == 50


def test_signed_out_is_led_to_sign_in_and_only_reading_is_possible(cast: Cast):
    assert Client().get("/account/activity/").url == "/account/login/?next=/account/activity/"
    assert cast.client("earner").post("/account/activity/").status_code == 405


def _verbs() -> set[str]:
    """Every verb the source records: what looks like one in actions, events, and where signals are heard."""
    files = [*SOURCE.glob("**/actions.py"), *SOURCE.glob("*/actions/*.py"), *SOURCE.glob("*/events.py")]
    found = {f"join.{state}" for state in RequestState if state != RequestState.OPEN}
    for path in [*files, SOURCE / "people" / "sign_ins.py", SOURCE / "flows" / "reactions.py"]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= set(re.findall(r"^[a-z_]+\.[a-z_]+$", node.value))
    return found


def test_every_verb_about_a_person_has_its_sentence_or_is_about_work():
    told_of = DONE.keys() | HAPPENED.keys()
    silent = {verb for verb in _verbs() - told_of if verb.partition(".")[0] not in ABOUT_WORK}
    assert not silent, "say in web/account/activity.py what these mean to a person, or that they are about work"
    assert not told_of - _verbs(), "nothing records these"


# --- sessions ----------------------------------------------------------------------------------------------------


def test_every_browser_signed_in_is_listed_coarsely_and_the_others_can_be_signed_out(cast: Cast):
    email = cast.earner.account.email
    here, there = browser(), browser("2001:db8:77::1")
    sign_in(here, email)
    sign_in(there, email)
    answer = here.get("/account/sessions/")
    text = re.sub(r"\s+", " ", answer.content.decode())
    for words in ("Firefox", "203.0.x.x", "2001:db8:…", "This one", "Sign out everywhere else"):
        assert words in text
    assert "203.0.113" not in text
    assert here.post("/account/sessions/", follow=True).status_code == 200
    assert here.get("/account/profile/").status_code == 200
    assert there.get("/account/profile/").status_code == 302
    assert "Your other sessions were signed out." in told(here)


def test_another_persons_sessions_stay(cast: Cast):
    colleague = browser()
    sign_in(colleague, cast.colleague.account.email)
    here, there = browser(), browser()
    sign_in(here, cast.earner.account.email)
    sign_in(there, cast.earner.account.email)
    here.post("/account/sessions/")
    assert colleague.get("/account/profile/").status_code == 200


def test_a_session_begun_without_a_password_is_listed_too(cast: Cast):
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.9")
    SessionMiddleware(lambda request: HttpResponse())(request)
    request.user = AnonymousUser()
    login(request, cast.earner.account, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert UserSession.objects.get(user=cast.earner.account).ip == "203.0.0.0"


def test_a_changed_password_signs_out_every_other_browser(cast: Cast):
    email = cast.earner.account.email
    here, there = browser(), browser()
    sign_in(here, email)
    sign_in(there, email)
    form = {"oldpassword": b.PASSWORD, "password1": "a wholly new pass phrase", "password2": "a wholly new pass phrase"}
    here.post("/account/password/change/", form)
    assert here.get("/account/profile/").status_code == 200
    assert there.get("/account/profile/").status_code == 302
    assert "Sign out everywhere else" not in here.get("/account/sessions/").content.decode()


@pytest.mark.django_db
def test_a_wrong_password_for_an_unverified_address_is_nobodys_business():
    person = b.person(email="rosa@example.org")
    EmailAddress.objects.create(user=person.account, email="unproven@example.org", verified=False)
    sign_in(browser(), "unproven@example.org", "wrong")
    assert not JournalEntry.objects.filter(verb="account.sign_in_failed").exists()
