"""Components say what they show in words, and give nothing of the outside a way in."""

from datetime import date

import pytest
from django import forms
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from touchstone.kit.paging import Page
from touchstone.portfolio.enums import AttemptState
from touchstone.web.ui import components
from touchstone.web.ui.styleguide import CHOSEN, PASSING, RUBRIC


def render(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context, RequestFactory().get("/list/?q=wait&after=old"))


class Sample(forms.Form):
    name = forms.CharField(label="Your name", help_text="As on the badge")
    note = forms.CharField(label="Note", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect)


def test_field_when_wrong_then_error_and_help_describe_it() -> None:
    form = Sample({"name": ""})
    html = render("{% field form.name %}", form=form)
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html


def test_field_when_not_required_then_says_optional() -> None:
    form = Sample()
    assert "(optional)" in render("{% field form.note %}", form=form)
    assert "(optional)" not in render("{% field form.note optional=False %}", form=form)
    assert "(optional)" not in render("{% field form.name %}", form=form)


def test_field_when_a_choice_then_fieldset_with_legend() -> None:
    html = render("{% field form.kind %}", form=Sample())
    assert "<fieldset" in html
    assert "<legend>Kind" in html


def test_error_summary_when_wrong_then_links_to_each_field() -> None:
    html = render("{% error_summary form %}", form=Sample({}))
    assert "2 things need your attention" in html
    assert 'href="#id_name"' in html
    assert render("{% error_summary form %}", form=Sample({"name": "R", "kind": "a"})).strip() == ""


@pytest.mark.parametrize("state", AttemptState.values)
def test_chip_when_attempt_state_then_icon_and_its_own_word(state: str) -> None:
    html = render("{% chip state %}", state=state)
    assert str(AttemptState(state).label) in html
    assert "<svg" in html


def test_loop_when_submitted_then_assessment_is_current_and_earned_is_all_done() -> None:
    assert [step.progress for step in components.loop("submitted")] == ["done", "done", "done", "current", "ahead"]
    assert {step.progress for step in components.loop("earned")} == {"done"}
    assert components.loop("")[0].progress == "current"


def test_notice_when_text_is_hostile_then_escaped() -> None:
    html = render('{% notice "warn" title=title %}<p>{{ text }}</p>{% endnotice %}', title="<b>", text="<script>")
    assert "&lt;b&gt;" in html
    assert "&lt;script&gt;" in html
    assert "<p>" in html


def test_rubric_when_passing_and_chosen_then_both_in_words() -> None:
    html = render("{% rubric rubric passing=passing chosen=chosen %}", rubric=RUBRIC, passing=PASSING, chosen=CHOSEN)
    assert html.count("Needed to earn it") == 3
    assert html.count("Your work is here") == 2


def test_scoring_when_carried_then_criterion_is_closed() -> None:
    html = render(
        "{% rubric_scoring rubric chosen=chosen carried=carried revisions=revisions saving=True %}",
        rubric=RUBRIC,
        chosen=CHOSEN,
        carried={"reflection": "proficient"},
        revisions={"level-wait": 4},
    )
    assert html.count("disabled") == 1
    assert "Met last time" in html
    assert 'data-revision="4"' in html
    assert '<input type="hidden" name="revision-level-wait" value="4">' in html
    assert "revision-level-reflection" not in html
    assert html.count("<textarea") == 2


def test_pager_when_more_then_keeps_the_query() -> None:
    assert 'href="?q=wait&amp;after=next"' in render("{% pager page %}", page=Page([], "next"))
    assert "href" not in render("{% pager page %}", page=Page([], None))


def test_words_when_outside_the_range_then_marked() -> None:
    source = '{% word_counter field_id="a" minimum=100 maximum=250 count=n %}'
    assert "outside" in render(source, n=99)
    assert "outside" not in render(source, n=100)


def test_nav_link_when_no_such_page_then_nothing() -> None:
    assert render('{% nav_link "no_such_page" "X" %}') == ""


@pytest.mark.parametrize(
    "kind", ["work_offered", "decision_released", "award_ready", "nobody_eligible", "attempt_submitted"]
)
def test_mail_when_written_then_subject_first_link_in_body_and_nothing_escaped(kind: str) -> None:
    context = {"title": "Wait & see", "link": "https://t.example/x?a=1&b=2", "due": date(2026, 3, 20), "code": "K7-RT"}
    subject, _, text = render_to_string(f"mail/{kind}.txt", context).strip().partition("\n")
    assert "Wait & see" in subject
    assert "https://t.example/x?a=1&b=2" in text
    assert "earned" not in text.lower()
    assert "not yet" not in text.lower()
    html = render_to_string("mail/frame.html", {"subject": subject, "text": text})
    assert '<a href="https://t.example/x?a=1&amp;b=2"' in html
    assert "Wait &amp; see" in html


def test_copy_box_when_it_holds_markup_then_shows_it_as_text() -> None:
    for value in ('<a href="https://a.example.org">', mark_safe('<a href="https://a.example.org">')):
        html = render('{% copy_box value "To copy" %}', value=value)
        assert 'value="&lt;a href=&quot;https://a.example.org&quot;&gt;"' in html
        assert "<a " not in html
