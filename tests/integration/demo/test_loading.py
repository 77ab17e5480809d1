"""The demonstration loads whole, once, and only where invented people belong."""

import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.base import OutputWrapper

from tests.integration.demo.conftest import NOW, Told, empty
from tests.integration.demo.standing import stands
from touchstone.assessment.models import Assignment, Decision, Score
from touchstone.core.words import count_words
from touchstone.credentials.models import Award, Badge
from touchstone.demo import history
from touchstone.demo import load as loading
from touchstone.demo.cast import BY_KEY, CAST, PLACE_BY_SLUG, PLACES, TIES
from touchstone.demo.making import MAKERS
from touchstone.demo.management.commands.load_demo import Bar
from touchstone.demo.stories import read_stories
from touchstone.insights.models import Measurement
from touchstone.kit.models import JournalEntry, OutgoingMail
from touchstone.people.enums import Position, Role
from touchstone.people.models import Account, Organisation, Person
from touchstone.portfolio.completeness import what_is_missing
from touchstone.portfolio.enums import ArtifactKind, AttemptState
from touchstone.portfolio.models import Answer, Artifact, Attempt, Submission
from touchstone.portfolio.queries import contents_of

pytestmark = pytest.mark.usefixtures("demonstration")


class CutShort(Exception):
    pass


def quiet(what: str, done: int, of: int) -> None:
    """Hears of the progress and says nothing."""


def _key(pseudonym: object) -> str:
    email = Person.objects.select_related("account").get(pseudonym_id=pseudonym).account.email
    return next(member.key for member in CAST if member.email == email)


def _circle(key: str) -> set[str]:
    place = PLACE_BY_SLUG.get(BY_KEY[key].works_at)
    return {place.slug, place.part_of} - {""} if place else {BY_KEY[key].works_at} - {""}


def test_loading_tells_how_far_each_part_is(loaded: Told) -> None:
    parts = list(dict.fromkeys(what for what, _done, _of in loaded))
    assert len(parts) == 4
    for part in parts:
        steps = [(done, of) for what, done, of in loaded if what == part]
        assert steps[0][0] == 0
        assert steps == sorted(steps)
        assert steps[-1][0] == steps[-1][1]
    assert ("People, all invented", len(CAST), len(CAST)) in loaded


def test_the_bar_shows_tenths_in_a_log_and_every_step_on_a_terminal() -> None:
    log, terminal = io.StringIO(), io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    for out in (log, terminal):
        bar = Bar(OutputWrapper(out))
        for done in range(31):
            bar.show("Work", done, 30)
    assert [line.split()[1:3] for line in log.getvalue().splitlines()] == [[f"{n}0", "%"] for n in range(1, 11)]
    assert terminal.getvalue().count("\r") == 31
    assert terminal.getvalue().endswith("Work\n")


def test_every_story_ends_where_it_says() -> None:
    stories = read_stories(small=True)
    of_people = Submission.objects.filter(earner__in=Person.objects.values("pseudonym"))
    assert of_people.count() == len(stories) >= 12
    for story in stories:
        row = of_people.get(earner_id=_pseudonym(story.earner), version__micro_credential__slug=story.item)
        assert stands(row) == story.expect, story.key


def test_submissions_stand_in_every_state() -> None:
    assert set(Submission.objects.values_list("current__state", flat=True)) == set(AttemptState.values)
    second = Attempt.objects.filter(number=2).values_list("state", flat=True)
    assert set(second) == {AttemptState.DRAFT, AttemptState.SUBMITTED, AttemptState.EARNED}


def test_work_stands_at_every_step_of_assessment() -> None:
    states = Assignment.objects.values_list("state", flat=True)
    assert {"offered", "accepted", "scored", "cancelled"} <= set(states)
    half = Assignment.objects.get(state="accepted", attempt__submission__earner_id=_pseudonym("nizhoni"))
    asked = len(half.attempt.submission.version.document["rubric"]["criteria"])
    assert 0 < Score.objects.filter(assignment=half).exclude(level="").count() < asked
    waiting = Decision.objects.get(released_at=None)
    assert waiting.attempt.submission.version.micro_credential.staff_release
    assert waiting.attempt.state == AttemptState.SUBMITTED


def _pseudonym(key: str) -> object:
    return Person.objects.get(account__email=BY_KEY[key].email).pseudonym_id


def test_one_draft_is_ready_to_send_and_one_is_not() -> None:
    ready = Submission.objects.get(earner_id=_pseudonym("marisol"), current__state=AttemptState.DRAFT)
    begun = Submission.objects.get(earner_id=_pseudonym("kieu-anh"))
    assert not what_is_missing(contents_of(ready.current), (), check_attestations=False)
    assert what_is_missing(contents_of(begun.current), (), check_attestations=False)


def test_awards_of_every_kind_are_there_and_every_badge_is_signed() -> None:
    awards = Award.objects.all()
    assert set(awards.values_list("visibility", flat=True)) == {"private", "link", "listed"}
    assert awards.filter(revoked_at__isnull=False, visibility="link").exists()
    stack = awards.get(stack_version__isnull=False)
    items = awards.filter(holder=stack.holder, version__isnull=False)
    assert items.count() == 2
    assert stack.awarded_at == max(row.awarded_at for row in items)
    assert Badge.objects.count() == awards.count()
    revoked = awards.get(revoked_at__isnull=False)
    assert b"\x00" * len(bytes(revoked.status_list.bits)) != bytes(revoked.status_list.bits)


