"""Copies of one's data, and erasure: what goes, what stays, and that neither happens by halves."""

import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator

from tests import builders as b
from tests.cast import Cast
from touchstone.assessment.models import Assignment, Decision, Score
from touchstone.credentials import actions as credentials
from touchstone.credentials.models import Award
from touchstone.credentials.verification import verify_here
from touchstone.flows.models import Erasure, Export, KeptRecord
from touchstone.flows.rights import actions, exporting, queries
from touchstone.kit.drain import run_waiting_jobs
from touchstone.kit.models import JournalEntry, OutgoingMail, RemovedFile
from touchstone.people import actions as people
from touchstone.people.errors import LastAdministrator
from touchstone.people.models import Account, Employment, FormerName, GuardianConsent, Person, Tie
from touchstone.portfolio import intake
from touchstone.portfolio.models import Answer, Artifact, Attempt, Submission


def earned_with_file(cast: Cast, folder: Path) -> Submission:
    """Earned work of the earner that holds a file beside a text."""
    draft = cast.draft()
    path = folder / "notes.txt"
    path.write_text("Nine students spoke.")
    who = b.actor(cast.earner)
    intake.add_file(actor=who, token=draft.token, slot="recording", name="notes.txt", path=path, now=b.NOW)
    b.portfolio.submit_attempt(actor=who, token=draft.token, attested=["own_work", "releases", "ready"], now=b.NOW)
    run_waiting_jobs()
    assignment = cast.assignment(draft)
    b.score(assignment, cast.membership_of(assignment))
    return Submission.objects.get(id=draft.id)


def zip_of(export: Export) -> zipfile.ZipFile:
    with default_storage.open(export.key) as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def test_export_when_asked_then_holds_everything_and_nobody_else(cast: Cast, tmp_path: Path):
    submission = earned_with_file(cast, tmp_path)
    client = cast.client("earner")
    client.post("/account/data/copy")
    assert client.get("/account/data/").status_code == 202
    run_waiting_jobs()
    export = Export.objects.get()
    archive = zip_of(export)
    data = json.loads(archive.read("data.json"))
    Draft202012Validator(json.loads(archive.read("schema.json"))).validate(data)
    [one] = data["submissions"]
    assert one["token"] == submission.token
    assert one["attempts"][0]["decision"]["outcome"] == "earned"
    [comment] = one["attempts"][0]["decision"]["criteria"][0]["comments"]
    assert comment["assessor"] == 1
    [path] = [piece["file"] for piece in one["evidence"] if piece["file"]]
    assert archive.read(path) == b"Nine students spoke."
    award = Award.objects.get()
    assert verify_here(archive.read(f"awards/{award.token}/badge.json"), now=b.NOW).summary == "valid"
    assert archive.read(f"awards/{award.token}/badge.png").startswith(b"\x89PNG")
    assert any(json.loads(line)["what"] == "export.asked" for line in archive.read("activity.jsonl").splitlines())
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "ignore")
    for other in Person.objects.exclude(id=cast.earner.id).select_related("account"):
        for word in (other.name, other.account.email, str(other.pseudonym_id)):
            assert word not in everything
    mail = OutgoingMail.objects.get(kind="export_ready")
    assert mail.to == cast.earner.account.email
    assert "/account/data/" in mail.text


def test_export_when_asked_twice_then_is_the_same_and_is_hers_alone(cast: Cast):
    one = actions.ask_export(actor=b.actor(cast.earner), now=timezone.now())
    assert actions.ask_export(actor=b.actor(cast.earner), now=timezone.now()) == one
    path = f"/account/data/copy/{one.token}"
    assert cast.client("earner").get(path).status_code == 404  # not ready
    run_waiting_jobs()
    answer = cast.client("earner").get(path)
    assert answer.status_code == 302
    link = urlsplit(answer["Location"])
    file = Client().get(link.path, headers={"host": link.netloc})
    assert b"".join(file.streaming_content).startswith(b"PK")
    assert cast.client("colleague").get(path).status_code == 404
    assert cast.client("anonymous").get(path).status_code == 302


