"""Many badges signed in the background, keys replaced, keys given up: nothing lost, nothing half."""

import datetime as dt
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db.models import ProtectedError

from tests import builders as b
from tests.cast import Cast
from touchstone.config import command
from touchstone.core.openbadges.console import verify_files
from touchstone.core.openbadges.keys import KeyPair
from touchstone.core.openbadges.proof import SignatureWrong
from touchstone.core.openbadges.report import Summary
from touchstone.credentials import actions, export, keys, queries, signing
from touchstone.credentials.actions import running
from touchstone.credentials.enums import RunKind
from touchstone.credentials.models import Award, Badge, SigningKey, SigningRun, StatusList
from touchstone.credentials.verification import did_document, verify_here
from touchstone.kit.models import JournalEntry, OutgoingMail
from touchstone.portfolio.models import Submission

SOON = b.later(days=1)
TODAY = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)


@pytest.fixture
def awards(cast: Cast, settings: Any) -> list[Award]:
    """Five awards of one issuer on the web, none of them signed."""
    settings.ORIGIN, settings.HTTPS = "https://badges.example.org", True
    rows = []
    for number in range(5):
        item = b.version(f"item-{number}", of=cast.issuer, title=f"Item {number}")
        submission = b.draft(cast.earner, item)
        attempt = Submission.objects.select_related("current").get(id=submission.id).current
        rows.append(actions.award_version(actor=b.SYSTEM, attempt=attempt, levels=b.PASSING, now=b.NOW))
    return rows


def run(cast: Cast, kind: str = RunKind.FIRST) -> SigningRun:
    return actions.begin_signing_run(actor=b.SYSTEM, issuer=cast.issuer, kind=kind, now=SOON)


def summaries() -> list[Summary]:
    return [verify_here(badge.text.encode(), now=TODAY).summary for badge in Badge.objects.order_by("award_id")]


def test_run_when_begun_then_every_badge_is_signed_once_and_progress_is_told(
    cast: Cast, awards: list[Award], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "STEP", 2)
    begun = run(cast)
    assert (begun.total, begun.done, run(cast).id) == (5, 0, begun.id)
    actions.continue_signing_run(actor=b.SYSTEM, run_id=begun.id, now=SOON)
    assert SigningRun.objects.get().done == 2
    b.run_waiting_jobs()
    done = SigningRun.objects.get()
    assert (done.done, done.finished_at is not None) == (5, True)
    assert summaries() == [Summary.VALID] * 5
    assert all(verify_here(badge.token.encode(), now=TODAY).summary is Summary.VALID for badge in Badge.objects.all())
    assert JournalEntry.objects.filter(verb="badge.signed").count() == 5
    assert queries.list_signing_runs(cast.issuer) == [done]


def test_run_when_cut_off_in_a_step_then_goes_on_where_it_was(
    cast: Cast, awards: list[Award], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "STEP", 2)
    begun = run(cast)
    actions.continue_signing_run(actor=b.SYSTEM, run_id=begun.id, now=SOON)
    signed = signing.signed

    def killed(*args: Any, **facts: Any) -> Any:
        signed(*args, **facts)
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(signing, "signed", killed)
        with pytest.raises(ConnectionError):
            actions.continue_signing_run(actor=b.SYSTEM, run_id=begun.id, now=SOON)
    assert (Badge.objects.count(), SigningRun.objects.get().done) == (2, 2)
    b.run_waiting_jobs()
    assert (Badge.objects.count(), SigningRun.objects.get().done) == (5, 5)


