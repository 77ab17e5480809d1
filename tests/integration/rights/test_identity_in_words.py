"""Identity taken out of the words: earners are told, assessors never read it, and comments say nobody's name."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from tests import builders as b
from tests.cast import Cast
from touchstone.assessment import actions as assessment
from touchstone.assessment.models import Score
from touchstone.credentials.models import Award
from touchstone.kit import storage
from touchstone.kit.drain import run_waiting_jobs
from touchstone.people.known import known_identities
from touchstone.portfolio import errors, identities, intake
from touchstone.portfolio.models import Answer, Artifact, Submission
from touchstone.portfolio.queries import contents_of, remarks_in

WORDS = "My name is Rosa Marchetti, I teach at Maple School. Mr Lee, Room 12, watched. Newton waited three seconds."


def written(cast: Cast, text: str = WORDS) -> Submission:
    draft = cast.draft()
    answer = Answer.objects.get(attempt=draft.current, prompt="context")
    b.portfolio.save_answer(
        actor=b.actor(cast.earner), token=draft.token, prompt="context", text=text, revision=answer.revision, now=b.NOW
    )
    return draft


def handed_in(cast: Cast, draft: Submission) -> None:
    kinds = ["own_work", "releases", "ready"]
    b.portfolio.submit_attempt(actor=b.actor(cast.earner), token=draft.token, attested=kinds, now=b.NOW)
    run_waiting_jobs()


def test_answer_when_handed_in_then_assessors_read_it_without_who_wrote_it(cast: Cast):
    draft = written(cast)
    handed_in(cast, draft)
    assignment = cast.assignment(draft)
    membership = cast.membership_of(assignment)
    who = b.actor(membership.person.person, membership)
    assessment.accept_assignment(actor=who, token=assignment.token, now=b.NOW)
    reader = "assessor" if membership == cast.assessor else "second"
    page = cast.client(reader).get(f"/assess/{assignment.token}/").content.decode()
    assert "My name is [name], I teach at [school]" in page
    assert "Newton waited" in page
    for word in ("Marchetti", "Maple", "Mr Lee", "Room 12"):
        assert word not in page
    answer = Answer.objects.get(attempt=draft.current, prompt="context")
    assert answer.text == WORDS  # the original is untouched
    Answer.objects.update(blind=None)  # as handed in before blind texts were kept
    again = cast.client(reader).get(f"/assess/{assignment.token}/").content.decode()
    assert "Marchetti" not in again
    assert "[school]" in again


def test_draft_when_it_names_somebody_then_the_page_says_so_and_one_click_replaces_it(cast: Cast):
    draft = written(cast)
    client = cast.client("earner")
    path = f"/earn/{draft.token}/"
    assert "“Maple School”" in client.get(path).content.decode()
    [mark] = [one.mark for one in _remarks(draft) if one.matched == "Maple School"]
    sent = {"text-context": WORDS, "revision-text-context": "2", "identity": f"replace context {mark}"}
    assert client.post(f"{path}parts/overview", sent).status_code == 302
    text = Answer.objects.get(attempt=draft.current, prompt="context").text
    assert "[school]" in text
    assert "Maple School" not in text
    assert "“Rosa Marchetti”" in client.get(f"{path}submit").content.decode()


def test_draft_when_likely_words_are_kept_then_assessors_read_them_and_own_names_never(cast: Cast):
    draft = written(cast)
    client = cast.client("earner")
    remarks = {one.matched: one for one in _remarks(draft)}
    assert remarks["Mr Lee"].may_keep
    client.post(f"/earn/{draft.token}/identity", {"identity": f"keep context {remarks['Mr Lee'].mark}"})
    own = client.post(f"/earn/{draft.token}/identity", {"identity": f"keep context {remarks['Rosa Marchetti'].mark}"})
    assert own.status_code == 400
    handed_in(cast, draft)
    blind = Answer.objects.get(attempt=draft.current, prompt="context").blind
    assert "Mr Lee" in blind
    assert "Marchetti" not in blind
    assert "Lee" not in str(Submission.objects.get(id=draft.id).kept)


def test_text_file_when_added_then_the_copy_names_nobody(cast: Cast, tmp_path: Path):
    draft = cast.draft()
    path = tmp_path / "notes.txt"
    path.write_text(WORDS)
    row = intake.add_file(
        actor=b.actor(cast.earner), token=draft.token, slot="recording", name="notes.txt", path=path, now=b.NOW
    )
    with default_storage.open(row.blind) as blind, default_storage.open(row.original) as original:
        assert "Marchetti" not in blind.read().decode()
        assert original.read().decode() == WORDS
    assert any(finding["code"] == "identity_in_text" for finding in row.findings)


def test_comment_when_it_is_signed_then_is_told_without_the_signature(cast: Cast):
    submission = cast.submitted()
    assignment = cast.assignment(submission)
    membership = cast.membership_of(assignment)
    who = b.actor(membership.person.person, membership)
    name = membership.person.person.name
    assessment.accept_assignment(actor=who, token=assignment.token, now=b.NOW)
    for criterion, level in {**b.PASSING, "recording": "basic"}.items():
        assessment.save_score(
            actor=who,
            token=assignment.token,
            criterion=criterion,
            level=level,
            comment=f"Say who spoke after the pause.\n{name}\nMr Lee, Room 12",
            revision=0,
            now=b.NOW,
        )
    reader = "assessor" if membership == cast.assessor else "second"
    before = cast.client(reader).get(f"/assess/{assignment.token}/send").content.decode()
    assert "They are replaced when you send" in before
    assert "Room 12" in before
    assessment.submit_scores(actor=who, token=assignment.token, now=b.NOW)
    run_waiting_jobs()
    page = cast.client("earner").get(f"/earn/{submission.token}/").content.decode()
    assert "Say who spoke after the pause." in page
    for word in (name.split()[-1], "Mr Lee", "Room 12"):
        assert word not in page
        assert not Score.objects.filter(comment__contains=word).exists()


def test_release_when_withdrawn_then_the_piece_is_gone_on_every_way_and_the_award_stands(cast: Cast, tmp_path: Path):
    draft = cast.draft()
    path = tmp_path / "notes.txt"
    path.write_text("Nine students spoke.")
    who = b.actor(cast.earner)
    row = intake.add_file(actor=who, token=draft.token, slot="recording", name="n.txt", path=path, now=b.NOW)
    with pytest.raises(errors.DraftEvidence):
        b.portfolio.withdraw_release(actor=who, token=draft.token, artifact=row.token, now=b.NOW)
    handed_in(cast, draft)
    assignment = cast.assignment(draft)
    membership = cast.membership_of(assignment)
    b.score(assignment, membership)
    links = [storage.link(key, name="n", media_type="text/plain", inline=True) for key in (row.original, row.blind)]
    assert [_status(link) for link in links] == [200, 200]

    client = cast.client("earner")
    where = f"/earn/{draft.token}/evidence/{row.token}/release"
    assert "cannot be brought back" in client.get(where).content.decode()
    assert client.post(where).status_code == 302
    assert default_storage.exists(row.blind)  # the job has not run, and yet:
    assert [_status(link) for link in links] == [404, 404]
    assert client.get(f"/earn/{draft.token}/evidence/{row.token}/original").status_code == 410
    reader = "assessor" if membership == cast.assessor else "second"
    place = 1 + [one.id for one in Artifact.objects.filter(submission=draft).order_by("added_at", "id")].index(row.id)
    assert cast.client(reader).get(f"/assess/{assignment.token}/evidence/{place}").status_code == 410
    run_waiting_jobs()
    assert not default_storage.exists(row.blind)
    assert not default_storage.exists(row.original)
    assert "A release for it was withdrawn" in client.get(f"/earn/{draft.token}/").content.decode()
    assert Award.objects.get().revoked_at is None
    assert Score.objects.filter(assignment=assignment).count() == 3


def test_release_when_it_is_somebody_elses_piece_then_not_found(cast: Cast):
    draft = cast.submitted()
    row = Artifact.objects.get(submission=draft)
    answer = cast.client("colleague").post(f"/earn/{draft.token}/evidence/{row.token}/release")
    assert answer.status_code == 404
    assert Artifact.objects.get(id=row.id).gone_at is None


def test_known_identities_when_she_changed_name_and_work_then_hold_the_old_ones_too(cast: Cast):
    known = known_identities(cast.earner.pseudonym_id)
    assert known.own_names == ("Rosa Marchetti",)
    assert known.schools == ("Maple School",)
    assert known.districts == ("Maple District",)
    assert "rosa.marchetti@maple.example.org" in known.emails


def test_remarks_when_a_text_says_things_again_and_again_then_each_has_a_mark_of_its_own(cast: Cast):
    known = known_identities(cast.earner.pseudonym_id)
    found = identities.remarks_on(WORDS * 20, known, [], language="en")
    assert len({one.mark for one in found}) == len(found) > 1


def _status(link: str) -> int:
    parts = urlsplit(link)
    return Client().get(parts.path, headers={"host": parts.netloc}).status_code


def _remarks(draft: Submission) -> list[identities.Remark]:
    draft = Submission.objects.select_related("current", "version").get(id=draft.id)
    draft.current.submission = draft
    return remarks_in(contents_of(draft.current), draft)["context"]
