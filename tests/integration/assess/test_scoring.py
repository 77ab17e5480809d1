"""Scoring at the bench: saved field by field, checked before sending, sent once."""

import re

import pytest
from django.test import Client

from tests import builders as b
from tests.cast import Cast
from tests.integration.assess.conftest import Held, form, offer_of
from touchstone.assessment.models import Decision, Score
from touchstone.assessment.queries import scoring_rows
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio.models import Submission
from touchstone.web.assess.saving import revision_of

JSON = {"Accept": "application/json"}
ALL = {"overview": "passing", "recording": "proficient", "reflection": "passing"}


def autosave(held: Held, field: str, text: str, seen: str = "", client: Client | None = None):
    data = {field: text, "field": field, "revision": seen or revision_of("")}
    return (client or held.client).post(f"{held.path}scores", data, headers=JSON)


def standing(held: Held, criterion: str = "recording") -> tuple[str, str]:
    row = Score.objects.get(assignment=held.assignment, criterion=criterion)
    return row.level, row.comment


# -- autosave ----------------------------------------------------------------------------------------------------------


def test_level_and_comment_are_saved_apart_when_each_is_sent_alone(held: Held):
    first = autosave(held, "level-recording", "basic")
    second = autosave(held, "comment-recording", "Count to three.\r\nThen listen.  ")
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["revision"] == revision_of("basic")
    assert len(first.json()["saved_at"]) == 5
    assert standing(held) == ("basic", "Count to three.\nThen listen.")


def test_second_tab_gets_both_texts_when_the_field_changed_in_the_first(held: Held):
    autosave(held, "comment-recording", "First tab.")
    answer = autosave(held, "comment-recording", "Second tab.")
    assert answer.status_code == 409
    assert answer.json()["theirs"] == "First tab."
    assert "another window" in answer.json()["error"]
    assert standing(held)[1] == "First tab."
    kept = autosave(held, "comment-recording", "Second tab.", seen=answer.json()["revision"])
    assert kept.status_code == 200
    assert standing(held)[1] == "Second tab."


def test_saving_the_same_twice_is_no_conflict(held: Held):
    assert [autosave(held, "level-recording", "basic").status_code for _time in range(2)] == [200, 200]


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("level-recording", "superb", "no such level"),
        ("level-kindness", "basic", "no such criterion"),
        ("mark-recording", "basic", "no such criterion"),
        ("", "basic", "no such criterion"),
        ("comment-recording", "x" * 10_001, "10001 characters"),
    ],
)
def test_what_the_rubric_does_not_know_is_refused_in_a_sentence(held: Held, field: str, text: str, sentence: str):
    answer = autosave(held, field, text)
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]
    assert not Score.objects.exists()


def test_comment_of_ten_thousand_characters_is_kept_whole(held: Held):
    assert autosave(held, "comment-recording", "é" * 10_000).status_code == 200
    assert standing(held)[1] == "é" * 10_000


def test_autosave_says_so_when_the_session_ended(held: Held):
    answer = autosave(held, "comment-recording", "Half a thought.", client=Client())
    assert answer.status_code == 401
    assert "Sign in" in answer.json()["error"]


def test_autosave_stops_with_a_sentence_when_the_work_was_withdrawn_or_sent(held: Held, cast: Cast):
    portfolio.withdraw_attempt(actor=b.actor(cast.earner), token=held.submission.token, now=b.NOW)
    answer = autosave(held, "level-recording", "basic")
    assert (answer.status_code, "withdrew" in answer.json()["error"]) == (409, True)


# -- the form, without scripts -----------------------------------------------------------------------------------------


def test_whole_form_is_saved_and_shown_again_with_progress(held: Held):
    data = form(held.client.get(held.path).context, {"overview": "passing", "recording": "basic"}, "Try again.")
    page = held.client.post(f"{held.path}scores", {**data, "save": ""}, follow=True).content.decode()
    assert "2 of 3 criteria scored" in page
    assert "Your scores are saved." in page
    assert standing(held) == ("basic", "Try again.")


