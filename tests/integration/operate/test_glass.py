"""Platform staff know nobody, until they say why; then for a while, noted, and with a mail to the person."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from tests import builders as b
from tests.cast import EVERYONE, Cast
from touchstone.assessment.models import Assignment
from touchstone.core.sight import Side, Viewer
from touchstone.kit.actor import Actor
from touchstone.kit.drain import run_waiting_jobs
from touchstone.kit.errors import NotFound
from touchstone.kit.models import JournalEntry, OutgoingMail
from touchstone.people import actions, errors, glass, queries
from touchstone.people.models import GlassBreak
from touchstone.people.seen import names_seen

WHY = "She wrote from a new address and cannot sign in any more."
FORM = {"who": "rosa.marchetti@maple.example.org", "whose": "earner", "cause": "help", "reason": WHY, "minutes": "15"}


@pytest.fixture
def staff(cast: Cast) -> Actor:
    return queries.actor_of(cast.platform.person_id, cast.platform)


def opened(cast: Cast, staff: Actor, *, now: dt.datetime = b.NOW, **changes: object) -> GlassBreak:
    facts = {"subject": cast.earner.pseudonym_id, "cause": "help", "reason": WHY, "minutes": 30, **changes}
    return actions.open_glass(actor=staff, now=now, **facts)  # type: ignore[arg-type]


def page(client: Client, path: str = "/operate/", status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", answer.content.decode())


# -- the actions -------------------------------------------------------------------------------------------------------


def test_open_when_a_reason_is_given_then_is_noted_and_the_person_hears_at_once(cast: Cast, staff: Actor):
    look = opened(cast, staff)
    assert look.expires_at == b.later(minutes=30)
    entry = JournalEntry.objects.get(verb="glass.broken")
    assert entry.person == staff.person
    assert cast.earner.pseudonym_id in entry.about
    assert entry.payload == {"person": str(cast.earner.pseudonym_id), "glass": str(look.id), "cause": "help"}
    letter = OutgoingMail.objects.get(kind="glass_broken")
    assert letter.to == cast.earner.account.email
    assert "Help with the account was asked for" in letter.text
    for hidden in (WHY, "Gwen", "Saltmarsh", cast.earner.name):
        assert hidden not in letter.text + letter.subject


def test_open_when_sent_twice_then_is_one_look_and_one_mail(cast: Cast, staff: Actor):
    assert opened(cast, staff) == opened(cast, staff, now=b.later(minutes=5))
    assert OutgoingMail.objects.filter(kind="glass_broken").count() == 1


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": "Because I must know"}, errors.ReasonTooShort),  # nineteen signs
        ({"reason": "  a   b  " * 5}, errors.ReasonTooShort),
        ({"minutes": 0}, errors.OpenForTooLong),
        ({"minutes": 61}, errors.OpenForTooLong),
        ({"cause": "curiosity"}, errors.UnknownChoice),
    ],
)
def test_open_when_something_is_missing_then_nothing_opens(
    cast: Cast, staff: Actor, changes: dict[str, object], refusal: type[Exception]
):
    if "a   b" in str(changes):
        changes = {"reason": " ".join(["a"] * 9)}
    with pytest.raises(refusal):
        opened(cast, staff, **changes)
    assert not GlassBreak.objects.exists()
    assert not OutgoingMail.objects.filter(kind="glass_broken").exists()


def test_open_when_it_is_herself_then_refuses(cast: Cast, staff: Actor):
    with pytest.raises(errors.NotBehindOwnGlass):
        opened(cast, staff, subject=staff.person)


def test_open_when_it_is_not_platform_staff_then_there_is_no_such_door(cast: Cast):
    for membership in (cast.staff, cast.leader, cast.administrator, cast.assessor):
        with pytest.raises(NotFound):
            opened(cast, queries.actor_of(membership.person_id, membership))


def test_open_when_the_role_ended_then_there_is_no_such_door(cast: Cast, staff: Actor):
    other = b.person("Ruth Greenhalgh")
    row = b.member(other, cast.platform.organisation, "platform_staff")
    actions.remove_member(actor=staff, membership=row.id, now=b.NOW)
    with pytest.raises(NotFound):
        opened(cast, b.actor(other, row))


def test_reason_when_it_names_the_person_then_is_kept_without(cast: Cast, staff: Actor):
    look = opened(cast, staff, reason="Rosa Marchetti (rosa.marchetti@maple.example.org) cannot sign in any more.")
    for hidden in ("Rosa", "Marchetti", "@"):
        assert hidden not in look.reason
    assert "cannot sign in" in look.reason


def test_look_when_open_then_shows_who_it_is_and_is_noted_each_time(cast: Cast, staff: Actor):
    look = opened(cast, staff)
    for _time in range(2):
        _look, identity = actions.look_through_glass(actor=staff, token=look.token, now=b.later(minutes=29))
    assert identity.name == "Rosa Marchetti"
    assert identity.addresses == (("rosa.marchetti@maple.example.org", True),)
    assert [row.organisation.name for row in identity.employments] == ["Maple School"]
    assert JournalEntry.objects.filter(verb="glass.looked", person=staff.person).count() == 2


def test_look_when_the_time_is_over_or_it_was_closed_then_shows_nothing(cast: Cast, staff: Actor):
    look = opened(cast, staff)
    with pytest.raises(errors.GlassClosed):
        actions.look_through_glass(actor=staff, token=look.token, now=b.later(minutes=30))
    actions.close_glass(actor=staff, token=look.token, now=b.later(minutes=2))
    with pytest.raises(errors.GlassClosed):
        actions.look_through_glass(actor=staff, token=look.token, now=b.later(minutes=3))
    assert not JournalEntry.objects.filter(verb="glass.looked").exists()
    actions.close_glass(actor=staff, token=look.token, now=b.later(minutes=4))
    assert JournalEntry.objects.filter(verb="glass.closed").count() == 1
    assert opened(cast, staff, now=b.later(minutes=5)) != look


def test_look_when_a_colleague_opened_it_then_is_not_there(cast: Cast, staff: Actor):
    look = opened(cast, staff)
    other = b.person("Ruth Greenhalgh")
    colleague = b.actor(other, b.member(other, cast.platform.organisation, "platform_staff"))
    for action in (actions.look_through_glass, actions.close_glass):
        with pytest.raises(NotFound):
            action(actor=colleague, token=look.token, now=b.NOW)
    assert [row.id for row in glass.list_looks(colleague)] == [look.id]


def test_identity_when_nobody_looks_through_the_glass_then_is_not_there(cast: Cast, staff: Actor):
    look = opened(cast, staff)
    with pytest.raises(NotFound):
        glass.identity_behind(staff, look, now=b.NOW)
    assert names_seen(Viewer.PLATFORM_STAFF, Side.EARNER, [cast.earner.pseudonym_id]) == {}


def test_members_when_platform_staff_ask_then_are_not_there(cast: Cast, staff: Actor):
    """They may act for every organisation, and know nobody in it."""
    assert queries.get_organisation(staff, cast.school.slug) == cast.school
    on = b.NOW.date()
    with pytest.raises(NotFound):
        queries.list_employees(staff, cast.school.id, on=on)
    with pytest.raises(NotFound):
        queries.list_members(staff, cast.school.id, on=on)
    with pytest.raises(NotFound):
        queries.list_invitations(staff, cast.school.id, now=b.NOW)
    with pytest.raises(NotFound):
        queries.list_join_requests(staff, cast.school.id)


# -- the pages ---------------------------------------------------------------------------------------------------------


def test_door_is_for_platform_staff(cast: Cast):
    for who in EVERYONE[1:]:
        assert cast.client(who).get("/operate/").status_code == (200 if who == "platform" else 404), who
    assert cast.client("anonymous").get("/operate/").url == "/account/login/?next=/operate/"


def test_page_when_an_address_and_a_reason_are_sent_then_shows_who_it_is(cast: Cast):
    client = cast.client("platform")
    answer = client.post("/operate/looks/", FORM)
    look = GlassBreak.objects.get()
    assert answer.url == f"/operate/looks/{look.token}/"
    shown = page(client, answer.url)
    for words in ("Rosa Marchetti", "rosa.marchetti@maple.example.org", "Maple School", WHY):
        assert words in shown
    assert "no-store" in client.get(answer.url)["Cache-Control"]
    listed = page(client)
    assert look.code in listed
    assert "Marchetti" not in listed
    assert client.post(f"{answer.url}close").url == "/operate/"
    ended = page(client, answer.url, status=410)
    assert "Marchetti" not in ended
    assert "open it again and say why" in ended


def test_page_when_the_time_is_over_then_shows_no_name(cast: Cast, staff: Actor):
    look = opened(cast, staff, now=timezone.now() - dt.timedelta(minutes=31))
    assert "Marchetti" not in page(cast.client("platform"), f"/operate/looks/{look.token}/", status=410)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"who": "nobody@example.org"}, "Nobody is found by this"),
        ({"who": "ZZZZ-ZZZZ"}, "Nobody is found by this"),
        ({"who": "Rosa Marchetti"}, "Nobody is found by this"),
        ({"reason": "to know"}, "in 20 signs or more"),
        ({"minutes": "600"}, "not one of the available choices"),
        ({"cause": ""}, "required"),
    ],
)
def test_page_when_the_form_cannot_be_taken_then_says_what_to_mend(cast: Cast, changes: dict[str, str], sentence: str):
    answer = cast.client("platform").post("/operate/looks/", {**FORM, **changes})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert FORM["cause"] in answer.content.decode()
    assert not GlassBreak.objects.exists()


def test_page_when_a_code_is_given_then_leads_to_the_earner_or_the_assessor(cast: Cast):
    submission = cast.submitted()
    code = Assignment.objects.get(attempt=submission.current).code
    assessor = cast.membership_of(cast.assignment(submission)).person
    client = cast.client("platform")
    for whose, subject in (("earner", cast.earner.pseudonym), ("assessor", assessor)):
        assert client.post("/operate/looks/", {**FORM, "who": code.lower(), "whose": whose}).status_code == 302
        assert GlassBreak.objects.latest("opened_at", "id").subject == subject
    for trace in (submission.token, code):
        assert trace not in page(client)


def test_page_when_colleagues_looked_then_lists_who_and_why_but_not_at_whom(cast: Cast):
    other = b.person("Ruth Greenhalgh")
    colleague = b.actor(other, b.member(other, cast.platform.organisation, "platform_staff"))
    look = opened(cast, colleague, now=timezone.now())
    shown = page(cast.client("platform"))
    assert "Ruth Greenhalgh" in shown
    assert WHY in shown
    assert look.token not in shown
    for hidden in ("Marchetti", str(cast.earner.pseudonym_id)):
        assert hidden not in shown


def test_activity_when_somebody_looked_then_tells_the_person_but_not_who(cast: Cast, staff: Actor):
    look = opened(cast, staff, now=timezone.now())
    actions.look_through_glass(actor=staff, token=look.token, now=timezone.now())
    run_waiting_jobs()
    shown = page(cast.client("earner"), "/account/activity/")
    assert "had to write down why" in shown
    assert "Platform staff looked at your name" in shown
    assert "Saltmarsh" not in shown
    assert "had to write down why" not in page(cast.client("platform"), "/account/activity/")
