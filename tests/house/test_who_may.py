"""Every URL and every member of the cast: who gets an answer, and that everyone else gets none.

Signed-out visitors are asked to sign in on every private path alike. What one may not see looks like what is not there.
"""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests import builders as b
from tests.cast import EVERYONE, Cast
from tests.kept import Kept
from tests.unit.core.openbadges import samples
from touchstone.assessment import actions as assessment
from touchstone.assessment.models import Assignment, Decision, PoolAlliance, ReadingPlan
from touchstone.catalogue import actions as catalogue
from touchstone.credentials import actions as credentials
from touchstone.credentials.actions import importing
from touchstone.credentials.models import Award, Endorsement, StatusList
from touchstone.credentials.sharing import actions as sharing
from touchstone.flows.rights import actions as rights
from touchstone.insights.actions import measure_version
from touchstone.kit.drain import run_waiting_jobs
from touchstone.kit.models import OutgoingMail
from touchstone.people import actions as persons
from touchstone.people import queries as people
from touchstone.people.models import GlassBreak
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio import intake
from touchstone.portfolio.enums import ArtifactKind, AttestationKind
from touchstone.portfolio.models import Artifact, Submission

SIGNED_IN = frozenset(EVERYONE) - {"anonymous"}
EARNERS = frozenset({"earner", "colleague", "outsider", "mover", "minor"})  # acting for themselves
ASSESSORS = frozenset({"assessor", "second", "outside_assessor"})
STAFF = frozenset({"staff", "outside_staff"})
ENDORSING = STAFF | {"administrator", "outside_administrator"}  # of issuers and of districts
LEADERS = frozenset({"leader", "outside_leader"})
LEADER = frozenset({"leader"})
PLATFORM = frozenset({"platform"})
ALL = frozenset(EVERYONE)
EARNER = frozenset({"earner"})


@dataclass
class World:
    """One row of everything, and its names in URLs."""

    cast: Cast
    draft: Submission
    waiting: Submission
    assignment: Assignment
    decision: Decision
    award: Award
    shared: Award

    @property
    def scorer(self) -> str:
        """Which of the two assessors holds the assignment."""
        return "assessor" if self.assignment.assessor_id == self.cast.assessor.person_id else "second"


type Audience = frozenset[str] | Callable[[World], frozenset[str]]


def _scorer(world: World) -> frozenset[str]:
    return frozenset({world.scorer})


@dataclass(frozen=True)
class Row:
    """A URL by name: what stands in it, who gets an answer, and by which method."""

    audience: Audience
    kwargs: Callable[[World], dict[str, Any]] = lambda world: {}
    post: bool = False
    public: bool = False  # signed-out visitors outside the audience get 404 instead of the way to sign in
    told: frozenset[str] = frozenset()  # may see what it is about but not do it: 403 with a sentence
    leads: bool = False  # its answer is the way to a file: a link on the media origin


def _draft(world: World) -> dict[str, Any]:
    return {"token": world.draft.token}


def _waiting(world: World) -> dict[str, Any]:
    return {"token": world.waiting.token}


def _assignment(world: World) -> dict[str, Any]:
    return {"token": world.assignment.token}


def _edition(world: World) -> dict[str, Any]:
    return {"slug": world.cast.item.micro_credential.slug, "number": world.cast.item.number}


def _award(world: World) -> dict[str, Any]:
    return {"token": world.award.token}


def _artifact(world: World) -> dict[str, Any]:
    return {"token": world.draft.token, "artifact": Artifact.objects.filter(submission=world.draft)[0].token}


def _file(world: World) -> dict[str, Any]:
    row = Artifact.objects.get(submission=world.draft, kind=ArtifactKind.FILE)
    return {"token": world.draft.token, "artifact": row.token, "which": "original"}


def _evidence(world: World) -> dict[str, Any]:
    rows = list(Artifact.objects.filter(attempts=world.assignment.attempt_id).order_by("added_at", "id"))
    return {**_assignment(world), "place": 1 + next(n for n, row in enumerate(rows) if row.kind == ArtifactKind.FILE)}


def _plan(world: World) -> dict[str, Any]:
    return {"token": ReadingPlan.objects.get(attempt=world.assignment.attempt_id).token}


