"""The quick path of signing and checking gives the same bytes as the full one, whatever the texts say."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.unit.core.openbadges.samples import DID_KEY, KEY, NOW, OTHER_KEY, PLAIN, WORLD, as_bytes, badge, copied
from touchstone.core.openbadges import canon, compose, facts, keys, proof, status
from touchstone.core.openbadges.errors import OpenBadgesError
from touchstone.core.openbadges.issuing import MOST_FORMS, AchievementSigner, OtherAchievement, Prover, check_sample
from touchstone.core.openbadges.proof import SignatureWrong
from touchstone.core.openbadges.recognition import MOST_FORMS as MOST_KNOWN_FORMS
from touchstone.core.openbadges.recognition import Templates
from touchstone.core.openbadges.report import Summary
from touchstone.core.openbadges.template import Template, moving, moving_parts
from touchstone.core.openbadges.verify import verify

METHOD = keys.verification_method(DID_KEY, KEY.multikey)
PROVER = Prover(KEY.sign, METHOD, NOW)
AWKWARD = [
    '"',
    "\\",
    "\n",
    "\r\t",
    "%s",
    "%%",
    "%(x)s",
    "{}",
    "_:c14n0",
    "<urn:x>",
    "\u2028",
    "e\u0301",
    "\ufffe",
    "\U0001f393",
    "urn:place:0:",
]
TEXTS = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from([PLAIN, WORLD]),
)
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)
IDS = st.one_of(
    st.sampled_from(["urn:example:1", "urn:example:2", "https://badges.example/é", DID_KEY, "_:b0", "not an id", ""]),
    st.uuids().map(lambda one: f"urn:uuid:{one}"),
)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))
ACHIEVEMENT = badge().achievement


def maybe(one: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), one)


BADGES = st.builds(
    facts.Badge,
    id=IDS,
    issuer=st.just(badge().issuer),
    achievement=st.just(ACHIEVEMENT),
    valid_from=MOMENTS,
    recipient=st.one_of(st.none(), st.builds(facts.HashedEmail, WORDS, WORDS), st.builds(facts.Identifier, IDS)),
    results=st.lists(st.builds(facts.CriterionResult, IDS, maybe(IDS), maybe(TEXTS)), max_size=3).map(tuple),
    evidence=st.lists(
        st.builds(facts.Evidence, maybe(IDS), maybe(TEXTS), narrative=maybe(TEXTS), genre=maybe(TEXTS)), max_size=2
    ).map(tuple),
    awarded=maybe(MOMENTS),
    valid_until=maybe(MOMENTS),
    status=maybe(st.builds(status.StatusEntry, IDS, st.integers(0, 10**6))),
)


def in_full(row: facts.Badge) -> str | type[Exception]:
    try:
        signed = proof.add_proof(
            compose.compose_credential(row), sign=KEY.sign, verification_method=METHOD, created=NOW
        )
    except OpenBadgesError as error:
        return type(error)
    return json.dumps(signed, ensure_ascii=False)


def by_template(signer: AchievementSigner, row: facts.Badge) -> str | type[Exception]:
    try:
        return signer.sign(row, PROVER)
    except OpenBadgesError as error:
        return type(error)


SIGNER = AchievementSigner(badge().issuer, ACHIEVEMENT)


@settings(max_examples=150)
@given(BADGES)
def test_badge_when_signed_by_template_then_the_same_bytes_as_by_the_full_path(row: facts.Badge) -> None:
    assert by_template(SIGNER, row) == in_full(row)


@settings(max_examples=40)
@given(st.lists(TEXTS, min_size=7, max_size=7), st.lists(IDS, min_size=3, max_size=3))
@example(["%s"] * 7, ["urn:place:0:", "urn:place:1:", "urn:place:x:0:"])
def test_badge_when_its_achievement_says_anything_then_the_same_bytes(texts: list[str], ids: list[str]) -> None:
    levels = (facts.Level(ids[0], texts[0], description=texts[1]),)
    achievement = dataclasses.replace(
        ACHIEVEMENT,
        name=texts[2],
        description=texts[3],
        criteria_narrative=texts[4],
        tags=(texts[5],),
        criteria=(facts.Criterion(ids[1], texts[6], levels),),
    )
    row = badge(achievement=achievement, id=ids[2])
    signer = AchievementSigner(row.issuer, achievement)
    for other in (row, dataclasses.replace(row, id="urn:uuid:0197b4a5-0000-4000-8000-000000000002")):
        assert by_template(signer, other) == in_full(other)


@settings(max_examples=60)
@given(BADGES, BADGES)
def test_template_when_filled_then_the_canonical_form_or_nothing(first: facts.Badge, second: facts.Badge) -> None:
    """Where the template answers at all, it says what the full algorithm says: also where signing would refuse."""
    try:
        template = Template(compose.compose_credential(first))
        credential = compose.compose_credential(dataclasses.replace(second, results=first.results))
    except OpenBadgesError:
        return
    form, values = moving(moving_parts(credential))
    if form == template.form and (filled := template.fill(values)):
        assert filled.decode() == canon.canonical_nquads(credential)


def test_badge_when_plain_then_the_template_answers_and_not_the_full_path(monkeypatch: pytest.MonkeyPatch) -> None:
    signer = AchievementSigner(badge().issuer, ACHIEVEMENT)
    signer.sign(badge(), PROVER)
    monkeypatch.setattr("touchstone.core.openbadges.issuing.add_proof", None)
    for number in range(20):
        signed = signer.sign(
            badge(id=f"urn:example:{number}", recipient=facts.HashedEmail("a@b.example", WORLD)), PROVER
        )
        assert json.loads(signed)["id"] == f"urn:example:{number}"
        check_sample([signed], KEY.public_key, [0])


def test_badge_when_of_another_achievement_then_named_error() -> None:
    with pytest.raises(OtherAchievement):
        SIGNER.sign(badge(WORLD), PROVER)


def test_signer_when_forms_are_many_then_the_oldest_make_room() -> None:
    signer = AchievementSigner(badge().issuer, ACHIEVEMENT)
    for count in range(MOST_FORMS + 3):
        evidence = tuple(facts.Evidence(f"urn:example:{number}") for number in range(count))
        signer.sign(badge(evidence=evidence), PROVER)
    assert len(signer._templates) == MOST_FORMS


def test_sample_when_one_was_changed_then_refused() -> None:
    signed = SIGNER.sign(badge(), PROVER)
    check_sample([signed, "{"], KEY.public_key, [0])
    with pytest.raises(SignatureWrong):
        check_sample([signed.replace(PLAIN, PLAIN.upper(), 1)], KEY.public_key, [0])
    with pytest.raises(SignatureWrong):
        check_sample([signed], OTHER_KEY.public_key, [0])


# -- recognising kinds of badges when they are checked -----------------------------------------------------------------


def signed(**changes: Any) -> bytes:
    return SIGNER.sign(badge(**changes), PROVER).encode()


def learned() -> Templates:
    templates = Templates()
    verify(signed(), now=NOW, templates=templates)
    return templates


LEARNED = learned()
OTHER = "urn:uuid:0197b4a5-0000-4000-8000-0000000000ff"


def test_check_when_the_kind_is_known_then_the_same_report() -> None:
    data = signed(id=OTHER, recipient=facts.HashedEmail("eva@example.org", "salt"))
    assert LEARNED.recognise(data) is not None
    quick, full = verify(data, now=NOW, templates=LEARNED), verify(data, now=NOW)
    assert (quick.steps, quick.summary, quick.credential) == (full.steps, full.summary, full.credential)
    assert quick.step("proof").code == "proof_right"


@settings(max_examples=80)
@given(st.data())
def test_check_when_any_byte_changes_then_the_same_report_as_by_the_full_path(data: st.DataObject) -> None:
    whole = bytearray(signed(id=OTHER))
    whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    quick, full = verify(bytes(whole), now=NOW, templates=LEARNED), verify(bytes(whole), now=NOW)
    assert (quick.steps, quick.summary) == (full.steps, full.summary)
    assert bytes(whole) == signed(id=OTHER) or quick.summary is not Summary.VALID


PLACES = [
    ("id", "_:b0"),
    ("id", "urn:uuid:0197b4a5-0000-4000-8000-00000000000a"),
    ("id", ""),
    ("validFrom", "yesterday"),
    ("validFrom", "2026-11-22T09:30:00Z\u0085"),
    ("validUntil", "9999"),
    ("awardedDate", "2026-11-22"),
]


@pytest.mark.parametrize(("name", "value"), PLACES)
def test_check_when_a_known_kind_says_something_odd_then_the_same_report(name: str, value: str) -> None:
    document = copied(json.loads(signed()))
    document[name] = value
    data = as_bytes(document)
    quick, full = verify(data, now=NOW, templates=LEARNED), verify(data, now=NOW)
    assert (quick.steps, quick.summary) == (full.steps, full.summary)
    assert quick.summary is not Summary.VALID


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"id": "urn', '"id": "urn:x", "id": "urn', 1),  # a name given twice
        lambda text: text.replace('"proofValue"', '"proofValue": "z1", "proofValue"', 1),
        lambda text: text.replace('{"@context"', '{ "@context"', 1),
        lambda text: text + " ",
        lambda text: "\ufeff" + text,
        lambda text: text.replace('"created": "2026', '"created": "\\u0032026', 1),
    ],
)
def test_check_when_the_text_is_not_exactly_of_the_kind_then_not_recognised(change: Any) -> None:
    assert LEARNED.recognise(change(signed().decode()).encode()) is None


def test_templates_when_many_forms_of_one_achievement_come_then_only_few_are_kept() -> None:
    templates = Templates()
    for count in range(MOST_KNOWN_FORMS + 3):
        evidence = tuple(facts.Evidence(f"urn:example:e{one}") for one in range(count))
        verify(signed(evidence=evidence), now=NOW, templates=templates)
    assert len(templates._known[ACHIEVEMENT.id]) == MOST_KNOWN_FORMS


def test_timestamp_when_cached_then_still_each_moment_its_own() -> None:
    row = badge(valid_from=NOW + timedelta(seconds=1))
    assert json.loads(SIGNER.sign(row, PROVER))["validFrom"] == "2026-11-23T09:30:01Z"
