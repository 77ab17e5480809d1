"""What a test needs done or read inside an installation: ``python -m tests.concurrency.inside WHAT``.

Runs with that installation's own settings and prints JSON. Jobs are left to its worker.
"""

import datetime as dt
import json
import sys
from typing import Any


def new_draft(slug: str) -> dict[str, str]:
    """A new issuer's item and an earner's draft of it, with the cookie of a browser she is signed in with."""
    from django.test import Client

    from tests import builders as b

    item = b.version(slug, of=b.issuer(slug))
    earner = b.person(email=f"{slug}@example.org")
    client = Client()
    assert earner.account
    client.force_login(earner.account)
    return {"token": b.draft(earner, item).token, "session": client.cookies["sessionid"].value}


def decisions(slug: str, count: str) -> list[str]:
    """Earners whose work is decided this moment; returns the ids of their attempts."""
    from tests import builders as b
    from touchstone.assessment import actions as assessment

    item = b.version(slug, of=b.issuer(slug))
    membership = _assessor(slug, item)
    made = []
    for number in range(int(count)):
        earner = b.person(email=f"{slug}-{number}@example.org")
        attempt = b.submitted(earner, item, now=_now(), jobs=False).current
        assert attempt
        [assignment] = assessment.offer_attempt(actor=b.SYSTEM, attempt_id=attempt.id, now=_now())
        b.score(assignment, membership, now=_now(), jobs=False)
        made.append(str(attempt.id))
    return made


def _assessor(slug: str, item: Any) -> Any:
    from tests import builders as b
    from touchstone.assessment import actions as assessment

    row = b.person(email=f"{slug}@assessors.example.org", state="VT")
    credential = item.micro_credential
    assessment.qualify_assessor(
        actor=b.SYSTEM,
        assessor=row.pseudonym,
        micro_credential=credential,
        from_date=b.NOW.date(),
        now=b.NOW,
    )
    return b.member(row, credential.issuer, "assessor")


def issued(*attempts: str) -> dict[str, Any]:
    """What came of decided attempts, and what still waits in the queue."""
    from django.db import connection

    from touchstone.credentials.models import Award, Badge
    from touchstone.credentials.verification import verify_here
    from touchstone.kit.models import OutgoingMail

    awards = list(Award.objects.filter(attempt_id__in=attempts))
    badges = list(Badge.objects.filter(award__in=awards))
    told = [OutgoingMail.objects.filter(kind="award_ready", once__contains=str(row.id)) for row in awards]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status, count(*) FROM procrastinate_jobs WHERE task_name <> 'kit.retry_stalled' GROUP BY 1"
        )
        jobs = dict(cursor.fetchall())
    return {
        "awards": len(awards),
        "badges": len(badges),
        "mails": [[bool(row.sent_at) for row in rows] for rows in told],
        "reports": [verify_here(json.dumps(row.document).encode(), now=_now()).summary for row in badges],
        "jobs": jobs,
    }


def draft(token: str) -> dict[str, Any]:
    """What stands in a draft, and which stored or half-received files no row owns."""
    from django.conf import settings

    from touchstone.kit import uploads
    from touchstone.portfolio.models import Answer, Artifact, Submission

    submission = Submission.objects.get(token=token)
    folder = settings.DATA / "files" / "evidence"
    owned = {key.rpartition("/")[0] for key in Artifact.objects.exclude(original="").values_list("original", flat=True)}
    stored = {f"evidence/{path.name}" for path in folder.iterdir()} if folder.exists() else set()
    rows = Artifact.objects.filter(submission=submission, kind="file")
    return {
        "answers": dict(Answer.objects.filter(attempt=submission.current).values_list("prompt", "text")),
        "files": [[row.name, row.sha256] for row in rows],
        "orphans": sorted(stored - owned),
        "uploads": sorted(path.name for path in uploads.folder().iterdir()),
    }


def sweep() -> None:
    """The nightly jobs, on a night when everything left behind is old enough."""
    import os

    from django.conf import settings

    from touchstone.kit import jobs, uploads
    from touchstone.portfolio import jobs as portfolio

    old = (_now() - uploads.GRACE - dt.timedelta(minutes=1)).timestamp()
    for path in uploads.folder().iterdir():
        os.utime(path, (old, old))
    for path in (settings.DATA / "files").rglob("*"):
        os.utime(path, (old, old))
    jobs.remove_leftovers(timestamp=0)
    portfolio.remove_orphans(timestamp=0)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


if __name__ == "__main__":
    from touchstone.config import demo, preparation

    demo.connect_to_running()
    preparation.open_django()
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