def _alliance(world: World) -> dict[str, Any]:
    row = PoolAlliance.objects.filter(issuer=world.cast.other_issuer, ally=world.cast.issuer).first()
    if row is None:
        who = world.cast.outside_leader
        asked = people.actor_of(who.person_id, who)
        row = assessment.ask_alliance(actor=asked, ally=world.cast.issuer, now=b.NOW)
    return {"token": row.token}


def _handed_in(world: World) -> dict[str, Any]:
    rows = Artifact.objects.filter(submission=world.waiting, kind=ArtifactKind.FILE)
    return {"token": world.waiting.token, "artifact": rows[0].token}


def _brought(world: World) -> str:
    """A badge that the earner brought from elsewhere."""
    content = samples.as_bytes(samples.signed_badge(status=None, valid_until=None, evidence=()))
    who = b.actor(world.cast.earner)
    row = importing.import_badge(actor=who, content=content, elsewhere=None, now=samples.NOW).row
    assert row
    return row.token


def _export(world: World) -> str:
    """The earner's copy of her data, ready to be fetched."""
    export = rights.ask_export(actor=b.actor(world.cast.earner), now=timezone.now())
    run_waiting_jobs()
    return export.token


def _erasure(world: World) -> str:
    gone = b.person("Somebody Else")
    facts = {"person": gone.pseudonym_id, "revoke_awards": False, "now": timezone.now()}
    return rights.erase_person(actor=b.SYSTEM, **facts).token


def _endorsement(world: World) -> dict[str, Any]:
    """What the earner's district says of the award she shares."""
    row = Endorsement.objects.filter(award=world.shared).first()
    if row is None:
        who = world.cast.administrator
        giver = people.actor_of(who.person_id, who)
        row = credentials.give_endorsement(actor=giver, about=world.shared, comment="We count it.", now=b.NOW)
    return {"token": row.token}


def _statement(world: World) -> dict[str, Any]:
    assert world.award.statement
    return {"token": world.award.statement.token}


HOLDER_AND_STAFF = frozenset({"earner", "staff"})

ADMINISTRATOR = frozenset({"administrator"})
ADMINISTRATORS = frozenset({"administrator", "platform"})  # of the earner's district, and of everything
NAMES_NOBODY = {"organisation", "invite", "invitation_link", "domains", "remove_domain"}  # of the pages below
IN_DISTRICT = {
    "organisation": False,
    "members": False,
    "change_dates": True,
    "remove_member": True,
    "employees": False,
    "confirm_employment": True,
    "employment_ended": True,
    "confirm_identity": True,
    "invitations": False,
    "invite": False,
    "invitation_link": False,
    "invitation_list": False,
    "send_list": True,
    "invitation_again": True,
    "revoke_invitation": True,
    "join_requests": False,
    "answer_request": True,
    "domains": False,
    "remove_domain": True,
}
"""The pages of an organisation; true where a form is sent."""


def _shown(world: World) -> dict[str, Any]:
    """A file that stands with an award that is private again."""
    kind = {"kind": "file", "blind_media_type": "text/plain"}
    facts = {**kind, "blind": "evidence/x/blind", "blind_name": "evidence.txt"}
    Artifact.objects.filter(attempts=world.award.attempt_id).update(**facts)
    pieces = [row.token for row in Artifact.objects.filter(attempts=world.award.attempt_id)]
    who = b.actor(world.cast.earner)
    shown = sharing.show_evidence(actor=who, token=world.award.token, pieces=pieces, released=True, now=b.NOW)
    return {**_award(world), "piece": shown[0].token}


def _hosted(world: World) -> dict[str, Any]:
    sharing.publish_hosted(actor=b.actor(world.cast.earner), token=world.shared.token, now=b.NOW)
    return {"token": world.shared.token}


def _collection(world: World) -> dict[str, Any]:
    """One of hers, which she keeps to herself."""
    facts = {"name": "Mine", "sentence": "", "visibility": "private", "now": b.NOW}
    row = sharing.make_collection(actor=b.actor(world.cast.earner), awards=[world.award.token], **facts)
    return {"token": row.token}


def _district(world: World) -> dict[str, Any]:
    return {"slug": world.cast.district.slug}


