"""The words of the interface: every string a reader can meet has its translation, and what is compiled is that."""

import pytest
from babel.messages import Catalog

from ops import messages

# Doors of people who run an issuer or the platform: a new string there may wait for its translation.
STAFF = ("api/", "demo/", "insights/", "web/assess/", "web/author/", "web/demo/", "web/lead/", "web/measure/",
         "web/operate/", "web/organisations/", "web/templates/assess/", "web/templates/author/", "web/templates/demo/",
         "web/templates/lead/", "web/templates/measure/", "web/templates/operate/", "web/templates/organisations/",
         "web/templates/styleguide/", "web/ui/styleguide")  # fmt: skip


@pytest.fixture(scope="module")
def found() -> Catalog:
    return messages.extracted()


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_messages_hold_every_string_readers_meet_and_no_other(found: Catalog, language: str) -> None:
    untold = [
        f"{place}: {message.id}"
        for message in messages.untranslated(messages.updated(language, found))
        for place in messages.places(message)
        if not place.startswith(STAFF)
    ]
    assert not untold, "\n".join(["Run make messages, then translate in the .po file:", *untold])
    gone = messages.keys(messages.read(language)) - messages.keys(found)
    assert not gone, f"Run make messages; nobody uses these any more: {sorted(map(str, gone))}"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_messages_keep_the_placeholders_of_their_strings(language: str) -> None:
    assert not list(messages.misplaced(messages.read(language)))


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_messages_are_compiled_as_they_stand(language: str) -> None:
    compiled = messages.mo_file(language).read_bytes()
    assert compiled == messages.compiled(messages.read(language)), "Run make messages."


def test_messages_when_a_placeholder_is_lost_then_it_is_told() -> None:
    catalog = Catalog(locale="es")
    catalog.add(("{n} piece", "{n} pieces"), ("{n} pieza", "{m} piezas"), locations=[("a.py", 1)])
    catalog.add("95 %% of %(all)s", "95 % de %(all)s", locations=[("b.py", 1)])
    catalog.add("{n} of {all}", "{all}: {n}", locations=[("c.py", 1)])
    assert [line.partition(":")[0] for line in messages.misplaced(catalog)] == ["a.py", "b.py"]