def test_export_when_its_week_is_over_then_is_removed_and_asked_for_again(cast: Cast):
    now = timezone.now()
    one = actions.ask_export(actor=b.actor(cast.earner), now=now)
    run_waiting_jobs()
    later = timezone.now() + dt.timedelta(days=7, minutes=1)
    assert queries.find_export(cast.earner.pseudonym_id, now=later) is None
    actions.remove_old_exports(now=later)
    run_waiting_jobs()
    assert not default_storage.exists(one.key)
    assert actions.ask_export(actor=b.actor(cast.earner), now=later) != one


def test_make_export_when_killed_after_storing_then_the_next_run_finishes(cast: Cast):
    one = actions.ask_export(actor=b.actor(cast.earner), now=b.NOW)
    default_storage.save(one.key, io.BytesIO(b"half"))
    exporting.make_export(export_id=one.id, picture=lambda award: b"", now=b.NOW)
    assert zip_of(Export.objects.get()).testzip() is None


def test_erase_person_when_done_then_nothing_says_who_she_was(cast: Cast, tmp_path: Path):
    submission = earned_with_file(cast, tmp_path)
    person, account = cast.earner.pseudonym_id, cast.earner.account
    who = b.actor(cast.earner)
    people.change_profile(
        actor=who, name="Rosa Rivera", position="teacher", state="CO", language="en", time_zone="UTC", now=b.NOW
    )
    people.state_conflict(actor=who, kind="kin", email=cast.outsider.account.email, now=b.NOW)
    waiting = b.submitted(cast.earner, b.version("second", of=cast.issuer, title="Second"), jobs=False)
    drafted = b.draft(cast.earner, b.version("third", of=cast.issuer, title="Third"))
    award = Award.objects.get()
    credentials.share_award(actor=who, token=award.token, visibility="listed", now=b.NOW)
    badge = award.badge.text.encode()
    keys = [key for row in Artifact.objects.exclude(original="") for key in (row.original, row.blind)]
    client = Client()
    client.post("/account/login/", {"login": account.email, "password": b.PASSWORD})
    session = client.session.session_key
    assert Session.objects.filter(session_key=session).exists()
    client.get("/")
    erasure = actions.erase_person(actor=who, person=person, revoke_awards=False, now=b.NOW)
    assert actions.erase_person(actor=who, person=person, revoke_awards=False, now=b.NOW) == erasure
    run_waiting_jobs()

    row = Person.objects.get(pseudonym_id=person)
    assert (row.name, row.sort_name, row.account, row.state) == ("", "", None, "")
    assert not Account.objects.filter(id=account.id).exists()
    assert not FormerName.objects.filter(person=row).exists()
    assert not Employment.objects.filter(person_id=person).exists()
    assert not Tie.objects.filter(a_id=person).exists()
    assert client.get("/account/profile/").status_code == 302  # signed out
    assert not Session.objects.filter(session_key=session).exists()
    assert not Submission.objects.filter(id=drafted.id).exists()
    assert Attempt.objects.get(submission=waiting).state == "withdrawn"
    assert not Answer.objects.filter(attempt__submission__earner_id=person).exclude(text="").exists()
    assert not any(default_storage.exists(key) for key in keys)
    assert not Score.objects.exclude(comment="").exists()
    assert Decision.objects.get(attempt__submission=submission).outcome == "earned"
    assert cast.client("anonymous").get(f"/awards/{award.token}").status_code == 404
    assert verify_here(badge, now=b.NOW).summary == "valid"
    mails = list(OutgoingMail.objects.filter(to=account.email))
    assert [mail.kind for mail in mails] == ["erased"]
    assert "Rosa" not in mails[0].text
    texts = [json.dumps(entry.payload) for entry in JournalEntry.objects.all()]
    assert not any("Rosa" in text or "Rivera" in text or "maple.example" in text for text in texts)