def _invitation(world: World) -> dict[str, Any]:
    """A link that anybody may use."""
    now = timezone.now()
    until = now + dt.timedelta(days=9)
    _row, token = persons.make_invitation_link(
        actor=b.SYSTEM, organisation=world.cast.district, max_uses=9, expires_at=until, employs=True, now=now
    )
    return {"token": token}


def _consent(world: World) -> dict[str, Any]:
    """The link in the mail to the minor's guardian."""
    persons.ask_guardian(actor=b.actor(world.cast.minor), guardian_email="pat@example.org", now=timezone.now())
    text = OutgoingMail.objects.filter(kind="guardian_asked").latest("id").text
    return {"token": text.partition("/guardians/")[2].partition("/")[0]}


TABLE: dict[str, Row] = {
    **{
        name: Row(ADMINISTRATORS if name in NAMES_NOBODY else ADMINISTRATOR, _district, post=post)
        for name, post in IN_DISTRICT.items()
    },
    "organisations": Row(ADMINISTRATORS | {"outside_administrator"}),
    "join": Row(ALL, _invitation),
    "guardian": Row(ALL, _consent),
    "ask_guardian": Row(frozenset({"minor"})),
    "work": Row(SIGNED_IN),
    "find_employer": Row(SIGNED_IN),
    "add_employer": Row(SIGNED_IN, _district),
    "end_employment": Row(SIGNED_IN, post=True),
    "leave": Row(SIGNED_IN, post=True),
    "withdraw_request": Row(SIGNED_IN, post=True),
    "acting": Row(SIGNED_IN),
    "second_step": Row(SIGNED_IN),
    "home": Row(ALL),
    "explore": Row(ALL),
    "item": Row(ALL, lambda world: {"slug": world.cast.item.micro_credential.slug}),
    "mark": Row(ALL, lambda world: {"slug": world.cast.item.micro_credential.slug}),
    "stack": Row(ALL, lambda world: {"slug": "questioning"}),
    "stack_mark": Row(ALL, lambda world: {"slug": "questioning"}),
    "issuer": Row(ALL, lambda world: {"slug": world.cast.issuer.slug}),
    "did_document": Row(ALL, lambda world: {"token": world.cast.issuer.token}),
    "status_list": Row(ALL, lambda world: {"token": StatusList.objects.get().token}),
    "verify": Row(ALL),
    "styleguide": Row(ALL),
    "set_language": Row(ALL, post=True),
    "demo": Row(ALL),
    "demo_json": Row(ALL),
    "demo_tour": Row(ALL),
    "demo_lesson": Row(ALL),
    "demo_leave": Row(ALL, post=True),
    "demo_clock": Row(ALL, post=True),
    "demo_mail": Row(ALL),
    "demo_message": Row(ALL, lambda world: {"token": OutgoingMail.objects.order_by("id")[0].token}),
    "account": Row(SIGNED_IN),
    "activity": Row(SIGNED_IN),
    "act_as": Row(SIGNED_IN, post=True),
    "your_data": Row(SIGNED_IN),
    "ask_export": Row(SIGNED_IN, post=True),
    "fetch_export": Row(EARNER, lambda world: {"token": _export(world)}, leads=True),
    "erase_account": Row(SIGNED_IN),
    "erased": Row(ALL, lambda world: {"token": _erasure(world)}),
    "holders": Row(ALL),
    "earn_home": Row(SIGNED_IN),
    "start": Row(
        EARNERS,
        lambda world: {"slug": world.cast.item.micro_credential.slug},
        post=True,
        told=SIGNED_IN - EARNERS,
    ),
    "submission": Row(EARNER, _draft),
    "answer": Row(EARNER, lambda world: {**_draft(world), "prompt": "context"}, post=True),
    "save_part": Row(EARNER, lambda world: {**_draft(world), "part": "overview"}, post=True),
    "add_file": Row(EARNER, lambda world: {**_draft(world), "slot": "recording"}, post=True),
    "add_link": Row(EARNER, lambda world: {**_draft(world), "slot": "recording"}, post=True),
    "add_text": Row(EARNER, lambda world: {**_draft(world), "slot": "recording"}, post=True),
    "remove_artifact": Row(EARNER, _artifact, post=True),
    "identity": Row(EARNER, _draft, post=True),
    "withdraw_release": Row(EARNER, _handed_in),
    "artifact": Row(EARNER, _file, leads=True),
    "submit": Row(EARNER, _draft),
    "withdraw": Row(EARNER, _waiting),
    "again": Row(EARNER, _draft, post=True),
    "awards": Row(SIGNED_IN),
    "elsewhere": Row(SIGNED_IN),
    "elsewhere_badge": Row(EARNER, lambda world: {"token": _brought(world)}),
    "elsewhere_file": Row(EARNER, lambda world: {"token": _brought(world)}),
    "check_elsewhere": Row(EARNER, lambda world: {"token": _brought(world)}, post=True),
    "remove_elsewhere": Row(EARNER, lambda world: {"token": _brought(world)}, post=True),
    "apps": Row(SIGNED_IN),
    "disconnect_app": Row(frozenset(), post=True),  # without an app of one's own there is nothing to disconnect
    "award": Row(HOLDER_AND_STAFF, _award, public=True),
    "award_json": Row(HOLDER_AND_STAFF, _award, public=True),
    "award_jwt": Row(HOLDER_AND_STAFF, _award, public=True),
    "award_png": Row(HOLDER_AND_STAFF, _award, public=True),
    "award_svg": Row(HOLDER_AND_STAFF, _award, public=True),
    "award_certificate": Row(HOLDER_AND_STAFF, _award, public=True),
    "award_card": Row(HOLDER_AND_STAFF, _award, public=True),
    "award_qr": Row(HOLDER_AND_STAFF, _award, public=True),
    "show_evidence": Row(EARNER, _award, post=True),
    "shown_piece": Row(EARNER, _shown, public=True, leads=True),
    "publish_hosted": Row(EARNER, _award, post=True),
    "hosted_assertion": Row(ALL, _hosted),
    "hosted_class": Row(ALL, _hosted),
    "hosted_issuer": Row(ALL, _hosted),
    "hosted_picture": Row(ALL, _hosted),
    "new_collection": Row(EARNERS, told=SIGNED_IN - EARNERS),
    "collection": Row(EARNER, _collection, public=True),
    "change_collection": Row(EARNER, _collection),
    "remove_collection": Row(EARNER, _collection, post=True),
    "transcript": Row(SIGNED_IN),
    "transcript_json": Row(EARNER),
    "award_share": Row(EARNER, _award, post=True),
    "award_revoke": Row(frozenset({"staff"}), _award, post=True, told=EARNER),
    "assess_home": Row(ASSESSORS),
    "availability": Row(ASSESSORS),
    "assignment": Row(_scorer, _assignment),
    "assignment_evidence": Row(_scorer, _evidence, leads=True),
    "accept": Row(_scorer, _assignment, post=True),
    "decline": Row(_scorer, _assignment, post=True),
    "scores": Row(_scorer, _assignment, post=True),
    "send_scores": Row(_scorer, _assignment),
    "decisions": Row(STAFF),
    "decision": Row(frozenset({"staff"}), lambda world: {"token": world.decision.token}),
    "release": Row(frozenset({"staff"}), lambda world: {"token": world.decision.token}, post=True),
    "issued": Row(STAFF),
    "standing": Row(frozenset({"staff"}), _award),
    "lift_suspension": Row(frozenset({"staff"}), _award, post=True),
    "renew_award": Row(frozenset({"staff"}), _award, post=True),
    "signing_keys": Row(STAFF),
    "rotate_key": Row(STAFF, post=True),
    "sign_badges": Row(STAFF, post=True),
    "give_up_key": Row(frozenset({"staff"}), lambda world: {"public": world.award.badge.key.public}),
    "endorsements": Row(ENDORSING),
    "give_endorsement": Row(ENDORSING),
    "withdraw_endorsement": Row(frozenset({"administrator", "earner"}), _endorsement, post=True),
    "endorsement": Row(ALL, _endorsement),
    "assessment_statement": Row(ALL, _statement),
    "assessment_statement_json": Row(ALL, _statement),
    "operate": Row(PLATFORM),
    "open_look": Row(PLATFORM, post=True),
    "look": Row(PLATFORM, lambda world: {"token": GlassBreak.objects.get().token}),
    "close_look": Row(PLATFORM, lambda world: {"token": GlassBreak.objects.get().token}, post=True),
    "measures": Row(LEADERS | STAFF),
    "measure": Row(frozenset({"leader", "staff"}), _edition),
    "measure_export": Row(frozenset({"leader", "staff"}), _edition),
    "note_validity": Row(frozenset(), _edition, post=True),  # for authors, of whom the cast has none
    "own_record": Row(ASSESSORS),
    "statement": Row(ALL, _edition),
    "validity": Row(ALL, _edition),
    "lead_home": Row(LEADERS),
    "lead_assessors": Row(LEADERS),
    "lead_qualify": Row(frozenset(), post=True),  # what is sent names an assessor and an item: tested with them
    "lead_allies": Row(LEADERS),
    "agree_alliance": Row(LEADER, _alliance, post=True, told=frozenset({"outside_leader"})),
    "end_alliance": Row(LEADERS, _alliance, post=True),
    "lead_work": Row(LEADER, _plan),
    "lead_search": Row(LEADER, _plan, post=True),
    "lead_widen": Row(LEADER, _plan, post=True),
    "lead_take": Row(LEADER, _plan, post=True),
    "lead_second": Row(LEADER, _plan, post=True),
    "lead_waive": Row(LEADER, _plan, post=True),
    "conflicts": Row(SIGNED_IN),
    "withdraw_conflict": Row(frozenset(), post=True),  # without a statement of one's own there is nothing to take back
}

