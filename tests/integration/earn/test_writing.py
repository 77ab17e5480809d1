"""Answers: saved as they are written, never overwritten silently, never lost."""

import pytest
from django.test import Client

from tests import builders as b
from tests.cast import EVERYONE
from tests.integration.earn.conftest import JSON, Desk, words_of
from touchstone.portfolio.actions import ANSWER_CAP
from touchstone.web.acting import SESSION_KEY


def test_workspace_when_opened_then_shows_parts_in_order_with_what_is_asked(blank: Desk):
    page = blank.page()
    assert page.index("Part 1:") < page.index("Part 2:") < page.index("Part 3:")
    assert 'name="text-context"' in page
    assert "0 words; 3–100 asked" in page
    assert "How this is judged:" in page
    assert "The work shows the whole method." in page
    assert "“Which lesson was it?” has 0 words; at least 3 are asked." in page
    assert f'data-autosave="{blank.path}answers/context"' in page


def test_workspace_when_everything_is_there_then_says_so(draft: Desk):
    assert "Everything is there" in draft.page()


def test_autosave_when_a_text_is_sent_then_answers_revision_time_and_words(blank: Desk):
    answer = blank.autosave("context", "Fractions in grade four.", 0)
    assert answer.status_code == 200
    found = answer.json()
    assert (found["revision"], found["words"]) == (1, 4)
    assert len(found["saved_at"]) == 5
    assert found["saved_at"][2] == ":"
    assert blank.answer().text == "Fractions in grade four."


def test_autosave_when_the_form_names_the_field_text_then_takes_it(blank: Desk):
    sent = {"text": "Grade four.", "revision": "0"}
    assert blank.post("answers/context", sent, headers=JSON).json()["revision"] == 1


def test_autosave_when_another_tab_saved_first_then_gives_both_back(draft: Desk):
    seen = draft.revision()
    assert draft.autosave("context", "Tab one wrote this.", seen).status_code == 200
    answer = draft.autosave("context", "Tab two wrote that.", seen)
    assert answer.status_code == 409
    found = answer.json()
    assert (found["theirs"], found["revision"]) == ("Tab one wrote this.", seen + 1)
    assert "another window" in found["error"]
    assert draft.answer().text == "Tab one wrote this."
    assert draft.autosave("context", "Tab two wrote that.", found["revision"]).status_code == 200


@pytest.mark.parametrize("revision", ["", "-1", "one", "9" * 40, "²"])
def test_autosave_when_the_revision_is_odd_then_never_overwrites(draft: Desk, revision: str):
    before = draft.answer().text
    assert draft.autosave("context", "Overwritten.", revision).status_code == 409
    assert draft.answer().text == before


def test_autosave_when_the_text_is_as_long_as_allowed_then_keeps_all_of_it(blank: Desk):
    text = "é" * ANSWER_CAP
    assert blank.autosave("context", text, 0).status_code == 200
    assert blank.answer().text == text


def test_autosave_when_the_text_is_too_long_then_says_so(blank: Desk):
    answer = blank.autosave("context", "a" * (ANSWER_CAP + 1), 0)
    assert answer.status_code == 400
    assert "200001 characters" in answer.json()["error"].replace(",", "")


