"""The harness itself: a process dies, hangs or loses its database at the very point that was named."""

import datetime as dt
from pathlib import Path

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from tests import builders as b
from tests.concurrency.children import Host, Step, do, start
from tests.concurrency.points import Blow, How, killed_at, waits_for_lock
from touchstone.kit import uploads
from touchstone.people.models import Account, Organisation, Pseudonym

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = dt.timedelta(hours=1)


def _open_account() -> str:
    with transaction.atomic():
        return str(Account.objects.create(email="a@example.org").id)


SIGN_UP = Step("sign up", lambda _known: _open_account())


@pytest.mark.parametrize(
    ("point", "rows"),
    [("sql INSERT people_account", 0), ("commit", 0), ("committed", 1), ("done, not yet told", 1)],
)
def test_child_when_killed_at_a_named_point_then_what_was_committed_stands_and_nobody_was_told(
    tmp_path: Path, point: str, rows: int
) -> None:
    ended = do([SIGN_UP], data=tmp_path, blow=killed_at(point))
    assert ended.was_killed
    assert ended.struck
    assert (ended.struck[0], ended.struck[1].startswith(point)) == ("sign up", True)
    assert ended.answers == {}
    assert Account.objects.count() == rows


def test_child_when_nothing_strikes_then_it_answers_and_names_what_it_passed(tmp_path: Path) -> None:
    ended = do([SIGN_UP], data=tmp_path, blow=killed_at("commit", nth=2))
    assert (ended.status, ended.error, ended.answers["sign up"]) == (0, "", str(Account.objects.get().id))
    names = ended.passed["sign up"]
    assert names.index("sql INSERT people_account") < names.index("commit") < names.index("committed")


def test_child_when_its_database_is_cut_before_the_commit_then_it_sees_an_error_and_nothing_is_kept(
    tmp_path: Path,
) -> None:
    ended = do([SIGN_UP], data=tmp_path, blow=Blow(How.CUT, name="commit"))
    assert "OperationalError" in ended.error
    assert not Account.objects.exists()


def test_twin_when_the_first_hangs_with_a_lock_then_it_waits_until_that_one_is_killed(tmp_path: Path) -> None:
    place = b.organisation("maple-school")

    def rename(name: str) -> None:
        with transaction.atomic():
            row = Organisation.objects.select_for_update().get(id=place.id)
            row.name = name
            row.save()

    first = start([Step("first", lambda _known: rename("First"))], data=tmp_path, blow=Blow(How.FREEZE, name="commit"))
    first.until(lambda: first.is_frozen)
    twin = start([Step("twin", lambda _known: rename("Twin"))], data=tmp_path)
    twin.until(waits_for_lock)
    assert not twin.has_ended
    first.kill()
    assert twin.end().error == ""
    place.refresh_from_db()
    assert place.name == "Twin"


def test_clock_when_skewed_on_one_host_then_only_that_one_is_wrong(tmp_path: Path) -> None:
    tell = [Step(host, lambda _known: timezone.now(), host) for host in Host]
    ended = do(tell, data=tmp_path, skew={Host.WORKER: HOUR})
    shift = ended.answers["worker"] - ended.answers["web"]
    assert dt.timedelta() <= shift - HOUR < dt.timedelta(seconds=30)


@pytest.mark.parametrize("point", ["file open", "file half written", "mail to hand over", "mail handed over"])
def test_child_when_it_writes_files_and_sends_mail_then_both_have_points(tmp_path: Path, point: str) -> None:
    from touchstone.kit import storage

    def act(_known: object) -> str:
        source = uploads.folder() / "a"
        source.write_text("Seven students.")
        key = f"{storage.new_folder()}/original"
        storage.keep(key, source)
        source.unlink()
        storage.discard(key)
        mail.send_mail("Hello", "Text", None, ["a@example.org"])
        return str(Pseudonym.objects.count())

    from django.conf import settings

    ended = do([Step("act", act)], data=Path(settings.DATA), blow=killed_at(point))
    assert ended.was_killed, ended
    (uploads.folder() / "a").unlink(missing_ok=True)
