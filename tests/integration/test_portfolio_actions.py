"""Starting, writing, handing in, withdrawing and trying again, with each named refusal."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from tests import builders as b
from tests.cast import Cast
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Forbidden, NotFound
from touchstone.kit.models import JournalEntry
from touchstone.people import actions as people
from touchstone.portfolio import actions, errors, intake
from touchstone.portfolio.enums import AttemptState, AttestationKind
from touchstone.portfolio.models import Answer, Artifact, Attempt, Submission
from touchstone.portfolio.queries import contents_of, get_submission, open_keys

ALL = list(AttestationKind)


@pytest.fixture
def who(cast: Cast) -> Actor:
    return b.actor(cast.earner)


@pytest.fixture
def draft(cast: Cast) -> Submission:
    return cast.draft()


def _save(who: Actor, draft: Submission, text: str, revision: int = 1, prompt: str = "context") -> Answer:
    return actions.save_answer(
        actor=who, token=draft.token, prompt=prompt, text=text, revision=revision, now=b.later(minutes=5)
    )


def test_starting_twice_finds_the_one_begun(cast: Cast, who: Actor):
    first = actions.start_submission(actor=who, version=cast.item, now=b.NOW)
    second = actions.start_submission(actor=who, version=cast.item, now=b.later(days=1))
    assert first == second
    assert Attempt.objects.get(submission=first).number == 1


def test_case_n13_a_new_version_leaves_what_was_begun_on_the_old_one(cast: Cast, who: Actor):
    begun = actions.start_submission(actor=who, version=cast.item, now=b.NOW)
    newer = b.version(of=cast.issuer, summary="Waiting four seconds after a question.")
    assert newer.number == 2
    again = actions.start_submission(actor=who, version=newer, now=b.later(days=1))
    assert again == begun
    assert again.version == cast.item


def test_starting_is_for_oneself_not_under_a_membership(cast: Cast):
    acting = b.actor(cast.assessor.person.person, cast.assessor)
    with pytest.raises(Forbidden):
        actions.start_submission(actor=acting, version=cast.item, now=b.NOW)


def test_saving_an_answer_counts_revisions_and_keeps_drafts_out_of_the_journal(who: Actor, draft: Submission):
    before = JournalEntry.objects.count()
    answer = _save(who, draft, "Fractions in grade four.")
    assert (answer.text, answer.revision) == ("Fractions in grade four.", 2)
    assert JournalEntry.objects.count() == before


def test_saving_the_same_text_again_changes_nothing(who: Actor, draft: Submission):
    _save(who, draft, "Fractions.")
    assert _save(who, draft, "Fractions.", revision=0).revision == 2


def test_a_second_tab_never_overwrites_silently(who: Actor, draft: Submission):
    _save(who, draft, "From the first tab.")
    with pytest.raises(errors.AnswerChangedElsewhere) as refusal:
        _save(who, draft, "From the second tab.", revision=1)
    assert refusal.value.facts == {"theirs": "From the first tab.", "revision": 2}
    assert Answer.objects.get(attempt=draft.current, prompt="context").text == "From the first tab."


def test_a_very_long_answer_is_kept_and_a_longer_one_refused(who: Actor, draft: Submission):
    assert len(_save(who, draft, "x" * 200_000).text) == 200_000
    with pytest.raises(errors.AnswerTooLong) as refusal:
        _save(who, draft, "x" * 200_001, revision=2)
    assert "200001 characters" in str(refusal.value)
    assert len(Answer.objects.get(attempt=draft.current, prompt="context").text) == 200_000


def test_answers_are_composed_and_free_of_control_characters(who: Actor, draft: Submission):
    assert _save(who, draft, "Jose\u0301\r\nasked\x00 why\x07.").text == "José\nasked why."


def test_an_unknown_prompt_is_refused(who: Actor, draft: Submission):
    with pytest.raises(errors.UnknownPrompt):
        _save(who, draft, "Text.", prompt="nothing")


def test_anothers_draft_does_not_exist_for_me(cast: Cast, draft: Submission):
    for stranger in (b.actor(cast.colleague), b.actor(cast.assessor.person.person, cast.assessor), Actor()):
        with pytest.raises(NotFound):
            _save(stranger, draft, "Mine now.")
        with pytest.raises(NotFound):
            actions.submit_attempt(actor=stranger, token=draft.token, attested=ALL, now=b.NOW)


def test_links_must_be_pages_on_the_web(who: Actor, draft: Submission):
    def add(url: str) -> Artifact:
        return actions.add_link(actor=who, token=draft.token, slot="recording", url=url, name="Clip", now=b.NOW)

    assert add(" https://video.example.org/clip ").url == "https://video.example.org/clip"
    for url in (
        "javascript:alert(1)",
        "ftp://example.org/x",
        "https://user@example.org/",
        "https://intranet/",
        "http://[",
    ):
        with pytest.raises(errors.LinkNotUsable):
            add(url)


def test_a_slot_takes_so_many_pieces_and_no_more(who: Actor, draft: Submission):
    def add() -> None:
        actions.add_text(actor=who, token=draft.token, slot="recording", text="Notes.", name="Notes", now=b.NOW)

    add()
    add()
    with pytest.raises(errors.SlotFull) as refusal:
        add()
    assert "At most 3" in str(refusal.value)
    with pytest.raises(errors.UnknownSlot):
        actions.add_text(actor=who, token=draft.token, slot="nothing", text="Notes.", name="", now=b.NOW)


def test_removing_evidence_makes_room(who: Actor, draft: Submission):
    artifact = Artifact.objects.get(submission=draft)
    actions.remove_artifact(actor=who, token=draft.token, artifact=artifact.token, now=b.NOW)
    assert not Artifact.objects.filter(submission=draft).exists()
    with pytest.raises(NotFound):
        actions.remove_artifact(actor=who, token=draft.token, artifact=artifact.token, now=b.NOW)


def test_handing_in_names_everything_missing_and_loses_nothing(cast: Cast, who: Actor):
    submission = actions.start_submission(actor=who, version=cast.item, now=b.NOW)
    actions.save_answer(actor=who, token=submission.token, prompt="context", text="Two words", revision=0, now=b.NOW)
    with pytest.raises(errors.NotComplete) as refusal:
        actions.submit_attempt(actor=who, token=submission.token, attested=[], now=b.NOW)
    missing = refusal.value.facts["missing"]
    assert [row.at for row in missing] == ["context", "recording", "learned", "attest-own_work", "attest-ready"]
    assert "2 words" in missing[0].sentence
    assert Answer.objects.get(attempt__submission=submission).text == "Two words"


def test_a_release_is_asked_for_where_students_may_be_seen(who: Actor, draft: Submission):
    with pytest.raises(errors.NotComplete) as refusal:
        actions.submit_attempt(
            actor=who, token=draft.token, attested=[AttestationKind.OWN_WORK, AttestationKind.READY], now=b.NOW
        )
    assert [row.at for row in refusal.value.facts["missing"]] == ["attest-releases"]


def test_handing_in_freezes_and_promises(who: Actor, draft: Submission):
    friday = dt.datetime(2021, 8, 6, 20, tzinfo=dt.UTC)  # case T1, received on a Friday in Delaware
    attempt = actions.submit_attempt(actor=who, token=draft.token, attested=ALL, now=friday)
    assert attempt.state == AttemptState.SUBMITTED
    assert attempt.due_date == dt.date(2021, 8, 13)
    with pytest.raises(errors.AlreadySubmitted):  # the same form twice
        actions.submit_attempt(actor=who, token=draft.token, attested=ALL, now=friday)
    with pytest.raises(errors.NotEditable):  # case N12
        _save(who, draft, "One more thought.")
    with pytest.raises(errors.NotEditable):
        actions.add_text(actor=who, token=draft.token, slot="recording", text="More.", name="", now=b.NOW)


def test_the_employer_at_submitting_is_remembered(cast: Cast, who: Actor, draft: Submission):
    attempt = actions.submit_attempt(actor=who, token=draft.token, attested=ALL, now=b.NOW)
    assert list(attempt.employers.all()) == [cast.school]


def test_withdrawn_work_can_be_taken_up_again(who: Actor, draft: Submission):
    with pytest.raises(errors.NotWithdrawable):
        actions.withdraw_attempt(actor=who, token=draft.token, now=b.NOW)
    actions.submit_attempt(actor=who, token=draft.token, attested=ALL, now=b.NOW)
    with pytest.raises(errors.NoNewAttempt):
        actions.begin_attempt(actor=who, token=draft.token, now=b.NOW)
    actions.withdraw_attempt(actor=who, token=draft.token, now=b.NOW)
    attempt = actions.begin_attempt(actor=who, token=draft.token, now=b.later(days=1))
    assert (attempt.number, attempt.state, attempt.carried) == (2, AttemptState.DRAFT, {})
    assert contents_of(get_submission(who, draft.token).current).prompts["context"].text.startswith("Attempt 1.")


def test_a_second_attempt_keeps_what_was_met_and_opens_the_rest(cast: Cast, who: Actor):
    submission = cast.not_yet()
    attempt = actions.begin_attempt(actor=who, token=submission.token, now=b.later(days=9))
    assert attempt.carried == {"overview": "passing", "reflection": "passing"}
    assert open_keys(attempt) == {"recording"}
    with pytest.raises(errors.KeptFromBefore):
        _save(who, submission, "Changed after the fact.")
    actions.add_text(actor=who, token=submission.token, slot="recording", text="New notes.", name="", now=b.NOW)
    assert attempt.artifacts.count() == 2
    assert actions.begin_attempt(actor=who, token=submission.token, now=b.later(days=9)) == attempt


def test_a_file_is_kept_twice_once_as_it_is_and_once_blind(cast: Cast, who: Actor, draft: Submission, tmp_path: Path):
    photo = tmp_path / "Rosa_Marchetti_Maple.jpg"
    exif = Image.Exif()
    exif[0x013B] = "Rosa Marchetti"
    Image.new("RGB", (64, 48), "white").save(photo, exif=exif)
    artifact = intake.add_file(actor=who, token=draft.token, slot="recording", name=photo.name, path=photo, now=b.NOW)
    assert default_storage.open(artifact.original).read() == photo.read_bytes()
    blind = default_storage.open(artifact.blind).read()
    assert b"Rosa" not in blind
    assert artifact.blind_name == "evidence.jpg"
    assert any(finding["value"] == "Rosa Marchetti" for finding in artifact.findings)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("lesson.pdf", b"MZ\x90\x00" + b"\0" * 500, "name_contradicts_content"),
        ("lesson.pdf", b"", "empty_file"),
        ("mark.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "kind_not_accepted"),
    ],
)
def test_files_that_cannot_be_taken_leave_the_draft_intact(
    who: Actor, draft: Submission, tmp_path: Path, name: str, content: bytes, code: str
):
    path = tmp_path / "upload"
    path.write_bytes(content)
    before = Artifact.objects.count()
    with pytest.raises(errors.EvidenceRefused) as refusal:
        intake.add_file(actor=who, token=draft.token, slot="recording", name=name, path=path, now=b.NOW)
    assert refusal.value.facts["code"] == code
    assert name in str(refusal.value)
    assert Artifact.objects.count() == before


def test_a_file_over_the_cap_is_refused(who: Actor, draft: Submission, tmp_path: Path, settings):
    settings.UPLOAD_CAP = 1024
    path = tmp_path / "upload"
    path.write_text("word " * 1000)
    with pytest.raises(errors.EvidenceRefused) as refusal:
        intake.add_file(actor=who, token=draft.token, slot="recording", name="notes.txt", path=path, now=b.NOW)
    assert refusal.value.facts["code"] == "file_too_large"


def test_a_name_change_keeps_the_sort_key_in_step(cast: Cast, who: Actor):
    people.change_profile(
        actor=who,
        name="  Rosa   Núñez ",
        position="coach",
        state="CO",
        language="es",
        time_zone="America/Denver",
        now=b.NOW,
    )
    cast.earner.refresh_from_db()
    assert (cast.earner.name, cast.earner.sort_name) == ("Rosa Núñez", "rosa nunez")