def test_form_keeps_what_was_typed_when_another_window_changed_it(held: Held):
    data = form(held.client.get(held.path).context, {"recording": "basic"}, "Mine.")
    autosave(held, "comment-recording", "Theirs.")
    answer = held.client.post(f"{held.path}scores", {**data, "level-overview": "passing"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs." in page
    assert ">Mine.</textarea>" in page
    assert standing(held) == ("", "Theirs.")
    assert standing(held, "overview")[0] == "passing"  # the rest of the form is saved
    again = form(answer.context, {"recording": "basic"}, "Mine.")
    assert held.client.post(f"{held.path}scores", again).status_code == 302
    assert standing(held) == ("basic", "Mine.")


def test_form_leaves_alone_what_only_the_other_window_changed(held: Held):
    data = form(held.client.get(held.path).context, {"recording": "basic"}, "")
    autosave(held, "comment-recording", "Written in the other window.")
    assert held.client.post(f"{held.path}scores", data).status_code == 302
    assert standing(held) == ("basic", "Written in the other window.")


def test_form_with_a_comment_too_long_comes_back_with_it(held: Held):
    text = "word " * 2_001
    data = form(held.client.get(held.path).context, {"recording": "basic"}, text)
    answer = held.client.post(f"{held.path}scores", data)
    assert answer.status_code == 400
    assert "10004 characters" in answer.content.decode()
    assert text in answer.content.decode()


def test_form_sent_after_signing_out_shows_the_text_for_copying(held: Held):
    data = form(held.client.get(held.path).context, {"recording": "basic"}, "A long and careful remark.")
    answer = Client().post(f"{held.path}scores", data, headers={"Referer": f"http://testserver{held.path}"})
    assert answer.status_code == 401
    page = answer.content.decode()
    assert "A long and careful remark." in page
    assert f"/account/login/?next={held.path}" in page


# -- sending -----------------------------------------------------------------------------------------------------------


def test_sending_names_what_is_missing_with_links(held: Held):
    held.score({"overview": "not-yet", "recording": "proficient"}, comment="")
    for answer in (held.client.get(f"{held.path}send"), held.client.post(f"{held.path}send")):
        page = answer.content.decode()
        assert f'<a href="{held.path}#score-reflection">Reflection</a>: Choose a level.' in page
        assert f'<a href="{held.path}#score-overview">Overview</a>: Say what the earner can do' in page
        assert f'<a href="{held.path}#score-recording">Recording</a>:' not in page
        assert "Send scores" not in page
    assert answer.status_code == 409
    assert not Decision.objects.exists()
    assert 'id="score-reflection"' in held.client.get(held.path).content.decode()


def test_send_button_of_the_form_saves_and_leads_to_the_review(held: Held):
    data = form(held.client.get(held.path).context, ALL, "Good.")
    page = held.client.post(f"{held.path}scores", {**data, "send": ""}, follow=True)
    assert page.redirect_chain[-1][0] == f"{held.path}send"
    assert "Send scores" in page.content.decode()


def test_sending_twice_is_harmless_and_thanks_with_the_next_work(held: Held, cast: Cast):
    held.score(ALL)
    for answer in [held.client.post(f"{held.path}send", follow=True) for _time in range(2)]:
        assert answer.status_code == 200
        assert "Thank you. Your scores are sent." in answer.content.decode()
    assert Decision.objects.count() == 1
    assert held.client.get(f"{held.path}send").status_code == 302
    late = held.client.post(f"{held.path}scores", {"level-overview": "not-yet"}, follow=True)
    assert "You sent these scores already." in late.content.decode()


def test_thanks_lead_to_the_work_that_is_due_next(held: Held, cast: Cast):
    held.score(ALL)
    cast.client("assessor")
    other = offer_of(cast, b.submitted(cast.outsider, cast.item))
    other.client.post(f"{other.path}accept")
    if other.membership != held.membership:  # the pool's other assessor was asked: let her hand it back
        other.client.post(f"{other.path}decline")
        b.run_waiting_jobs()
        other = offer_of(cast, other.submission)
        other.client.post(f"{other.path}accept")
    assert other.membership == held.membership
    held.client.post(f"{held.path}send")
    assert f'href="{other.path}">Next: {other.assignment.code}' in held.client.get(held.path).content.decode()


def test_withdrawn_work_needs_no_scores_any_more(held: Held, cast: Cast):
    held.score(ALL)
    portfolio.withdraw_attempt(actor=b.actor(cast.earner), token=held.submission.token, now=b.NOW)
    for _when in ("before the job ran", "after"):
        for answer in (
            held.client.get(held.path, follow=True),
            held.client.post(f"{held.path}send", follow=True),
        ):
            assert answer.redirect_chain[-1][0] == "/assess/"
            assert "needs no scores any more" in answer.content.decode()
        b.run_waiting_jobs()
    assert not Decision.objects.exists()


# -- a second attempt --------------------------------------------------------------------------------------------------


def test_kept_criteria_are_named_without_levels_when_the_work_comes_again(cast: Cast):
    token = cast.not_yet().token
    portfolio.begin_attempt(actor=b.actor(cast.earner), token=token, now=b.NOW)
    again = Submission.objects.get(token=token)
    b.fill(b.actor(cast.earner), again)
    portfolio.submit_attempt(actor=b.actor(cast.earner), token=token, attested=list(b.AttestationKind), now=b.NOW)
    b.run_waiting_jobs()
    held = offer_of(cast, Submission.objects.get(token=token))
    held.client.post(f"{held.path}accept")
    page = held.client.get(held.path).content.decode()
    assert "Not part of this reading: Overview, Reflection." in " ".join(page.split())
    assert "0 of 1 criterion scored" in page
    assert 'name="level-recording"' in page
    assert 'name="level-overview"' not in page
    assert "Say which students spoke" not in page  # the comments of the earlier reading
    assert not re.search(r'name="level-[^>]*checked', page)
    assert [row.criterion.key for row in scoring_rows(held.assignment) if row.kept] == ["overview", "reflection"]
    refused = autosave(held, "level-overview", "passing")
    assert refused.status_code == 400
