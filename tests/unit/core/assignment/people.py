"""Works and assessors for tests, by hand and at random, and the hard rules told a second time, pair by pair."""

from hypothesis import strategies as st

from touchstone.core.assignment.model import LOCAL, TIES, Assessor, Bar, Circle, Rules, Tie, Work

ITEMS = ("asking", "feedback")
KEYS = tuple(f"a{n}" for n in range(6))


def work(key: str = "w1", **fields: object) -> Work:
    return Work(**{"key": key, "item": "asking", "earner": f"earner of {key}", **fields})  # type: ignore[arg-type]


def assessor(key: str = "a1", **fields: object) -> Assessor:
    given = {"key": key, "items": frozenset({"asking"}), "confirmed": True, "capacity": 5, **fields}
    return Assessor(**given)  # type: ignore[arg-type]


def at(kind: Bar, name: str) -> frozenset[Circle]:
    return frozenset({Circle(kind, name)})


def forbidden(one: Work, who: Assessor, ties: tuple[Tie, ...], rules: Rules) -> set[Bar]:
    """Every bar of one pair but the earlier attempt's, whose rule looks at others too, and capacity."""
    kinds = {circle.kind for circle in one.circles & who.circles}
    kinds |= {tie.kind for tie in ties if (tie.earner, tie.assessor) == (one.earner, who.key)}
    if one.item in rules.local_pool:
        kinds -= LOCAL
    said = {
        Bar.UNQUALIFIED: one.item not in who.items,
        Bar.UNCONFIRMED: not who.confirmed,
        Bar.LANGUAGE: one.language not in who.languages,
        Bar.SELF: one.earner == who.key,
        Bar.READING: who.key in one.reading,
        Bar.DECLINED: who.key in one.declined,
    }
    return kinds | {bar for bar, true in said.items() if true}


_circles = st.frozensets(
    st.builds(
        Circle,
        st.sampled_from([Bar.SCHOOL, Bar.DISTRICT, Bar.DOMAIN, Bar.STATE, Bar.COHORT]),
        st.sampled_from("xy"),
    ),
    max_size=2,
)
_some = st.frozensets(st.sampled_from(KEYS), max_size=2)
_languages = st.sampled_from(["en", "es"])


@st.composite
def batches(draw: st.DrawFn) -> tuple[list[Work], list[Assessor], tuple[Tie, ...], Rules]:
    """Small batches in which every rule has a fair chance to matter."""
    fields = {
        "item": st.sampled_from(ITEMS), "earner": st.sampled_from([*KEYS[:2], "e1", "e2"]), "language": _languages,
        "reads": st.integers(1, 3), "tier": st.integers(0, 2), "due_in_days": st.integers(-3, 12), "circles": _circles,
        "earlier": _some, "reading": _some, "declined": _some,
    }  # fmt: skip
    works = [work(f"w{n}", **draw(st.fixed_dictionaries(fields))) for n in range(draw(st.integers(0, 6)))]
    fields = {
        "items": st.frozensets(st.sampled_from(ITEMS), min_size=1), "confirmed": st.integers(0, 3).map(bool),
        "languages": st.frozensets(_languages, min_size=1), "capacity": st.integers(0, 4), "load": st.integers(0, 3),
        "tier": st.integers(0, 2), "circles": _circles, "allied": st.booleans(),
    }  # fmt: skip
    assessors = [assessor(key, **draw(st.fixed_dictionaries(fields))) for key in KEYS[: draw(st.integers(0, 6))]]
    tie = st.builds(Tie, st.sampled_from(["e1", "e2"]), st.sampled_from(KEYS), st.sampled_from(sorted(TIES)))
    rules = Rules(
        local_pool=draw(st.frozensets(st.sampled_from(ITEMS))),
        earlier_may_return=draw(st.booleans()),
        meet_cap=draw(st.sampled_from([None, 0, 1])),
        at_most_one_in=draw(st.sampled_from([1, 2, 4])),
        seed=draw(st.integers(0, 5)),
    )
    return works, assessors, tuple(draw(st.lists(tie, max_size=4))), rules
