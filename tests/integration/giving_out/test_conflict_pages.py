"""Telling whom one knows: the same words whoever was meant, one's own list, and taking it back."""

import re

import pytest

from tests import builders as b
from tests.cast import Cast
from touchstone.people.models import ConflictStatement, Employment, Person, Tie

HERE = "/account/conflicts/"


def _tell(cast: Cast, who: str = "earner", **told: str) -> str:
    answer = cast.client(who).post(HERE, {"kind": "knows", **told}, follow=True)
    b.run_waiting_jobs()
    return answer.content.decode()


def _without_what_was_typed(text: str, *typed: str) -> str:
    text = re.sub(r'name="(csrfmiddlewaretoken|statement)" value="[\w-]+"', "", text)
    for word in typed:
        text = text.replace(word, "…")
    return text


def test_the_answer_is_the_same_whether_anybody_matched_or_not(cast: Cast):
    known, stranger = cast.assessor.person.person.account.email, "nobody@nowhere.example"
    matched = _without_what_was_typed(_tell(cast, email=known), known)
    assert Tie.objects.count() == 1
    cast.client("earner").post(f"{HERE}withdraw", {"statement": str(ConflictStatement.objects.get().id)})
    cast.client("earner").get(HERE)  # the message that it is taken back
    missed = _without_what_was_typed(_tell(cast, email=stranger), stranger)
    assert Tie.objects.count() == 1
    assert "Thank you, this is noted." in matched
    assert matched == missed


def test_earner_and_assessor_alike_see_their_own_and_nobody_elses(cast: Cast):
    _tell(cast, name="Ulla Unheard")
    _tell(cast, "assessor", name="Otto Overseen")
    mine, theirs = (cast.client(who).get(HERE).content.decode() for who in ("earner", "assessor"))
    assert "Ulla Unheard" in mine
    assert "Ulla Unheard" not in theirs
    assert "Otto Overseen" in theirs
    assert "Otto Overseen" not in mine


def test_taken_back_then_it_is_gone_and_its_ties_end_and_a_stranger_cannot(cast: Cast):
    _tell(cast, email=cast.assessor.person.person.account.email)
    statement = {"statement": str(ConflictStatement.objects.get().id)}
    assert cast.client("assessor").post(f"{HERE}withdraw", statement).status_code == 404
    assert not Tie.objects.get().to_date
    text = cast.client("earner").post(f"{HERE}withdraw", statement, follow=True).content.decode()
    assert "This is taken back." in text
    assert Tie.objects.get().to_date
    assert cast.client("earner").post(f"{HERE}withdraw", {"statement": "x"}).status_code == 404


def test_a_whole_place_is_told_by_its_name(cast: Cast):
    text = _tell(cast, place="away school")
    assert "Everybody at Away School" in text
    assert ConflictStatement.objects.get().organisation.slug == "away-school"


def test_places_that_fit_are_offered_and_one_is_chosen(cast: Cast):
    refused = cast.client("earner").post(HERE, {"kind": "knows", "place": "maple"})
    assert refused.status_code == 400
    assert 'value="maple-school"' in refused.content.decode()
    assert not ConflictStatement.objects.exists()
    _tell(cast, place="maple", organisation="maple-school")
    assert ConflictStatement.objects.get().organisation.slug == "maple-school"


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"email": "not an address"},
        {"email": "rosa.marchetti@maple.example.org"},
        {"place": "Nowhere at all"},
        {"kind": "enemy", "name": "Somebody"},
        {"name": "x" * 121},
    ],
)
def test_what_cannot_be_noted_is_said_and_what_was_typed_stays(cast: Cast, told: dict[str, str]):
    answer = cast.client("earner").post(HERE, {"kind": "knows", **told})
    assert answer.status_code == 400
    assert not ConflictStatement.objects.exists()
    for typed in (told.get("email", ""), told.get("place", "")):
        assert typed in answer.content.decode()


def test_an_assessor_is_told_what_is_not_confirmed_and_an_earner_is_not_asked_for_it(cast: Cast):
    Person.objects.update(identity_confirmed_at=None)
    Employment.objects.update(confirmed_at=None)
    assessor, earner = (cast.client(who).get(HERE).content.decode() for who in ("assessor", "earner"))
    assert "until an administrator has confirmed who you are" in assessor
    assert "until an administrator of Away School has confirmed that you work there" in assessor
    assert "until an administrator" not in earner