# For programs, which bring a key and no session: tests/integration/api.
OF_PROGRAMS = {
    *("oauth_authorize", "oauth_metadata", "oauth_register"),
    *("ob_credentials", "ob_discovery", "ob_profile"),
}
# Looked at elsewhere: health (503 without a worker), sealed links to files, which are for whoever holds them, and
# one-click sign-in, which is for everybody in the demonstration and nobody elsewhere. What oEmbed answers to stands in
# its query, and the platform has a document of keys only with an https address: tests/integration/awards.
ELSEWHERE = {"healthz", "media", "demo_sign_in", "demo_stop", "sample_mark", "oembed", "platform_did"} | OF_PROGRAMS

# Of django-allauth: pages that signed-out visitors may open; all others are one's own account.
SIGNING_IN = {
    "account_login",
    "account_signup",
    "account_logout",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_login_code",
    "account_complete_password_reset",
    "account_password_reset_completed",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "oauth_token",
    "oauth_revoke",
}
OF_LINKS: tuple[dict[str, Any], ...] = ({}, {"pk": 1}, {"uidb36": "1", "key": "false-key"})


@pytest.fixture
def world(db: None, kept_cast: Kept, tmp_path: Path) -> World:
    cast = kept_cast.put_back()
    cast.stack()
    cast.earned()
    measure_version(version=cast.item, now=b.NOW)
    award = Award.objects.get(version__isnull=False)
    shared = Award.objects.get(stack_version__isnull=False)
    credentials.share_award(actor=b.actor(cast.earner), token=shared.token, visibility="link", now=b.NOW)
    other = b.version("pair-talk", of=cast.issuer, title="Pair talk")
    third = b.version("exit-card", of=cast.issuer, title="Exit card")
    for membership in (cast.assessor, cast.second):
        for item in (other, third):
            assessment.qualify_assessor(
                actor=b.SYSTEM,
                assessor=membership.person,
                micro_credential=item.micro_credential,
                from_date=b.NOW.date(),
                now=b.NOW,
            )
    catalogue.set_staff_release(actor=b.SYSTEM, micro_credential=third.micro_credential, staff=True, now=b.NOW)
    held = b.submitted(cast.earner, third)
    scored = cast.assignment(held)
    b.score(scored, cast.membership_of(scored))
    waiting = _with_file(cast, b.draft(cast.earner, other), tmp_path)
    attested = list(AttestationKind)
    portfolio.submit_attempt(actor=b.actor(cast.earner), token=waiting.token, attested=attested, now=b.NOW)
    run_waiting_jobs()
    assignment = cast.assignment(waiting)
    who = people.actor_of(assignment.assessor_id, cast.membership_of(assignment))
    assessment.accept_assignment(actor=who, token=assignment.token, now=b.NOW)
    draft = b.draft(cast.earner, b.version("think-aloud", of=cast.issuer, title="Think aloud"))
    _with_file(cast, draft, tmp_path)
    _look_at(cast)
    return World(cast, draft, waiting, assignment, Decision.objects.get(released_at=None), award, shared)


