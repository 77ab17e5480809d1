"""The switcher: every role of today, none that ended, and a second step where the setting asks for one."""

import datetime as dt

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, RequestFactory
from django.utils import timezone

from tests import builders as b
from tests.integration.web.people.conftest import District, browser, text_of
from touchstone.config.environment import Environment, Mode
from touchstone.people import actions
from touchstone.people.models import Membership
from touchstone.web.acting import SESSION_KEY

HOME = "/organisations/maple-district/"


def choose(client: Client, row: Membership) -> str:
    return str(client.post("/account/act-as", {"membership": str(row.id)})["Location"])


def test_switcher_when_she_holds_several_roles_then_every_one_of_today_is_there(district: District):
    today = timezone.now().date()
    person = district.teacher.pseudonym
    for role, first, last in (
        ("administrator", today, None),
        ("facilitator", today - dt.timedelta(days=9), today),
        ("researcher", today - dt.timedelta(days=9), today - dt.timedelta(days=1)),
        ("platform_staff", today + dt.timedelta(days=1), None),
    ):
        actions.grant_membership(
            actor=b.SYSTEM,
            person=person,
            organisation=district.school,
            role=role,
            from_date=first,
            to_date=last,
            now=b.NOW,
        )
    page = browser(district.teacher).get("/account/activity/").content.decode()
    shown = page[page.index("You act as") : page.index("</details>", page.index("You act as"))]
    assert "Administrator" in shown
    assert "Facilitator" in shown
    assert "Researcher" not in shown
    assert "Platform staff" not in shown


def test_role_when_it_ends_mid_session_then_the_next_page_is_closed_and_says_so(district: District):
    client = browser(district.head)
    assert client.get(HOME).status_code == 200
    boss = b.actor(district.deputy.person.person, district.deputy)
    actions.remove_member(actor=boss, membership=district.head.id, now=timezone.now())
    answer = client.get(HOME)
    assert answer.status_code == 404
    assert "The role you were acting in has ended" in answer.content.decode()
    assert SESSION_KEY not in client.session
    assert "has ended" not in client.get("/account/work/").content.decode()


def test_act_as_when_the_role_ended_then_it_is_not_there(district: District):
    client = browser(district.deputy.person.person)
    boss = b.actor(district.head.person.person, district.head)
    actions.remove_member(actor=boss, membership=district.deputy.id, now=timezone.now())
    assert client.post("/account/act-as", {"membership": str(district.deputy.id)}).status_code == 404


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("administrator", "/organisations/maple-district/"),
        ("assessor", "/assess/"),
        ("award_staff", "/author/decisions/"),
        ("platform_staff", "/organisations/"),
        ("facilitator", "/account/acting/"),
        ("author", "/account/acting/"),
        ("researcher", "/account/acting/"),
        ("scoring_leader", "/lead/"),
    ],
)
def test_act_as_when_a_role_is_chosen_then_it_leads_to_a_page_of_that_role(district: District, role: str, path: str):
    district.district.is_issuer = True
    district.district.save()
    row = b.member(district.teacher, district.district, role)
    client = browser(district.teacher)
    assert choose(client, row) == path
    assert client.get(path).status_code == 200


# -- the second step ---------------------------------------------------------------------------------------------------


def set_up(row: Membership) -> None:
    account = row.person.person.account
    TOTP.activate(account, generate_totp_secret())


def take_second_step(client: Client, row: Membership) -> None:
    """As allauth notes it when a code was right."""
    request = RequestFactory().get("/")
    request.session = SessionStore(session_key=client.session.session_key)
    record_authentication(request, row.person.person.account, "mfa", type="totp")
    request.session.save()


@pytest.fixture
def head(district: District, settings) -> Membership:
    settings.SECOND_STEP = True
    return district.head


def test_second_step_when_not_set_up_then_choosing_the_role_leads_there_and_back(head: Membership):
    client = browser(head.person.person)
    assert choose(client, head) == "/account/second-step/"
    assert "With an app on your phone" in text_of(client.get("/account/second-step/"))
    assert "Back to it" in text_of(client.get("/account/2fa/"))
    set_up(head)
    page = client.get("/account/second-step/").content.decode()
    assert "/account/2fa/reauthenticate/?next=/account/second-step/" in page
    assert choose(client, head) == "/account/second-step/"
    take_second_step(client, head)
    assert "Act in this role" in text_of(client.get("/account/second-step/"))
    assert choose(client, head) == HOME
    assert client.get(HOME).status_code == 200
    assert "Back to it" not in text_of(client.get("/account/2fa/"))


def test_second_step_when_set_up_but_not_used_in_this_session_then_no_page_of_the_role_opens(head: Membership):
    set_up(head)
    client = browser(head)  # as if the setting had been switched on while she was at work
    answer = client.get(HOME)
    assert answer.status_code == 403
    assert "needs your second step" in answer.content.decode()


def test_second_step_when_taken_away_mid_session_then_the_role_closes(head: Membership):
    set_up(head)
    client = browser(head.person.person)
    take_second_step(client, head)
    assert choose(client, head) == HOME
    head.person.person.account.authenticator_set.all().delete()
    assert client.get(HOME).status_code == 403


def test_second_step_when_taken_by_another_account_in_this_browser_then_it_does_not_count(
    head: Membership, district: District
):
    set_up(head)
    client = browser(head.person.person)
    take_second_step(client, district.deputy)
    assert choose(client, head) == "/account/second-step/"


def test_second_step_when_the_role_sees_nobodys_data_then_none_is_asked(district: District, settings):
    settings.SECOND_STEP = True
    district.district.is_issuer = True
    district.district.save()
    assert choose(browser(district.teacher), b.member(district.teacher, district.district, "author")) != (
        "/account/second-step/"
    )


def test_second_step_page_when_no_role_was_chosen_then_it_says_so(district: District):
    assert "Choose a role first" in text_of(browser(district.teacher).get("/account/second-step/"))


@pytest.mark.parametrize(
    ("mode", "given", "needed"),
    [
        (Mode.PRODUCTION, None, True),
        (Mode.PRODUCTION, False, False),
        (Mode.DEMONSTRATION, None, False),
        (Mode.TEST, None, False),
        (Mode.TEST, True, True),
    ],
)
def test_setting_when_not_given_then_it_is_on_in_production_only(mode: Mode, given: bool | None, needed: bool):
    assert Environment.model_construct(mode=mode, second_step=given).needs_second_step is needed
