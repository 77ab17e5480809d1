"""Sending work, waiting, feedback, taking it back, and trying again."""

import pytest
from django.urls import reverse

from tests.integration.earn.conftest import JSON, Desk, words_of
from touchstone.assessment.models import Decision
from touchstone.credentials.models import Award
from touchstone.portfolio.enums import AttemptState, AttestationKind
from touchstone.portfolio.models import Attempt, Attestation

TICKED = dict.fromkeys([AttestationKind.OWN_WORK, AttestationKind.RELEASES, AttestationKind.READY], "on")


def begin_again(desk: Desk) -> None:
    assert desk.post("again").status_code == 302


def test_review_when_something_is_missing_then_links_to_each_and_has_no_send_button(blank: Desk):
    page = blank.page("submit")
    assert "3 things are still missing" in page
    assert f'href="{blank.path}#at-context"' in page
    assert f'href="{blank.path}#at-recording"' in page
    assert "Send it" not in page


def test_review_when_everything_is_there_then_asks_to_confirm(draft: Desk):
    page = draft.page("submit")
    assert all(str(kind.label) in page for kind in AttestationKind)
    assert "You hear back within 5 business days." in page


def test_review_when_a_file_needs_a_look_then_says_so(blank: Desk, tmp_path):
    notes = tmp_path / "notes.txt"
    notes.write_text("Nine students spoke.")
    blank.upload(notes)
    blank.autosave("context", "word " * 5, 0)
    blank.autosave("learned", "word " * 5, 0)
    page = blank.page("submit")
    assert "Please look once more" in page
    assert "Please check them for names and places." in page


def test_submit_when_confirmed_then_it_is_sent_and_the_page_says_by_when(draft: Desk):
    answer = draft.post("submit", TICKED)
    assert (answer.status_code, answer["Location"]) == (302, draft.path)
    attempt = draft.fresh().current
    assert attempt.state == AttemptState.SUBMITTED
    assert Attestation.objects.filter(attempt=attempt).count() == 3
    page = draft.page()
    assert "It is on its way" in page
    assert f"{attempt.due_date:%A}" in page
    assert "Take it back" in page


def test_submit_when_a_box_is_open_then_says_which_and_keeps_the_others(draft: Desk):
    answer = draft.post("submit", {"own_work": "on"})
    page = words_of(answer)
    assert answer.status_code == 400
    assert "Please confirm this" in page
    assert 'name="own_work"' in page.split("checked")[0].rsplit("<input", 1)[1]
    assert draft.fresh().current.state == AttemptState.DRAFT


def test_submit_when_something_is_missing_then_sends_nothing(blank: Desk):
    answer = blank.post("submit", TICKED)
    assert answer.status_code == 409
    assert "still missing" in words_of(answer)
    assert blank.fresh().current.state == AttemptState.DRAFT


def test_submit_when_sent_twice_then_is_harmless(draft: Desk):
    draft.post("submit", TICKED)
    at = draft.fresh().current.submitted_at
    answer = draft.post("submit", TICKED)
    assert (answer.status_code, answer["Location"]) == (302, draft.path)
    assert draft.fresh().current.submitted_at == at
    assert draft.client.get(f"{draft.path}submit")["Location"] == draft.path


def test_withdraw_when_asked_then_confirms_first(sent: Desk):
    assert "Everything you wrote and added is kept" in sent.page("withdraw")
    assert sent.fresh().current.state == AttemptState.SUBMITTED
    assert sent.post("withdraw").status_code == 302
    assert sent.fresh().current.state == AttemptState.WITHDRAWN
    assert "Begin again" in sent.page()
    assert sent.post("withdraw")["Location"] == sent.path


def test_again_when_withdrawn_then_starts_from_what_is_there(sent: Desk):
    text = sent.answer().text
    sent.post("withdraw")
    begin_again(sent)
    assert sent.fresh().current.number == 2
    assert text in sent.page()
    begin_again(sent)
    assert Attempt.objects.filter(submission=sent.submission).count() == 2