def _look_at(cast: Cast) -> None:
    staff = people.actor_of(cast.platform.person_id, cast.platform)
    why = {"cause": "help", "reason": "She cannot sign in and asked for help.", "minutes": 60}
    persons.open_glass(actor=staff, subject=cast.earner.pseudonym_id, now=timezone.now(), **why)


def _with_file(cast: Cast, draft: Submission, folder: Path) -> Submission:
    path = folder / "notes.txt"
    path.write_text("Nine students spoke.")
    intake.add_file(actor=b.actor(cast.earner), token=draft.token, slot="recording", name="n.txt", path=path, now=b.NOW)
    return draft


def _patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        elif isinstance(entry, URLPattern) and entry.name:
            yield entry


def _is_allauth(entry: URLPattern) -> bool:
    return str(getattr(entry.callback, "__module__", "")).startswith("allauth")


def test_every_url_has_its_row():
    assert {entry.name for entry in _patterns() if not _is_allauth(entry)} - ELSEWHERE == TABLE.keys()


def _ask(client: Client, path: str, *, post: bool) -> tuple[int, str]:
    """The answer to a request whose effects are undone."""
    with transaction.atomic():
        answer = client.post(path, {}) if post else client.get(path)
        transaction.set_rollback(True)
    return answer.status_code, answer.headers.get("Location", "")


