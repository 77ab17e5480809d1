"""Pages and roles follow the table of core.sight; that nothing leaks, tests.blindness looks for."""

import re
from itertools import combinations

import pytest
from django.test import Client

from tests import builders as b
from tests.cast import Cast
from touchstone.assessment import actions as assessment
from touchstone.assessment.models import Assignment, Decision
from touchstone.catalogue import actions as catalogue
from touchstone.core.sight import Viewer, opposed
from touchstone.credentials import actions as credentials
from touchstone.credentials.models import Award
from touchstone.kit.drain import run_waiting_jobs
from touchstone.people import errors
from touchstone.people import queries as people
from touchstone.people.enums import Role

pytestmark = pytest.mark.django_db
OF_ISSUERS = (Role.AUTHOR, Role.ASSESSOR, Role.SCORING_LEADER, Role.AWARD_STAFF)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_an_earner_reads_a_number_and_award_staff_a_code(cast: Cast):
    catalogue.set_staff_release(actor=b.SYSTEM, micro_credential=cast.item.micro_credential, staff=True, now=b.NOW)
    submission = cast.not_yet()
    decision = Decision.objects.get(attempt=submission.current)
    shown = page(cast.client("staff"), f"/author/decisions/{decision.token}/")
    assert f"Assessor {decision.code}-1" in shown
    assert not re.search(r"Assessor 1\b", shown)  # a code may begin with 1
    who = people.actor_of(cast.staff.person_id, cast.staff)
    assessment.release_decision(actor=who, token=decision.token, now=b.NOW)
    told = page(cast.client("earner"), f"/earn/{submission.token}/")
    assert "Assessor 1" in told
    assert decision.code not in told


def test_words_of_an_assessor_who_gave_the_work_back_are_told_to_nobody(cast: Cast):
    submission = cast.submitted()
    first = cast.assignment(submission)
    who = people.actor_of(first.assessor_id, cast.membership_of(first))
    assessment.accept_assignment(actor=who, token=first.token, now=b.NOW)
    said = {"criterion": "recording", "level": "basic", "comment": "I know this voice.", "revision": 0}
    assessment.save_score(actor=who, token=first.token, now=b.NOW, **said)
    assessment.decline_assignment(actor=who, token=first.token, now=b.NOW)
    run_waiting_jobs()
    second = Assignment.objects.exclude(id=first.id).get(attempt=submission.current)
    b.score(second, cast.membership_of(second), {"recording": "basic"})
    told = page(cast.client("earner"), f"/earn/{submission.token}/")
    assert "Say which students spoke" in told
    assert "I know this voice." not in told


@pytest.mark.parametrize("pair", list(combinations(OF_ISSUERS, 2)), ids=" and ".join)
def test_nobody_holds_two_roles_that_together_name_both_sides(pair: tuple[Role, Role]):
    person, issuer = b.person("Ruth Greenhalgh"), b.issuer()
    b.member(person, issuer, pair[0])
    viewers = frozenset(Viewer(role) for role in pair if role in set(Viewer))
    if viewers in opposed():
        with pytest.raises(errors.RolesExclude):
            b.member(person, issuer, pair[1])
    else:
        assert b.member(person, issuer, pair[1])


def test_an_award_shows_its_holder_to_herself_to_its_staff_and_once_shared_to_all(cast: Cast):
    cast.earned()
    token = Award.objects.get().token
    path = f"/awards/{token}"
    for who in ("earner", "staff"):
        assert "Rosa Marchetti" in page(cast.client(who), path)
    assert cast.client("outsider").get(path).status_code == 404
    credentials.share_award(actor=b.actor(cast.earner), token=token, visibility="link", now=b.NOW)
    for who in ("anonymous", "outsider", "assessor"):
        assert "Rosa Marchetti" in page(cast.client(who), path)
