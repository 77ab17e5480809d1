"""The plumbing: journal, outbox, pages of lists, ids, signed links."""

import base64
import dataclasses
import json
import re
import time
import uuid
from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail as sent_mail
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests import builders as b
from touchstone.kit import journal, mail, storage
from touchstone.kit.access import Rule
from touchstone.kit.actor import ANYONE, Actor, system
from touchstone.kit.drain import run_waiting_jobs
from touchstone.kit.errors import Forbidden, NotFound
from touchstone.kit.ids import TOKEN_PATTERN, new_id, new_token
from touchstone.kit.models import JournalEntry, OutgoingMail
from touchstone.kit.paging import page
from touchstone.people.models import Organisation

heard: list[UUID] = []


@dataclasses.dataclass(frozen=True)
class BellRang(journal.Event):
    verb = "bell.rang"
    bell: UUID


@journal.listen(BellRang)
def hear(event: BellRang, at) -> None:
    heard.append(event.bell)


@pytest.fixture(autouse=True)
def _silence():
    heard.clear()


@pytest.mark.django_db
def test_an_event_is_delivered_after_its_transaction_and_only_then():
    bell = new_id()
    with transaction.atomic():
        journal.record(system("tests"), BellRang(bell=bell), now=b.NOW)
        assert heard == []
    assert run_waiting_jobs() == 1
    assert heard == [bell]
    assert JournalEntry.objects.get(verb="bell.rang").about == [bell]


@pytest.mark.django_db
def test_what_is_rolled_back_was_never_said():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        journal.record(system("tests"), BellRang(bell=new_id()), now=b.NOW)
        raise ZeroDivisionError
    assert run_waiting_jobs() == 0
    assert not JournalEntry.objects.exists()


@pytest.mark.django_db
def test_the_journal_holds_no_objects_and_no_free_structures():
    with pytest.raises(TypeError):
        journal.record(ANYONE, "bell.heard", now=b.NOW, people=["Rosa"])  # type: ignore[arg-type]


@pytest.mark.django_db
def test_the_journal_cannot_be_rewritten():
    journal.record(Actor(person=new_id()), "bell.heard", now=b.NOW)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        JournalEntry.objects.update(verb="nothing.happened")


@pytest.mark.django_db
def test_the_journal_is_partitioned_by_month_and_old_entries_find_a_place():
    for days in (0, 40, -4000):
        journal.record(ANYONE, "bell.heard", now=b.NOW + timedelta(days=days))
    assert JournalEntry.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_a_mistake():
    with pytest.raises(transaction.TransactionManagementError):
        journal.record(ANYONE, "bell.heard", now=b.NOW)


@pytest.mark.django_db
def test_a_mail_is_written_once_per_reason_and_sent_once():
    for _time in range(2):
        mail.post(kind="test", to="a@example.org", subject="Hello", text="Text", now=b.NOW, once="test:1")
    run_waiting_jobs()
    row = OutgoingMail.objects.get()
    mail.deliver(row.id, now=b.NOW)
    assert [message.subject for message in sent_mail.outbox] == ["Hello"]
    assert OutgoingMail.objects.get().sent_at


@pytest.mark.django_db
def test_every_notice_has_a_subject_a_text_and_a_link():
    for kind in (
        "attempt_submitted",
        "work_offered",
        "nobody_eligible",
        "decision_released",
        "award_ready",
        "award_revoked",
        "badge_renewed",
        "pair_disagrees",
    ):
        for language in ("en", "es"):
            context = {"link": "https://example.org/x", "title": "Wait time", "due": b.NOW.date()}
            mail.write(kind=kind, to="a@example.org", language=language, context=context, now=b.NOW)
    for row in OutgoingMail.objects.all():
        assert "Wait time" in row.subject
        assert "https://example.org/x" in row.text
        assert "https://example.org/x" in row.html


@pytest.mark.django_db
def test_a_list_pages_by_key_without_gaps_or_repeats():
    for number in range(7):
        b.organisation(f"school-{number}", name="Same" if number < 4 else f"Other {number}")
    seen, after = [], ""
    while True:
        found = page(Organisation.objects.all(), order=("-name", "id"), after=after, size=2)
        seen += [row.id for row in found]
        if not found.after:
            break
        after = found.after
    assert seen == list(Organisation.objects.order_by("-name", "id").values_list("id", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("cursor", ["", "%%%", "bm90aGluZw", "WzEsMl0", "W10", "WyJcdTAwMDAiLCAiXHUwMDAwIl0"])
def test_a_false_cursor_starts_the_list_over(cursor: str):
    b.organisation("one-school")
    assert len(page(Organisation.objects.all(), order=("name", "id"), after=cursor)) == 1


@pytest.mark.django_db
def test_a_cursor_with_a_value_of_another_type_starts_the_list_over():
    b.organisation("one-school")
    cursor = base64.urlsafe_b64encode(json.dumps(["Same", "not an id"]).encode()).decode()
    assert len(page(Organisation.objects.all(), order=("name", "id"), after=cursor)) == 1


@pytest.mark.django_db
def test_a_rule_is_filter_and_predicate_in_one():
    mine, other = b.organisation("mine"), b.organisation("other")
    rule: Rule[Organisation] = Rule(lambda actor, rows: rows.filter(id=actor.organisation))
    actor = Actor(person=new_id(), membership=new_id(), organisation=mine.id, role="author")
    assert rule.get(actor, Organisation.objects.all(), slug="mine") == mine
    assert rule.allows(actor, mine)
    assert not rule.allows(actor, other)
    with pytest.raises(NotFound):
        rule.get(actor, Organisation.objects.all(), slug="other")
    with pytest.raises(Forbidden):
        rule.require(actor, other)


def test_keys_grow_with_time_and_are_uuid_7():
    ids = [new_id() for _ in range(50)]
    assert all(one.version == 7 and one.variant == uuid.RFC_4122 for one in ids)
    assert len(set(ids)) == 50


def test_tokens_are_128_random_bits_in_url_safe_letters():
    tokens = {new_token() for _ in range(500)}
    assert len(tokens) == 500
    assert all(re.fullmatch(TOKEN_PATTERN, token) for token in tokens)


def test_a_signed_link_tells_what_was_signed_and_nothing_else():
    link = storage.link("evidence/x/blind", name="Evidence 1.pdf", media_type="application/pdf", inline=True)
    signed = link.rpartition("/")[2]
    assert storage.read_link(signed) == ("evidence/x/blind", "Evidence 1.pdf", "application/pdf", True)
    assert storage.read_link(signed[:-1]) is None


@given(st.text(max_size=200))
def test_no_text_is_a_signed_link(text: str):
    assert storage.read_link(text) is None


def test_a_link_ends_after_five_minutes(monkeypatch: pytest.MonkeyPatch):
    signed = storage.link("k", name="n", media_type="t", inline=False).rpartition("/")[2]
    later = time.time() + 301
    monkeypatch.setattr(time, "time", lambda: later)
    assert storage.read_link(signed) is None