def test_run_when_a_sample_does_not_hold_then_nothing_of_the_step_is_kept(
    cast: Cast, awards: list[Award], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = run(cast)
    wrong = KeyPair.generate()
    monkeypatch.setattr(keys, "signer", lambda key: wrong.sign)
    with pytest.raises(SignatureWrong):
        actions.continue_signing_run(actor=b.SYSTEM, run_id=begun.id, now=SOON)
    assert (Badge.objects.count(), SigningRun.objects.get().done) == (0, 0)


def test_key_when_replaced_then_old_badges_stay_good_and_both_keys_are_published(
    cast: Cast, awards: list[Award]
) -> None:
    b.run_waiting_jobs()
    old = SigningKey.objects.get()
    new = actions.rotate_key(actor=b.SYSTEM, issuer=cast.issuer, now=SOON)
    document = did_document(cast.issuer.token)
    assert document is not None
    listed = {method["publicKeyMultibase"] for method in document["verificationMethod"]}
    assert listed == {old.public, old.token_public, new.public, new.token_public}
    assert document["assertionMethod"] == [method["id"] for method in document["verificationMethod"]]
    assert summaries() == [Summary.VALID] * 5
    Badge.objects.filter(award=awards[0]).delete()
    actions.sign_badge(actor=b.SYSTEM, award_id=awards[0].id, now=SOON)
    assert Badge.objects.get(award=awards[0]).key == new
    assert summaries() == [Summary.VALID] * 5


def test_key_when_given_up_then_standing_badges_are_signed_anew_and_holders_told(
    cast: Cast, awards: list[Award]
) -> None:
    b.run_waiting_jobs()
    who = b.actor(cast.staff.person.person, cast.staff)
    actions.revoke_award(actor=who, token=awards[0].token, reason="error", note="", now=SOON)
    b.run_waiting_jobs()
    before = {badge.award_id: badge for badge in Badge.objects.all()}
    old = SigningKey.objects.get()
    actions.give_up_key(actor=b.SYSTEM, issuer=cast.issuer, now=SOON)
    b.run_waiting_jobs()
    document = did_document(cast.issuer.token)
    assert document is not None
    assert old.public not in json.dumps(document)
    assert str(old.token_public) not in json.dumps(document)
    renewed = Badge.objects.exclude(award=awards[0])
    for badge in renewed:
        was = before[badge.award_id]
        assert badge.document["id"] == was.document["id"]
        assert badge.document["validFrom"] > was.document["validFrom"]
        assert badge.document["awardedDate"] == was.document["awardedDate"]
        assert verify_here(badge.text.encode(), now=TODAY).summary is Summary.VALID
        assert verify_here(badge.token.encode(), now=TODAY).summary is Summary.VALID
        for text in (was.text, was.token):
            report = verify_here(text.encode(), now=TODAY)
            assert (report.summary, report.step("issuer_key").code) == (Summary.NOT_VALID, "key_not_listed")
    assert Badge.objects.get(award=awards[0]).text == before[awards[0].id].text
    assert OutgoingMail.objects.filter(kind="badge_renewed").count() == renewed.count() == 4
    run_ = SigningRun.objects.get(kind=RunKind.RENEWAL)
    assert (run_.total, run_.done) == (4, 4)
    assert StatusList.objects.count() == 1


def test_key_when_given_up_after_it_was_replaced_then_only_its_own_badges_are_signed_anew(
    cast: Cast, awards: list[Award]
) -> None:
    b.run_waiting_jobs()
    old = SigningKey.objects.get()
    new = actions.rotate_key(actor=b.SYSTEM, issuer=cast.issuer, now=SOON)
    Badge.objects.filter(award=awards[0]).delete()
    actions.sign_badge(actor=b.SYSTEM, award_id=awards[0].id, now=SOON)
    kept = Badge.objects.get(award=awards[0]).text
    run_ = actions.give_up_key(actor=b.SYSTEM, issuer=cast.issuer, public=old.public, now=SOON)
    b.run_waiting_jobs()
    assert run_.total == 4
    assert SigningKey.objects.get(retired_at=None) == new
    assert Badge.objects.get(award=awards[0]).text == kept
    assert summaries() == [Summary.VALID] * 5
    for public in (old.public, "z6MkNobody"):
        with pytest.raises(actions.UnknownKey):
            actions.give_up_key(actor=b.SYSTEM, issuer=cast.issuer, public=public, now=SOON)


def test_key_when_the_issuer_is_known_by_it_alone_then_it_cannot_be_replaced(cast: Cast) -> None:
    cast.earned()
    for action in (actions.rotate_key, actions.give_up_key):
        with pytest.raises(actions.KeysAreTheIssuer):
            action(actor=b.SYSTEM, issuer=cast.issuer, now=SOON)
    assert SigningKey.objects.get().retired_at is None
    assert SigningKey.objects.get().compromised_at is None


def verified_from_files(folder: Path, file: str, token: str) -> tuple[int, str]:
    """What the command says of an exported file, with nothing but other exported files."""
    told = io.StringIO()
    code = verify_files(
        [folder / file],
        told,
        now=TODAY,
        did_documents=[folder / f"issuers/{token}/did.json"],
        status_lists=sorted((folder / "status").iterdir()),
    )
    return code, told.getvalue()


def _verified_with_the_service_off(folder: Path, award: Award, token: str) -> None:
    """The issuer cannot be deleted while its awards stand; were it gone, its files would do."""
    with pytest.raises(ProtectedError):
        award.issuer.delete()
    facts = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "DJANGO", "TOUCH"))}
    verifying = "import sys; from touchstone.config.command import main; sys.exit(main(sys.argv[1:]))"
    asked = [sys.executable, "-c", verifying, "verify", str(folder / f"awards/{award.token}/badge.json")]
    asked += ["--did-document", str(folder / f"issuers/{token}/did.json")]
    for path in (folder / "status").iterdir():
        asked += ["--status-list", str(path)]
    done = subprocess.run(asked, env=facts, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_export_when_written_then_badges_verify_with_the_service_switched_off(
    cast: Cast, awards: list[Award], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    b.run_waiting_jobs()
    who = b.actor(cast.staff.person.person, cast.staff)
    for award in awards[:3]:
        actions.share_award(actor=b.actor(cast.earner), token=award.token, visibility="link", now=SOON)
    actions.revoke_award(actor=who, token=awards[1].token, reason="error", note="", now=SOON)
    b.run_waiting_jobs()
    actions.rotate_key(actor=b.SYSTEM, issuer=cast.issuer, now=SOON)
    assert command.main(["badges", "export", str(tmp_path)]) == 0
    assert "1 issuers, 1 status lists, 3 badges" in capsys.readouterr().out
    for award, code in ((awards[0], 0), (awards[1], 1), (awards[2], 0)):
        for ending in ("json", "jwt"):
            found, told = verified_from_files(tmp_path, f"awards/{award.token}/badge.{ending}", cast.issuer.token)
            assert found == code, told
    _verified_with_the_service_off(tmp_path, awards[0], cast.issuer.token)
    private = awards[3]
    assert private.token not in " ".join(str(path) for path in tmp_path.rglob("*"))
    actions.share_award(actor=b.actor(cast.earner), token=awards[0].token, visibility="private", now=SOON)
    export.write_folder(tmp_path)
    assert not (tmp_path / f"awards/{awards[0].token}/badge.json").exists()


def test_command_when_asked_then_signs_replaces_and_gives_up_keys(
    cast: Cast, awards: list[Award], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["badges", "sign", cast.issuer.slug]) == 0
    assert "0 of 5 done" in capsys.readouterr().out
    b.run_waiting_jobs()
    assert command.main(["badges", "rotate-key", cast.issuer.slug]) == 0
    assert SigningKey.objects.get(retired_at=None).public in capsys.readouterr().out
    assert command.main(["badges", "give-up-key", cast.issuer.slug]) == 0
    assert SigningKey.objects.filter(compromised_at__isnull=False).count() == 1
    assert command.main(["badges", "sign", "nobody"]) == 1
    assert "“nobody”" in capsys.readouterr().err


def test_key_when_from_before_there_were_tokens_then_completed_at_its_next_use(cast: Cast) -> None:
    cast.earned()
    SigningKey.objects.update(token_public=None, token_sealed=None)
    known = SigningKey.objects.get()
    award = Award.objects.get()
    assert verify_here(Badge.objects.get().text.encode(), now=TODAY).summary is Summary.VALID
    Badge.objects.all().delete()
    actions.sign_badge(actor=b.SYSTEM, award_id=award.id, now=SOON)
    key = SigningKey.objects.get()
    assert (key.public, bytes(key.sealed)) == (known.public, bytes(known.sealed))
    assert key.token_public
    assert Badge.objects.get().token.count(".") == 2
