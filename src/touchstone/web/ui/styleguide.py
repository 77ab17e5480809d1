"""/styleguide/: every component, live, with the line to copy."""

from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from touchstone.core.rubric import Criterion, Level, Rubric
from touchstone.kit.paging import Page

_LEVELS = (
    Level("beginning", "Beginning", "The wait after a question is not yet visible, or only one student answers."),
    Level("developing", "Developing", "Waits three seconds after most questions; a few students answer."),
    Level("proficient", "Proficient", "Waits after every question and after answers; most students take part."),
)
RUBRIC = Rubric(
    (
        Criterion("wait", "artifacts", "Time to think", (), _LEVELS),
        Criterion("answers", "artifacts", "What is done with answers", (), _LEVELS),
        Criterion("reflection", "reflection", "What you learned", (), _LEVELS),
    )
)
PASSING = {"wait": "proficient", "answers": "proficient", "reflection": "developing"}
CHOSEN = {"wait": "proficient", "answers": "developing"}
TOPICS = ("Literacy", "Assessment", "Mathematics", "Family partnership", "Leadership", "Technology", "Belonging")
STATES = ("draft", "submitted", "not_yet", "earned", "withdrawn", "offered", "accepted", "scored", "declined")
MORE_STATES = ("passed", "failed", "not_checked", "met", "not_met", "carried", "private", "link", "listed")
LAST_STATES = ("revoked", "expired", "overdue")


class SampleForm(forms.Form):
    """One field of each shape."""

    name = forms.CharField(label="Your name", help_text="As it should stand on your badges.", max_length=40)
    email = forms.EmailField(label="E-mail")
    grade = forms.ChoiceField(
        label="Grade band", choices=[("k2", "K–2"), ("35", "3–5"), ("68", "6–8"), ("912", "9–12")]
    )
    visibility = forms.ChoiceField(
        label="Who may see this award",
        choices=[("private", "Only you"), ("link", "Anyone with the link"), ("listed", "Everyone")],
        widget=forms.RadioSelect,
    )
    reflection = forms.CharField(label="What changed for your students?", widget=forms.Textarea, required=False)
    release = forms.BooleanField(label="I hold a signed release for every student who can be recognised.")


@dataclass(frozen=True, slots=True)
class Entry:
    title: str
    at: datetime | None = None
    text: str = ""
    url: str = ""
    current: bool = False


TIMELINE = (
    Entry("Started", datetime(2026, 3, 2, 15, 10, tzinfo=UTC)),
    Entry("Submitted", datetime(2026, 3, 9, 20, 42, tzinfo=UTC), "First attempt: four files, 612 words."),
    Entry("Being assessed", None, "You will hear from us by 20 March.", current=True),
)
CHECKS = (
    SimpleNamespace(name="Signature", result="passed", sentence="Nothing was changed since the issuer signed it."),
    SimpleNamespace(name="Status", result="not_checked", sentence="The issuer's list could not be reached."),
    SimpleNamespace(name="Dates", result="failed", sentence="This credential expired on 1 March 2026."),
)
REMOVED = (
    SimpleNamespace(what="the name of the author", value="R. Alvarez"),
    SimpleNamespace(what="where the photo was taken", value=None),
)
REMARKS = (SimpleNamespace(what="a name is written in the text", value="Ms. Alvarez"),)


def styleguide(request: HttpRequest) -> HttpResponse:
    """GET; fields show their errors when the query says so."""
    form = SampleForm({"name": "R. Alvarez", "email": "not an address"} if "errors" in request.GET else None)
    facts = [("Effort", "10 hours"), ("Assessed within", "7 business days"), ("Issuer", "Harbor Teachers Guild")]
    context = {
        "form": form,
        "rubric": RUBRIC,
        "passing": PASSING,
        "chosen": CHOSEN,
        "comments": {"wait": "You wait, and they answer."},
        "carried": {"reflection": "proficient"},
        "topics": [(topic, [topic.lower()], f"issuer-{place}") for place, topic in enumerate(TOPICS)],
        "states": (*STATES, *MORE_STATES, *LAST_STATES),
        "labels": ["Choose", "Collect", "Submit", "Assessed"],
        "notes": ["", "2 of 4 files"],
        "facts": facts,
        "timeline": TIMELINE,
        "checks": CHECKS,
        "removed": REMOVED,
        "remarks": REMARKS,
        "page": Page([], "WyJhIl0"),
        "tones": ["info", "success", "warn", "problem", "plain"],
    }
    return render(request, "styleguide/index.html", context)