def test_nobody_was_offered_the_work_of_somebody_near() -> None:
    near = {frozenset(pair[:2]) for pair in TIES}
    of_people = Assignment.objects.filter(attempt__submission__earner__in=Person.objects.values("pseudonym"))
    for row in of_people.select_related("attempt__submission"):
        earner, assessor = _key(row.attempt.submission.earner_id), _key(row.assessor_id)
        assert earner != assessor
        assert not _circle(earner) & _circle(assessor), (earner, assessor)
        assert frozenset((earner, assessor)) not in near
    asked = Assignment.objects.values_list("attempt__submission", "assessor")
    assert len(asked) == len(set(asked)), "a second attempt goes to somebody else"


def test_the_cast_holds_every_role_and_position() -> None:
    assert {role for member in CAST for role, _place in member.roles} == set(Role)
    assert {member.position for member in CAST} == set(Position)
    assert Account.objects.count() == len(CAST)
    assert all(member.email.endswith(".example.org") for member in CAST)
    assert not Organisation.objects.filter(is_invented=False).exists()
    assert Organisation.objects.filter(slug__in=[place.slug for place in PLACES]).count() == len(PLACES)
    for issuer in Organisation.objects.filter(is_issuer=True):
        pool = [member for member in CAST if (Role.ASSESSOR, issuer.slug) in member.roles]
        assert len(pool) >= 3, issuer.slug
        sighted = {Role.SCORING_LEADER, Role.AWARD_STAFF}
        assert not [m for m in CAST if {role for role, slug in m.roles if slug == issuer.slug} >= sighted]


def test_evidence_is_of_every_kind() -> None:
    kinds = set(Artifact.objects.values_list("kind", flat=True))
    assert kinds == set(ArtifactKind.values)
    endings = {name.rpartition(".")[2] for name in Artifact.objects.filter(kind="file").values_list("name", flat=True)}
    assert endings == {ending.removeprefix(".") for ending in MAKERS}


def test_nothing_happened_after_the_day_of_loading() -> None:
    moments = JournalEntry.objects.order_by("id").values_list("at", flat=True)
    assert max(moments) <= NOW
    assert NOW - min(moments) < dt.timedelta(weeks=21)
    late = OutgoingMail.objects.filter(written_at__gt=NOW)
    assert set(late.values_list("kind", flat=True)) <= {"invitation"}  # written when its job makes the token


def test_answers_to_prompts_are_whole_once_work_was_sent() -> None:
    for answer in Answer.objects.exclude(attempt__state=AttemptState.DRAFT):
        assert count_words(answer.text) >= 80, (answer.prompt, answer.text[:60])


def test_loading_again_when_loaded_then_changes_nothing() -> None:
    before = [model.objects.count() for model in (Account, Submission, Artifact, Award, JournalEntry)]
    assert not loading.load_if_empty(now=NOW, progress=quiet)
    assert [model.objects.count() for model in (Account, Submission, Artifact, Award, JournalEntry)] == before


def test_loading_when_people_are_there_then_refused() -> None:
    with pytest.raises(loading.NotEmpty):
        loading.load(now=NOW, progress=quiet)


def test_loading_when_not_a_demonstration_then_refused(settings: object) -> None:
    settings.TESTING = settings.DEMONSTRATION = False  # type: ignore[attr-defined]
    with pytest.raises(loading.NotADemonstration):
        loading.load(now=NOW, progress=quiet)
    with pytest.raises(loading.NotADemonstration):
        loading.reset()


def test_loading_when_cut_short_then_nothing_is_left() -> None:
    def fall_over(what: str, done: int, of: int) -> None:
        if what.startswith("Work"):
            assert Account.objects.exists()
            raise CutShort

    empty()
    with pytest.raises(CutShort):
        loading.load(now=NOW, progress=fall_over, small=True)
    assert not loading.is_loaded()
    assert not Account.objects.exists()
    assert not Organisation.objects.exists()


def test_resetting_when_loaded_then_nothing_is_left(settings: object, tmp_path: Path) -> None:
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": place}  # type: ignore[attr-defined]
    default_storage.save("evidence/one/original", ContentFile(b"a leaf"))
    loading.reset()
    assert not Account.objects.exists()
    assert not loading.is_loaded()
    assert not list(tmp_path.iterdir())


def test_resetting_when_these_are_not_the_demonstrations_people_then_refused() -> None:
    empty()
    Account.objects.create(email="somebody@elsewhere.example.org")
    with pytest.raises(loading.NotEmpty):
        loading.reset()


def test_a_season_of_scored_work_shows_who_changed() -> None:
    row = Measurement.objects.get(version__micro_credential__slug=history.ITEM)
    report = row.figures["report"]
    assert report["works_read_twice"] == history.WORKS >= 40
    assert row.figures["promise"]["is_kept"]
    moved = {shift["assessor"] for shift in report["drift"]["shifts"] if shift["noticeable"] and shift["change"] > 0}
    assert {_key(row.assessors[code]) for code in moved} == {history.DRIFTING}
    verbs = JournalEntry.objects.filter(verb="assignment.scored").count()
    assert verbs == Assignment.objects.filter(state="scored").count()