def test_erase_person_when_a_texan_provider_awarded_then_keeps_the_record_seven_years(cast: Cast, tmp_path: Path):
    cast.issuer.state = "TX"
    type(cast.issuer).objects.filter(id=cast.issuer.id).update(state="TX")
    submission = earned_with_file(cast, tmp_path)
    erasure = actions.erase_person(
        actor=b.actor(cast.earner), person=cast.earner.pseudonym_id, revoke_awards=True, now=b.NOW
    )
    run_waiting_jobs()
    kept = KeptRecord.objects.get(erasure=erasure)
    assert (kept.about, kept.years, kept.jurisdiction) == (submission.id, 7, "TX")
    assert "232.21(c)" in kept.source
    assert kept.until == dt.date(2033, 9, 7)
    assert Award.objects.get().revocation_reason == "holder"
    page = Client().get(f"/erased/{erasure.token}/").content.decode()
    assert "232.21(c)" in page
    assert "September 7, 2033" in page.replace("Sept. 7", "September 7")

    day_before = dt.datetime(2033, 9, 6, tzinfo=dt.UTC)
    assert actions.erase_due(now=day_before) == 0
    assert actions.erase_due(now=day_before + dt.timedelta(days=1)) == 1
    assert actions.erase_due(now=day_before + dt.timedelta(days=2)) == 0
    assert not Submission.objects.filter(id=submission.id).exists()
    assert not Assignment.objects.filter(attempt__submission_id=submission.id).exists()
    left = Award.objects.get()
    assert (left.attempt, left.levels, left.badge.text) == (None, {}, "")
    assert left.revoked_at  # the list goes on saying so


def test_erase_person_when_she_is_the_last_administrator_then_must_hand_over_first(cast: Cast):
    administrator = cast.administrator
    name = administrator.person.person.name
    with pytest.raises(LastAdministrator):
        actions.erase_person(
            actor=b.actor(administrator.person.person), person=administrator.person_id, revoke_awards=False, now=b.NOW
        )
    assert Person.objects.get(pseudonym=administrator.person).name == name
    assert not Erasure.objects.exists()


def test_erase_person_when_cut_off_half_way_then_nothing_happened(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    earned_with_file(cast, tmp_path)

    def cut(**facts: object) -> None:
        raise RuntimeError("the server went away")

    monkeypatch.setattr(actions.people, "empty_person", cut)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.erase_person(
            actor=b.actor(cast.earner), person=cast.earner.pseudonym_id, revoke_awards=False, now=b.NOW
        )
    assert not RemovedFile.objects.exists()
    assert Answer.objects.exclude(text="").exists()
    assert default_storage.exists(Artifact.objects.exclude(original="")[0].original)


def test_erase_person_when_she_assesses_then_her_work_goes_to_somebody_else(cast: Cast):
    submission = cast.submitted()
    assignment = cast.assignment(submission)
    erased = assignment.assessor_id
    actions.erase_person(actor=b.SYSTEM, person=erased, revoke_awards=False, now=b.NOW)
    run_waiting_jobs()
    assert cast.assignment(submission).assessor_id != erased


def test_erase_person_when_a_guardian_agreed_then_only_that_is_kept(cast: Cast):
    person = cast.minor.pseudonym_id
    people.ask_guardian(actor=b.actor(cast.minor), guardian_email="parent@home.example.net", now=timezone.now())
    actions.erase_person(actor=b.actor(cast.minor), person=person, revoke_awards=False, now=timezone.now())
    consent = GuardianConsent.objects.get(person_id=person)
    assert (consent.guardian_email, consent.guardian_name) == ("", "")
    assert not OutgoingMail.objects.filter(to="parent@home.example.net").exists()


def test_erase_page_when_she_did_not_prove_herself_then_asks_and_does_nothing(cast: Cast):
    client = cast.client("earner")
    page = client.get("/account/data/erase/").content.decode()
    assert "Confirm that it is you" in page
    assert client.post("/account/data/erase/", {"awards": "keep", "word": "ERASE"}).status_code == 400
    assert not Erasure.objects.exists()


def test_erase_page_when_proved_and_typed_then_erases_and_shows_the_receipt(cast: Cast):
    client = cast.client("earner")
    client.post("/account/reauthenticate/", {"password": b.PASSWORD})
    wrong = client.post("/account/data/erase/", {"awards": "keep", "word": "yes"})
    assert wrong.status_code == 400
    assert not Erasure.objects.exists()
    answer = client.post("/account/data/erase/", {"awards": "keep", "word": "erase"})
    erasure = Erasure.objects.get()
    assert answer["Location"] == f"/erased/{erasure.token}/"
    assert "You are erased" in client.get(answer["Location"]).content.decode()