def test_again_when_it_is_being_assessed_then_refuses(sent: Desk):
    answer = sent.post("again")
    assert answer.status_code == 409
    assert "A new attempt can begin" in words_of(answer)


def test_status_when_not_yet_then_shows_feedback_by_criterion_without_names(not_yet: Desk):
    page = not_yet.page()
    assert "Begin the next attempt" in page
    assert "Reached:" in page
    assert "Basic" in page
    assert "Proficient" in page
    assert "Assessor 1" in page
    assert "Say which students spoke after the pause." in page
    for membership in (not_yet.cast.assessor, not_yet.cast.second):
        assert membership.person.person.name not in page


def test_status_when_the_decision_is_not_released_then_tells_nothing(cast):
    item = cast.item.micro_credential
    type(item).objects.filter(id=item.id).update(staff_release=True)
    desk = Desk(cast, cast.not_yet(), cast.client("earner"))
    assert Decision.objects.get().released_at is None
    page = desk.page()
    assert "Being assessed" in page
    assert "Assessor 1" not in page


def test_status_when_earned_then_leads_to_the_award(earned: Desk):
    page = earned.page()
    assert f'href="{reverse("award", args=[Award.objects.get().token])}"' in page
    assert "Say which students spoke after the pause." in page
    assert "Begin the next attempt" not in page


def test_second_attempt_when_begun_then_asks_only_for_what_was_not_met(not_yet: Desk):
    begin_again(not_yet)
    page = not_yet.page()
    assert 'name="text-context"' not in page
    assert page.count("Met last time") == 2
    assert "Say which students spoke after the pause." in page
    assert "What students said." in page
    assert "Not met yet" in page
    assert 'href="#at-recording"' in page


def test_second_attempt_when_a_kept_answer_is_sent_then_refuses_and_shows_it(not_yet: Desk):
    begin_again(not_yet)
    kept = not_yet.answer().text
    answer = not_yet.save("overview", text_context="Rewritten.", revision_text_context="1")
    assert answer.status_code == 409
    assert "stays as it was" in words_of(answer)
    assert not_yet.answer().text == kept
    assert not_yet.autosave("context", "Rewritten.", 1).status_code == 409


def test_second_attempt_when_handed_in_then_keeps_earlier_feedback_to_read(not_yet: Desk):
    begin_again(not_yet)
    assert not_yet.post("submit", TICKED).status_code == 302
    page = not_yet.page()
    assert "Feedback on attempt 1" in page
    assert "Attempt 2 begun" in page
    assert page.index("Decided: not yet") < page.index("Attempt 2 begun")


def test_second_attempt_when_withdrawn_and_begun_again_then_feedback_still_stands_there(not_yet: Desk):
    begin_again(not_yet)
    not_yet.post("submit", TICKED)
    not_yet.post("withdraw")
    begin_again(not_yet)
    assert not_yet.fresh().current.number == 3
    assert "Say which students spoke after the pause." in not_yet.page()


def test_status_when_handed_in_then_the_work_can_be_read_and_not_changed(sent: Desk):
    page = sent.page()
    assert sent.answer().text.strip() in page
    assert "What students said." in page
    assert "textarea" not in page
    assert "/remove" not in page


@pytest.mark.parametrize("fixture", ["sent", "not_yet", "earned"])
def test_editing_when_no_draft_is_open_then_changes_nothing(request: pytest.FixtureRequest, fixture: str):
    desk: Desk = request.getfixturevalue(fixture)
    before = desk.answer().text
    piece = desk.artifacts()[0]
    assert desk.autosave("context", "Changed.", 1).status_code == 409
    assert desk.post(f"evidence/{piece.token}/remove", headers=JSON).status_code == 409
    assert desk.post("evidence/recording/link", {"url": "https://example.org/x"}, headers=JSON).status_code == 409
    assert desk.answer().text == before
    assert desk.artifacts() == [piece]


def test_pages_when_there_are_two_attempts_then_ask_the_database_a_fixed_number_of_times(
    not_yet: Desk, django_assert_max_num_queries
):
    begin_again(not_yet)
    with django_assert_max_num_queries(20):
        not_yet.page()