def test_autosave_when_lines_end_as_browsers_send_them_then_they_count_once(blank: Desk):
    text = "a\r\n" * (ANSWER_CAP // 2)
    assert blank.autosave("context", text, 0).status_code == 200
    assert blank.answer().text == "a\n" * (ANSWER_CAP // 2)


def test_autosave_when_the_question_is_unknown_then_refuses(draft: Desk):
    answer = draft.autosave("nothing", "Hm.", 0)
    assert answer.status_code == 400
    assert "no such question" in answer.json()["error"]


def test_autosave_when_no_text_is_sent_then_changes_nothing(draft: Desk):
    before = draft.answer().text
    assert draft.post("answers/context", {"revision": "1"}, headers=JSON).status_code == 400
    assert draft.cast.client("colleague").post(f"{draft.path}answers/context", headers=JSON).status_code == 404
    assert draft.answer().text == before


def test_autosave_when_handed_in_already_then_refuses_with_a_sentence(sent: Desk):
    answer = sent.autosave("context", "Later thoughts.", 1)
    assert answer.status_code == 409
    assert "handed in" in answer.json()["error"]
    assert "theirs" not in answer.json()


def test_autosave_when_signed_out_then_401_in_json(draft: Desk):
    draft.client.logout()
    answer = draft.autosave("context", "Typed while signed out.", 1)
    assert answer.status_code == 401
    assert "Sign in again" in answer.json()["error"]


def test_save_part_when_pressed_then_saves_every_answer_and_returns_to_the_part(blank: Desk):
    answer = blank.save("overview", text_context="Grade four, fractions.", revision_text_context="0")
    assert answer.status_code == 302
    assert answer["Location"] == f"{blank.path}#part-overview"
    assert blank.answer().text == "Grade four, fractions."
    assert "Saved " in blank.page()


def test_save_part_when_sent_twice_then_is_harmless(blank: Desk):
    for _time in range(2):
        answer = blank.save("overview", text_context="The same.", revision_text_context="0")
        assert answer.status_code == 302
    assert blank.revision() == 1


def test_save_part_when_another_tab_saved_first_then_shows_both_and_asks(draft: Desk):
    seen = draft.revision()
    draft.autosave("context", "Tab one <b>wrote</b> this.", seen)
    answer = draft.save("overview", text_context="Tab two wrote that.", revision_text_context=str(seen))
    page = words_of(answer)
    assert answer.status_code == 409
    assert "Tab one &lt;b&gt;wrote&lt;/b&gt; this." in page
    assert "Tab two wrote that.</textarea>" in page
    assert 'name="keep-context" value="mine" required' in page
    assert f'name="revision-text-context" value="{seen + 1}"' in page
    assert draft.answer().text == "Tab one <b>wrote</b> this."


@pytest.mark.parametrize(("choice", "stands"), [("mine", "Mine."), ("theirs", "Theirs.")])
def test_save_part_when_the_choice_is_made_then_it_stands(draft: Desk, choice: str, stands: str):
    draft.autosave("context", "Theirs.", draft.revision())
    revision = str(draft.revision())
    answer = draft.save("overview", text_context="Mine.", revision_text_context=revision, keep_context=choice)
    assert answer.status_code == 302
    assert draft.answer().text == stands


def test_save_part_when_one_text_is_too_long_then_shows_it_again_whole(blank: Desk):
    text = "word " * (ANSWER_CAP // 5) + "x"
    answer = blank.save("overview", text_context=text, revision_text_context="0")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "200001 characters" in page.replace(",", "")
    assert text in page


def test_save_part_when_one_answer_cannot_be_saved_then_the_others_are(cast, blank: Desk):
    parts = b.document("two", cast.issuer.slug)["parts"]
    parts[0]["prompts"].append({"key": "class", "text": "Which class?", "min_words": 1, "max_words": 9})
    rubric = b.document("two", cast.issuer.slug)["rubric"]
    rubric["criteria"][0]["covers"].append("class")
    version = b.version("two", of=cast.issuer, parts=parts, rubric=rubric)
    submission = b.portfolio.start_submission(actor=b.actor(cast.earner), version=version, now=b.NOW)
    desk = Desk(cast, submission, cast.client("earner"))
    answer = desk.save("overview", text_context="x" * (ANSWER_CAP + 1), text_class="Four b.")
    assert answer.status_code == 409
    assert desk.answer("class").text == "Four b."


def test_answer_without_javascript_when_sent_then_returns_to_the_question(blank: Desk):
    answer = blank.post("answers/context", {"text": "Grade four.", "revision": "0"})
    assert (answer.status_code, answer["Location"]) == (302, f"{blank.path}#at-context")


def test_save_part_when_the_part_is_unknown_then_not_found_and_the_text_is_shown(draft: Desk):
    answer = draft.save("nothing", text_context="Typed with care.")
    assert answer.status_code == 404
    assert "Typed with care.</textarea>" in words_of(answer)


def test_save_part_when_signed_out_then_shows_the_text_and_the_way_back(draft: Desk):
    before = draft.answer().text
    draft.client.logout()
    answer = draft.save("overview", text_context="Typed <with> care.", revision_text_context="1")
    page = words_of(answer)
    assert answer.status_code == 401
    assert "Your text is still here" in page
    assert "Typed &lt;with&gt; care.</textarea>" in page
    assert f'href="/account/login/?next={draft.path}"' in page
    assert draft.answer().text == before


def test_save_part_when_handed_in_in_another_window_then_shows_the_text(sent: Desk):
    answer = sent.save("overview", text_context="One more thought.", revision_text_context="1")
    page = words_of(answer)
    assert answer.status_code == 409
    assert "handed in" in page
    assert "One more thought.</textarea>" in page
    assert sent.answer().text != "One more thought."


def test_pages_when_the_owner_acts_in_a_role_then_say_how_to_come_back(draft: Desk):
    cast = draft.cast
    role = b.member(cast.earner, cast.issuer, "assessor")
    client = Client()
    client.force_login(cast.earner.account)
    session = client.session
    session[SESSION_KEY] = str(role.id)
    session.save()
    assert client.get(draft.path).status_code == 403
    answer = client.post(f"{draft.path}parts/overview", {"text-context": "Typed in the wrong role."})
    assert answer.status_code == 403
    assert "Typed in the wrong role.</textarea>" in words_of(answer)
    saved = client.post(f"{draft.path}answers/context", {"text": "x", "revision": "1"}, headers=JSON)
    assert saved.status_code == 403
    assert "Educator" in saved.json()["error"]


@pytest.mark.parametrize("who", [name for name in EVERYONE if name not in {"anonymous", "earner"}])
@pytest.mark.parametrize("path", ["", "submit", "withdraw"])
def test_pages_when_they_are_somebody_elses_then_not_found(draft: Desk, who: str, path: str):
    assert draft.cast.client(who).get(draft.path + path).status_code == 404


@pytest.mark.parametrize("path", ["answers/context", "parts/overview", "evidence/recording/link", "submit", "again"])
def test_forms_when_they_are_somebody_elses_then_not_found_and_nothing_changes(draft: Desk, path: str):
    before = draft.answer().text
    sent = {"text-context": "Not mine.", "revision": "1", "url": "https://example.org/x"}
    assert draft.cast.client("colleague").post(draft.path + path, sent).status_code == 404
    assert draft.answer().text == before
    assert len(draft.artifacts()) == 1


@pytest.mark.parametrize("path", ["", "submit", "withdraw"])
def test_pages_when_signed_out_then_ask_to_sign_in_and_return(draft: Desk, path: str):
    answer = draft.cast.client("anonymous").get(draft.path + path)
    assert answer["Location"] == f"/account/login/?next={draft.path}{path}"


@pytest.mark.parametrize("path", ["answers/context", "parts/overview", "again"])
def test_form_addresses_when_only_looked_at_then_405(draft: Desk, path: str):
    assert draft.client.get(draft.path + path).status_code == 405


@pytest.mark.parametrize("token", ["x", "%00", "0" * 26, "a" * 300])
def test_pages_when_the_token_is_odd_then_not_found(draft: Desk, token: str):
    assert draft.client.get(f"/earn/{token}/").status_code == 404


def test_forms_when_the_csrf_token_is_missing_then_refuse(draft: Desk):
    client = Client(enforce_csrf_checks=True)
    client.force_login(draft.cast.earner.account)
    answer = client.post(f"{draft.path}answers/context", {"text": "x", "revision": "1"}, headers=JSON)
    assert answer.status_code == 403
    assert draft.answer().text != "x"
