"""The whole world of the demonstration: who is there, where their work stands, and that it comes out the same twice."""

import hashlib
from uuid import UUID

import pytest
from django.core.files.storage import default_storage

from tests.integration.demo.conftest import NOW, empty
from tests.integration.demo.standing import EVERY, stands
from tests.integration.demo.test_loading import quiet
from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.models import Assignment, Decision, ReadingPlan, Score
from touchstone.credentials.models import Award
from touchstone.demo import load as loading
from touchstone.demo.cast import CAST, PLACES, TIES
from touchstone.demo.places import DISTRICTS
from touchstone.demo.stories import read_stories
from touchstone.kit.drain import run_waiting_jobs
from touchstone.people.enums import OrganisationKind, Position, Role
from touchstone.people.models import Organisation, Person
from touchstone.portfolio.models import Artifact, Submission


@pytest.mark.long
@pytest.mark.django_db
def test_the_whole_world_is_there_and_comes_out_the_same_twice() -> None:
    empty()
    loading.load(now=NOW, progress=quiet)
    run_waiting_jobs()
    _every_story_ends_where_it_says()
    for place in DISTRICTS:
        assert Organisation.objects.get(slug=place.slug).description == place.about
    _work_stands_in_every_state()
    _awards_are_of_every_kind()
    _nobody_reads_the_work_of_somebody_near()
    first = _what_people_see()
    empty()
    loading.load(now=NOW, progress=quiet)
    run_waiting_jobs()
    assert _what_people_see() == first


def test_five_districts_lie_in_five_states_and_their_people_do_everything() -> None:
    assert {place.state for place in DISTRICTS} == {"AL", "CA", "FL", "IA", "WA"}
    for place in DISTRICTS:
        schools = [row for row in PLACES if row.part_of == place.slug]
        assert len(schools) >= 2
        assert all((row.kind, row.state) == (OrganisationKind.SCHOOL, place.state) for row in schools)
        assert place.email_domain.endswith(".example.org")
    assert len(CAST) == len({member.name for member in CAST}) >= 30
    assert {member.position for member in CAST} == set(Position)
    assert {role for member in CAST for role, _place in member.roles} == set(Role)
    assert all(member.email.endswith(".example.org") for member in CAST)


def _earners() -> dict[UUID, str]:
    keys = {member.email: member.key for member in CAST}
    rows = Person.objects.values_list("pseudonym_id", "account__email")
    return {pseudonym: keys[email] for pseudonym, email in rows}


def _rows() -> list[Submission]:
    rows = Submission.objects.filter(earner__in=_earners()).select_related("current", "version__micro_credential")
    return sorted(rows, key=_key)


def _key(row: Submission) -> tuple[str, str]:
    return _earners()[row.earner_id], row.version.micro_credential.slug


def _every_story_ends_where_it_says() -> None:
    expected = {(story.earner, story.item): story.expect for story in read_stories()}
    found = {_key(row): stands(row) for row in _rows()}
    assert found == expected
    assert len(found) >= 60
    assert {item for _earner, item in found} == {place.stem for place in (loading.CONTENT / "items").glob("*.json")}


def _work_stands_in_every_state() -> None:
    assert {stands(row) for row in _rows()} == EVERY
    assert set(Assignment.objects.values_list("state", flat=True)) == set(AssignmentState.values)
    plans = ReadingPlan.objects.filter(attempt__submission__earner__in=_earners())
    settled = plans.filter(disagreed_at__isnull=False, attempt_id__in=Decision.objects.values("attempt"))
    assert settled.exists(), "a third reader has settled a disagreement"
    late = Assignment.objects.filter(state=AssignmentState.OFFERED, attempt__due_date__lt=NOW.date())
    assert late.exists(), "an offer is overdue"
    seconds = Submission.objects.filter(earner__in=_earners(), current__number=2)
    assert set(seconds.values_list("current__state", flat=True)) >= {"draft", "submitted", "earned"}


def _awards_are_of_every_kind() -> None:
    awards = Award.objects.filter(holder__in=_earners())
    assert set(awards.values_list("visibility", flat=True)) == {"private", "link", "listed"}
    assert awards.filter(revoked_at__isnull=False).exists()
    assert awards.filter(stack_version__isnull=False).values("stack_version__stack").distinct().count() == 2


def _nobody_reads_the_work_of_somebody_near() -> None:
    keys, near = _earners(), {frozenset(pair[:2]) for pair in TIES}
    places = {place.slug: {place.slug, place.part_of or place.slug} for place in PLACES}
    circles = {member.key: places.get(member.works_at, {member.works_at} - {""}) for member in CAST}
    rows = Assignment.objects.filter(attempt__submission__earner__in=keys).exclude(state=AssignmentState.REASSIGNED)
    for earner, assessor in rows.values_list("attempt__submission__earner", "assessor"):
        pair = keys[earner], keys[assessor]
        assert not circles[pair[0]] & circles[pair[1]], pair
        assert frozenset(pair) not in near


def _what_people_see() -> list[object]:
    """Everything but who was asked to read, which is drawn by a lot nobody can foresee."""
    return [
        (
            _key(row),
            stands(row),
            list(row.attempts.order_by("number").values_list("state", flat=True)),
            list(Decision.objects.filter(attempt__submission=row).order_by("decided_at").values_list("reasons")),
            sorted(
                Score.objects.filter(assignment__attempt__submission=row).values_list("criterion", "level", "comment")
            ),
            sorted(_evidence(row)),
            sorted(Award.objects.filter(attempt__submission=row).values_list("visibility", "awarded_at")),
        )
        for row in _rows()
    ]


def _evidence(row: Submission) -> set[tuple[str, ...]]:
    found = set()
    for piece in Artifact.objects.filter(attempts__submission=row):
        content = default_storage.open(piece.original).read() if piece.original else piece.text.encode()
        found.add((piece.slot, piece.name, piece.url, hashlib.sha256(content).hexdigest()))
    return found
