"""What must be true once everything has settled; each check raises AssertionError with the fact that is not."""

import datetime as dt
import hashlib
import json
import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Count, F
from django.utils import timezone

from tests.concurrency import wire
from touchstone.assessment.models import OPEN, Assignment, Decision
from touchstone.core.openbadges.report import Summary
from touchstone.credentials.models import Award, Badge, SigningKey, StatusList
from touchstone.credentials.verification import verify_here
from touchstone.kit import jobs, uploads
from touchstone.kit.models import JournalEntry, OutgoingMail
from touchstone.people.models import Account, Employment, Invitation, Membership, Organisation, Person, Pseudonym
from touchstone.portfolio import jobs as portfolio_jobs
from touchstone.portfolio.enums import AttemptState, AttestationKind
from touchstone.portfolio.models import Artifact, Attempt, Submission

_OWN = ("kit.retry_stalled", "kit.remove_closed_rates")  # come by themselves, and are nobody's work


def execute(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


# -- everywhere, after every round -------------------------------------------------------------------------------------


def waiting_jobs() -> list[tuple[Any, ...]]:
    """(name, state, arguments) of every job that has not succeeded."""
    return execute(
        "SELECT task_name, status::text, args::text FROM procrastinate_jobs"
        " WHERE status <> 'succeeded' AND task_name <> ALL(%s)",
        list(_OWN),
    )


def nothing_waits() -> None:
    assert not waiting_jobs(), f"jobs are stuck: {waiting_jobs()}"
    waiting = list(OutgoingMail.objects.filter(sent_at=None).values_list("kind", "to"))
    assert not waiting, f"mails were not sent: {waiting}"


def mails_went_out() -> None:
    """Every mail once in the outbox and at least once on the wire, its copies under the same id."""
    copies = wire.handed_over()
    tokens = OutgoingMail.objects.values_list("token", flat=True)
    sent = {f"<{token}@localhost>" for token in tokens}
    assert {key.lower() for key in copies} == sent, "what went out is what the outbox holds"


def rows_agree() -> None:
    """What rows say of each other, over everything there is."""
    uses = Invitation.objects.annotate(real=Count("used_by")).exclude(uses=F("real"))
    assert not uses.exists(), "an invitation counts other uses than it has"
    twice = Membership.objects.filter(ended_at=None).values("person", "organisation", "role")
    assert not twice.annotate(n=Count("id")).filter(n__gt=1).exists(), "a role is held twice"
    persons = Account.objects.filter(person=None).count()
    assert not persons, f"{persons} accounts without a person"
    assert not Pseudonym.objects.filter(person=None).exists(), "a pseudonym of nobody"
    for row in Attempt.objects.values("submission").annotate(n=Count("id"), most=Count("number", distinct=True)):
        assert row["n"] == row["most"], "an attempt number is taken twice"
    closed = Attempt.objects.filter(state__in=[AttemptState.EARNED, AttemptState.NOT_YET]).count()
    assert closed == Decision.objects.exclude(released_at=None).count(), "an attempt is closed without its decision"
    earned = Attempt.objects.filter(state=AttemptState.EARNED).count()
    awards = Award.objects.exclude(version=None).count()
    assert earned == awards, f"{earned} attempts earned, {awards} awards"
    assert Award.objects.count() == Badge.objects.count(), "an award without its badge"
    places = Award.objects.values("status_list", "status_index").distinct().count()
    assert places == Award.objects.count(), "a place on a status list is taken twice"
    _journal_agrees()


def _journal_agrees() -> None:
    facts = {
        "person.registered": Person.objects.count(),
        "invitation.accepted": sum(Invitation.objects.values_list("uses", flat=True)),
        "attempt.submitted": Attempt.objects.exclude(submitted_at=None).count(),
        "assignment.offered": Assignment.objects.count(),
        "decision.made": Decision.objects.count(),
        "decision.released": Decision.objects.exclude(released_at=None).count(),
        "award.made": Award.objects.count(),
        "badge.signed": Badge.objects.count(),
        "award.revoked": Award.objects.exclude(revoked_at=None).count(),
    }
    rows = JournalEntry.objects.filter(verb__in=facts).values_list("verb").annotate(n=Count("id"))
    assert {**dict.fromkeys(facts, 0), **dict(rows)} == facts, "the journal says something else than the rows"


def no_file_is_left_over() -> None:
    """After a night on which everything left behind is old enough, only what rows own is there."""
    old = (timezone.now() - uploads.GRACE - dt.timedelta(hours=3)).timestamp()
    for folder in (uploads.folder(), Path(settings.DATA) / "files"):
        for path in folder.rglob("*"):
            os.utime(path, (old, old))
    jobs.remove_leftovers(timestamp=0)
    portfolio_jobs.remove_orphans(timestamp=0)
    left = [path.name for path in uploads.folder().iterdir()]
    assert not left, f"left over: {left}"
    owned = {key.split("/")[1] for key in Artifact.objects.exclude(original="").values_list("original", flat=True)}
    stored = set(default_storage.listdir("evidence")[0]) if default_storage.exists("evidence") else set()
    assert stored == owned, "stored files are not those that rows own"


# -- of one story ------------------------------------------------------------------------------------------------------


def mails(to: str, **counts: int) -> None:
    found = Counter(OutgoingMail.objects.filter(to=to, kind__in=counts).values_list("kind", flat=True))
    assert dict(found) == {kind: number for kind, number in counts.items() if number}, f"mails to {to}: {dict(found)}"


def journalled(about: UUID, verbs: Mapping[str, int]) -> None:
    found = Counter(JournalEntry.objects.filter(about__contains=[about], verb__in=verbs).values_list("verb", flat=True))
    assert dict(found) == dict(verbs), f"the journal has {dict(found)}, not {dict(verbs)}"


def one_account(email: str, employer: Organisation) -> None:
    """One account with one person and one verified address, and what verifying brings has come."""
    account = Account.objects.get(email__iexact=email)
    person = Person.objects.get(account=account)
    address = EmailAddress.objects.get(user=account)
    assert address.verified, "the address she confirmed is not verified"
    journalled(person.pseudonym_id, {"person.registered": 1, "address.verified": 1})
    at_work = Employment.objects.filter(person=person.pseudonym, organisation=employer).count()
    assert at_work == 1, "her verified address makes her one employee of her district"


def joined_once(person: UUID, place: Organisation, role: str) -> None:
    roles = Membership.objects.filter(person=person, organisation=place, role=role).count()
    at_work = Employment.objects.filter(person=person, organisation=place, to_date=None).count()
    assert (roles, at_work) == (1, 1), f"{roles} memberships, {at_work} employments"


def attempts(submission: Submission, numbers: list[int]) -> None:
    found = list(submission.attempts.order_by("number").values_list("number", flat=True))
    assert found == numbers, f"attempts {found}"


def files(submission: Submission, names: list[str]) -> None:
    """These files, each with its stored original, whole, and its blind copy."""
    rows = list(Artifact.objects.filter(submission=submission, kind="file"))
    assert [row.name for row in rows] == names
    for row in rows:
        with default_storage.open(row.original) as original:
            assert hashlib.sha256(original.read()).hexdigest() == row.sha256, "the stored file is not what she sent"
        assert default_storage.exists(row.blind)


def handed_in(submission: Submission, earner: Person) -> None:
    """The newest attempt is in, confirmed, with one assessor asked and everybody told once."""
    attempt = Submission.objects.get(id=submission.id).current
    assert attempt
    assert attempt.state == AttemptState.SUBMITTED, attempt.state
    assert attempt.attestations.count() in {1, len(AttestationKind)}
    asked = list(Assignment.objects.filter(attempt=attempt, state__in=OPEN))
    assert len(asked) == 1, f"{len(asked)} assessors have it in hand"
    journalled(attempt.id, {"attempt.submitted": 1})
    told = OutgoingMail.objects.filter(once=_once("attempt_submitted", attempt.id, earner.pseudonym_id))
    offered = OutgoingMail.objects.filter(once=_once("work_offered", asked[0].id, asked[0].assessor_id))
    assert (told.count(), offered.count()) == (1, 1), "each is told once"


def earned(submission: Submission, earner: Person, *, revoked: bool = False) -> Award:
    """One decision, one award, one badge that verifies, each mail once."""
    attempt = Submission.objects.get(id=submission.id).current
    assert attempt
    assert attempt.state == AttemptState.EARNED, attempt.state
    decision = Decision.objects.get(attempt=attempt)
    assert decision.released_at
    journalled(attempt.id, {"decision.made": 1, "decision.released": 1})
    award = Award.objects.get(attempt=attempt)
    badge(award, earner, revoked=revoked)
    assert earner.account
    pairs = [("decision_released", attempt.id), ("award_ready", award.id)]
    if revoked:
        pairs.append(("award_revoked", award.id))
    for kind, about in pairs:
        rows = OutgoingMail.objects.filter(kind=kind, to=earner.account.email)
        expected = 1 + (kind == "award_ready" and Award.objects.filter(holder=award.holder).count() - 1)
        assert rows.count() == expected, f"{rows.count()} mails {kind}, not {expected}"
        assert rows.filter(once=_once(kind, about, earner.pseudonym_id)).count() == 1
    return award


def badge(award: Award, earner: Person, *, revoked: bool = False) -> None:
    row = Badge.objects.get(award=award)
    address = earner.account.email if earner.account else ""
    tomorrow = timezone.now() + dt.timedelta(days=1)  # whatever clock the signing host had
    report = verify_here(json.dumps(row.document).encode(), now=tomorrow, identity=address)
    expected = Summary.REVOKED if revoked else Summary.VALID
    assert report.summary is expected, f"the badge is {report.summary}"


def issuer_signs_once(award: Award) -> None:
    """One key, one status list, and on it the bits of the revoked awards alone."""
    keys = SigningKey.objects.filter(issuer=award.issuer).count()
    [status_list] = StatusList.objects.filter(issuer=award.issuer)
    assert keys == 1, f"{keys} keys of one issuer"
    bits = int.from_bytes(bytes(status_list.bits))
    last = status_list.size - 1
    expected = {row.status_index for row in status_list.awards.exclude(revoked_at=None)}
    assert bits == sum(1 << (last - index) for index in expected), "the status list has other bits"


def _once(kind: str, about: UUID, person: UUID) -> str:
    return f"{kind}:{about}:{person}"
