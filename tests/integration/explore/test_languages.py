"""Reading in another language: the catalogue and its translations, the pages, the switch, mails; never the badge."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils import formats, translation

from tests import builders as b
from tests.cast import Cast
from touchstone.catalogue import actions as catalogue
from touchstone.catalogue import reading
from touchstone.catalogue.models import Version
from touchstone.core.content import Topic, texts_of
from touchstone.credentials.models import Award
from touchstone.flows import notices
from touchstone.kit.models import OutgoingMail
from touchstone.people import actions as people
from touchstone.people.models import Person

TITLE = "Tiempo de espera"
# Words that stand in almost every English sentence of ours and in no Spanish one.
ENGLISH = re.compile(r"\b(the|and|your|you|with|this|what|when|from|not|is|are|of|nothing|everything)\b", re.I)
WRITTEN = ("What students said.", "Say which students spoke after the pause.")
OPEN = ("/", "/explore/", "/explore/?q=zzyzx", "/verify/", "/holders/", "/account/login/", "/account/signup/",
        "/account/password/reset/", "/issuers/exchange/", "/micro-credentials/wait-time/",
        "/stacks/questioning/")  # fmt: skip
OWN = ("/earn/", "/awards/", "/account/profile/", "/account/activity/", "/account/data/", "/account/data/erase/",
       "/account/work/", "/account/work/find/", "/account/conflicts/", "/account/email/", "/account/2fa/",
       "/account/password/change/", "/account/sessions/")  # fmt: skip


@pytest.fixture(autouse=True)
def as_asked() -> Iterator[None]:
    yield
    reading.ask_for("")
    translation.activate("en")


def spanish(text: Any) -> Any:
    """A translation that shows its original: every text of a tree with a mark."""
    if isinstance(text, dict):
        return {key: spanish(inner) for key, inner in text.items()}
    return [spanish(inner) for inner in text] if isinstance(text, list) else f"¡{text}!"


def words(document: dict[str, Any], kind: str = "item", **changes: str) -> dict[str, Any]:
    return {"translations": {"es": {**spanish(texts_of(document, kind)), **changes}}}


@pytest.fixture
def item(cast: Cast) -> Version:
    """The cast's item in a second edition that has a Spanish translation."""
    return b.version(of=cast.issuer, **words(b.document(), title=TITLE, summary="Esperar tres segundos."))


def speaks(person: Person, language: str) -> None:
    people.choose_language(actor=b.actor(person), language=language, now=b.NOW)


def page(client: Client, path: str, language: str = "es") -> str:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().split())


class Visible(HTMLParser):
    """The texts and labels of a page that stand in its own language, not in a passage marked as another's."""

    NEVER_CLOSED = frozenset({"meta", "link", "input", "img", "br", "hr", "path", "circle", "wbr", "source", "track"})

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language, self.open, self.said = language, [("", language)], list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        language = named.get("lang", self.open[-1][1])
        hidden = tag in {"script", "style", "svg", "option"}
        if tag not in self.NEVER_CLOSED:
            self.open.append((tag, "hidden" if hidden else language))
        if language == self.language:
            labels = [value for name, value in named.items() if name in {"aria-label", "alt", "placeholder", "title"}]
            self.said += [*labels, *(value for name, value in named.items() if re.fullmatch(r"data-.*-text", name))]

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open[-1][1] == self.language and data.strip():
            self.said.append(" ".join(data.split()))


def english_in(text: str) -> list[str]:
    """What is still English on a Spanish page, beside what people wrote and what ``spanish`` marks as translated."""
    seen = Visible("es")
    seen.feed(text)
    return [said for said in seen.said if ENGLISH.search(said) and "¡" not in said and said not in WRITTEN]


def test_item_when_the_reader_reads_spanish_then_is_spanish_with_a_way_to_the_original(
    cast: Cast, item: Version
) -> None:
    anyone = cast.client("anonymous")
    text = page(anyone, "/micro-credentials/wait-time/")
    assert f'<h1 lang="es">{TITLE}</h1>' in text
    assert "¡The work shows the whole method.!" in text
    assert "El trabajo se evalúa en inglés" in text
    assert '<a href="?in=en" hreflang="en" lang="en">Read in English</a>' in text
    original = page(anyone, "/micro-credentials/wait-time/?in=en")
    assert '<h1 lang="en">Wait time</h1>' in original
    assert "Leer en español" in original
    assert '<html lang="es">' in original
    assert "Wait time</h1>" in page(anyone, "/micro-credentials/wait-time/", "en")
    assert "Wait time</h1>" in page(anyone, "/micro-credentials/wait-time/?in=xx", "en")
    assert f'<div lang="es"> <h3><a href="/micro-credentials/wait-time/">{TITLE}' in page(anyone, "/explore/")


def test_explore_when_words_are_of_either_language_then_finds_it(cast: Cast, item: Version) -> None:
    anyone = cast.client("anonymous")
    for asked in ("esperando segundo", "ESPERAR", "waits seconds"):
        assert "/micro-credentials/wait-time/" in page(anyone, f"/explore/?q={asked}"), asked


def test_topics_when_the_reader_reads_spanish_then_are_named_and_found_in_spanish(cast: Cast) -> None:
    in_spanish = Topic("questioning", "Preguntas", ("dudas",), {})
    topic = Topic("questioning", "Questioning", ("cold call",), {"es": in_spanish})
    catalogue.set_topics(actor=b.SYSTEM, topics=[topic], now=b.NOW)
    b.version("dudar", of=cast.issuer, title="Doubts")
    anyone = cast.client("anonymous")
    assert '<option value="questioning">Preguntas</option>' in page(anyone, "/explore/")
    assert '<option value="questioning">Questioning</option>' in page(anyone, "/explore/", "en")
    assert "/micro-credentials/dudar/" in page(anyone, "/explore/?q=dudas", "en")