@pytest.mark.django_db
def test_the_right_people_get_an_answer_and_nobody_else(world: World):
    wrong = []
    for name, row in TABLE.items():
        audience = row.audience if isinstance(row.audience, frozenset) else row.audience(world)
        path = _path(name, row, world)
        for who in EVERYONE:
            status, location = _ask(world.cast.client(who), path, post=row.post)
            if not _as_it_should(who, who in audience, row, status, location):
                wrong.append(f"{name} for {who}: {status} {location}")
    assert not wrong, "\n".join(wrong)


def _path(name: str, row: Row, world: World) -> str:
    try:
        return reverse(name, kwargs=row.kwargs(world))
    except NoReverseMatch as missing:
        raise AssertionError(f"{name}: {missing}") from missing


def _as_it_should(who: str, allowed: bool, row: Row, status: int, location: str) -> bool:
    asked_to_sign_in = status == 302 and "/account/login/" in location
    if allowed:
        # A form sent empty may be refused with a sentence, but its sender is told so on a page.
        if row.leads:
            return status == 302 and location.startswith(f"{settings.MEDIA_ORIGIN}/media/")
        return (status in {200, 302, 303, 400, 409} if row.post else status == 200) and not asked_to_sign_in
    if who == "anonymous" and not row.public:
        return asked_to_sign_in or (row.post and status == 401)
    return status == (403 if who in row.told else 404)


def _path_of_allauth(name: str) -> str:
    """Its address, with a key nobody has where one belongs."""
    for kwargs in OF_LINKS:
        with contextlib.suppress(NoReverseMatch):
            return reverse(name, kwargs=kwargs)
    raise AssertionError(f"{name} wants other words in its address: add them to OF_LINKS")


@pytest.mark.django_db
def test_pages_of_the_account_are_for_its_owner_and_break_for_nobody(world: World):
    wrong = []
    for entry in filter(_is_allauth, _patterns()):
        path = _path_of_allauth(str(entry.name))
        for who in EVERYONE:
            status, location = _ask(world.cast.client(who), path, post=False)
            private = who == "anonymous" and entry.name not in SIGNING_IN
            fits = "/account/login/" in location if private else status in {200, 302, 404, 405}
            if not fits:
                wrong.append(f"{entry.name} for {who}: {status} {location}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_an_award_by_link_is_everybodys(world: World):
    for who in EVERYONE:
        assert _ask(world.cast.client(who), reverse("award", args=[world.shared.token]), post=False)[0] == 200


@pytest.mark.django_db
def test_a_member_acting_for_herself_is_told_to_choose_her_role(world: World):
    client = Client()
    client.force_login(world.cast.staff.person.person.account)
    answer = client.get(reverse("decisions"))
    assert answer.status_code == 403
    assert "choose it in the header" in answer.content.decode()
