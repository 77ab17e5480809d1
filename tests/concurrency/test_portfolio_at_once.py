"""The same click twice, two tabs, two devices: the portfolio's actions at the same moment."""

from tests import builders as b
from tests.cast import Cast
from tests.concurrency.harness import at_once, race
from touchstone.kit.drain import run_waiting_jobs
from touchstone.kit.models import JournalEntry, OutgoingMail
from touchstone.portfolio import actions, errors
from touchstone.portfolio.enums import AttemptState, AttestationKind
from touchstone.portfolio.models import Answer, Artifact, Attempt, Submission


def _journalled(verb: str) -> int:
    return JournalEntry.objects.filter(verb=verb).count()


def test_start_submission_when_clicked_eight_times_at_once_then_there_is_one(cast: Cast) -> None:
    who = b.actor(cast.earner)
    done = at_once(8, lambda: actions.start_submission(actor=who, version=cast.item, now=b.NOW))
    assert done.errors == []
    assert {row.id for row in done.results} == {Submission.objects.get().id}
    assert all(row.current for row in done.results)
    assert Attempt.objects.get().submission_id == done.results[0].id
    assert _journalled("submission.started") == 1


def test_submit_attempt_when_sent_four_times_at_once_then_one_arrives(cast: Cast) -> None:
    who, token = b.actor(cast.earner), cast.draft().token
    attested = list(AttestationKind)
    done = at_once(4, lambda: actions.submit_attempt(actor=who, token=token, attested=attested, now=b.NOW))
    assert len(done.results) == 1
    assert done.refusals == [errors.AlreadySubmitted] * 3
    assert _journalled("attempt.submitted") == 1
    run_waiting_jobs()
    assert OutgoingMail.objects.filter(kind="attempt_submitted").count() == 1
    assert OutgoingMail.objects.filter(kind="work_offered").count() == 1


def test_save_answer_when_four_tabs_save_the_same_revision_then_one_wins_and_no_text_is_lost(cast: Cast) -> None:
    who = b.actor(cast.earner)
    token = actions.start_submission(actor=who, version=cast.item, now=b.NOW).token
    for revision in (0, 1):  # a first text, and a change to it
        texts = [f"Tab {tab}, text {revision}." for tab in range(4)]

        def save(text: str, revision: int = revision) -> Answer:
            return actions.save_answer(
                actor=who, token=token, prompt="context", text=text, revision=revision, now=b.NOW
            )

        done = race(*[lambda text=text: save(text) for text in texts])
        kept = Answer.objects.get()
        assert [row.text for row in done.results] == [kept.text]
        assert kept.text in texts
        assert kept.revision == revision + 1
        assert done.refusals == [errors.AnswerChangedElsewhere] * 3
        assert {(error.facts["theirs"], error.facts["revision"]) for error in done.errors} == {
            (kept.text, kept.revision)
        }


def test_add_text_when_one_place_is_left_and_four_come_then_one_gets_it(cast: Cast) -> None:
    who, draft = b.actor(cast.earner), cast.draft()

    def add() -> Artifact:
        return actions.add_text(actor=who, token=draft.token, slot="recording", text="A note.", name="Note", now=b.NOW)

    add()
    assert Artifact.objects.filter(submission=draft).count() == 2  # of 3
    done = at_once(4, add)
    assert len(done.results) == 1
    assert done.refusals == [errors.SlotFull] * 3
    assert Artifact.objects.filter(submission=draft).count() == 3
    assert draft.current.artifacts.count() == 3


def test_submit_and_add_text_when_at_once_then_what_was_handed_in_stays_as_it_was(cast: Cast) -> None:
    who, draft = b.actor(cast.earner), cast.draft()
    attested = list(AttestationKind)
    done = race(
        lambda: actions.submit_attempt(actor=who, token=draft.token, attested=attested, now=b.NOW),
        lambda: actions.add_text(actor=who, token=draft.token, slot="recording", text="Late.", name="Late", now=b.NOW),
    )
    assert Attempt.objects.get().state == AttemptState.SUBMITTED
    late = Artifact.objects.filter(name="Late").count()
    assert done.refusals == ([] if late else [errors.NotEditable])


def test_withdraw_attempt_when_clicked_four_times_at_once_then_once(cast: Cast) -> None:
    who, token = b.actor(cast.earner), cast.submitted().token
    done = at_once(4, lambda: actions.withdraw_attempt(actor=who, token=token, now=b.NOW))
    assert len(done.results) == 1
    assert done.refusals == [errors.NotWithdrawable] * 3
    assert _journalled("attempt.withdrawn") == 1


def test_begin_attempt_when_clicked_four_times_at_once_then_one_new_attempt_with_everything_in_it(cast: Cast) -> None:
    who, submission = b.actor(cast.earner), cast.not_yet()
    done = at_once(4, lambda: actions.begin_attempt(actor=who, token=submission.token, now=b.NOW))
    assert done.errors == []
    first, second = Attempt.objects.order_by("number")
    assert {row.id for row in done.results} == {second.id}
    assert second.number == 2
    assert second.carried == first.met != {}
    assert Answer.objects.filter(attempt=second).count() == Answer.objects.filter(attempt=first).count() == 2
    assert set(second.artifacts.all()) == set(first.artifacts.all())
    assert _journalled("attempt.begun") == 1


def test_submit_attempt_when_two_earners_send_at_once_then_both_arrive(cast: Cast) -> None:
    drafts = [(b.actor(person), b.draft(person, cast.item).token) for person in (cast.earner, cast.colleague)]
    done = race(
        *[
            lambda who=who, token=token: actions.submit_attempt(
                actor=who, token=token, attested=list(AttestationKind), now=b.NOW
            )
            for who, token in drafts
        ]
    )
    assert done.errors == []
    assert _journalled("attempt.submitted") == 2