def test_stack_when_translated_then_reads_in_both_languages(cast: Cast) -> None:
    document = cast.stack().document
    catalogue.publish_stack(actor=b.SYSTEM, document=document | words(document, "stack"), now=b.NOW)
    anyone = cast.client("anonymous")
    assert '<h1 lang="es">¡Questioning!</h1>' in page(anyone, "/stacks/questioning/")
    assert '<h1 lang="en">Questioning</h1>' in page(anyone, "/stacks/questioning/?in=en")
    assert "¡Questioning!" in page(anyone, "/explore/")


def test_work_and_bench_when_they_read_spanish_then_are_spanish_and_the_badge_stays_english(
    cast: Cast, item: Version
) -> None:
    speaks(cast.earner, "es")
    for who in (cast.assessor, cast.second):
        assert who.person.person
        speaks(who.person.person, "es")
    submission = b.submitted(cast.earner, item)
    earner = cast.client("earner")
    assert TITLE in page(earner, f"/earn/{submission.token}/", "en")
    assignment = cast.assignment(submission)
    reader = cast.membership_of(assignment)
    desk = cast.client("assessor" if reader == cast.assessor else "second")
    assert f"¿Evaluarás “{TITLE}”?" in page(desk, f"/assess/{assignment.token}/", "en")
    b.score(assignment, reader)
    sent = page(desk, f"/assess/{assignment.token}/", "en")
    assert "¡Which lesson was it?!" in sent
    assert "¡What did you learn?!" in page(earner, f"/earn/{submission.token}/", "en")
    award = Award.objects.get()
    assert award.title == award.badge.document["credentialSubject"]["achievement"]["name"] == "Wait time"
    shown = page(earner, f"/awards/{award.token}", "en")
    assert "¡The educator waits at least three seconds after a question.!" in shown
    assert not english_in(shown) + english_in(sent)
    mails = {row.kind: row for row in OutgoingMail.objects.filter(to="rosa.marchetti@maple.example.org")}
    assert TITLE in mails["decision_released"].text
    assert mails["attempt_submitted"].subject == f"Tenemos tu trabajo para {TITLE}"
    assert '<html lang="es">' in mails["award_ready"].html


def test_notices_when_two_read_different_languages_then_each_is_written_to_in_hers(cast: Cast, item: Version) -> None:
    leader = cast.leader.person.person
    assert leader
    speaks(leader, "es")
    submission = b.submitted(cast.earner, item)
    notices.pair_disagrees(submission.current, b.NOW)
    row = OutgoingMail.objects.get(kind="pair_disagrees")
    assert row.subject == f"Dos evaluadores difieren con frecuencia en {TITLE}"
    assert OutgoingMail.objects.get(kind="attempt_submitted").subject == "We have your work for Wait time"


def test_switch_when_pressed_then_pages_follow_and_an_account_keeps_it(cast: Cast) -> None:
    anyone, earner = Client(), cast.client("earner")
    answer = anyone.post("/account/language", {"language": "es", "next": "/verify/"})
    assert (answer.status_code, answer["Location"]) == (302, "/verify/")
    spoken = page(anyone, "/verify/", "en")
    assert '<html lang="es">' in spoken
    assert 'value="en" lang="en">English</button>' in spoken
    anyone.force_login(cast.colleague.account)  # her account's own language wins from here on
    assert '<html lang="en">' in page(anyone, "/verify/", "es")
    earner.post("/account/language", {"language": "es", "next": "https://elsewhere.example.org/"})
    assert Person.objects.get(id=cast.earner.id).language == "es"
    assert '<html lang="es">' in page(earner, "/earn/", "en")
    earner.post("/account/language", {"language": "xx"})
    assert Person.objects.get(id=cast.earner.id).language == "es"


def test_machines_when_they_name_a_language_then_read_the_same_bytes(cast: Cast, item: Version) -> None:
    cast.earned()
    award = Award.objects.get()
    Award.objects.update(visibility="link")
    for path in (f"/awards/{award.token}/badge.json", f"/awards/{award.token}"):
        english, in_spanish = (
            Client().get(path, headers={"accept-language": language, "accept": "application/json"})
            for language in ("en", "es")
        )
        assert english.content == in_spanish.content
        assert english.json()["credentialSubject"]["achievement"]["name"] == "Wait time"


def test_numbers_and_dates_when_in_spanish_then_are_those_of_the_united_states(cast: Cast) -> None:
    with translation.override("es"):
        assert formats.number_format(1234.5, decimal_pos=1, use_l10n=True, force_grouping=True) == "1,234.5"
        assert formats.date_format(b.NOW, "DATE_FORMAT") == "7 de septiembre de 2026"


def test_pages_of_visitors_and_earners_when_in_spanish_then_hold_no_english(cast: Cast, item: Version) -> None:
    cast.stack()
    submission, open_draft = cast.not_yet(), b.draft(cast.earner, b.version("second", of=cast.issuer, title="Second"))
    speaks(cast.earner, "es")
    earner = cast.client("earner")
    work = [f"/earn/{row.token}/{rest}" for row in (submission, open_draft) for rest in ("", "submit")]
    left = {path: english_in(page(Client(), path)) for path in OPEN}
    for path in (*OWN, *work):
        answer = earner.get(path, follow=True)
        assert answer.status_code == 200, path
        left[path] = english_in(answer.content.decode())
    assert not {path: said for path, said in left.items() if said}
    assert not english_in(Client().get("/nowhere/", headers={"accept-language": "es"}).content.decode())
