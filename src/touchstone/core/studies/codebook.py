"""What stands in an export, in words for whoever opens it without knowing us."""

from touchstone.core.studies.study import Study

_SCORES = (
    ("work", "Code of a piece of work. It leads to no person, and is another one in every item and version."),
    ("assessor", "Code of an assessor, the same on all work of this version, another one elsewhere."),
    ("criterion", "Key of the criterion that was scored; titles are in study.json."),
    ("level", "Key of the level that was given."),
    ("read", "1 or 2: independent readings. 3: a ruling on criteria where two readings disagreed; not an independent"
     " reading, so agreement and the model leave it out."),
    ("on", "The day the scores were sent (UTC), YYYY-MM-DD."),
    ("place", "Place of the level on its criterion, 0 lowest. Levels are ordered; they are not numbers to average."),
)  # fmt: skip
_WORKS = (
    ("work", "Code, as in the scores."),
    ("handed_in", "The day the work was handed in (UTC), YYYY-MM-DD."),
    ("share", "Share of work promised a second independent reading when this one was given out: a fraction."),
    ("second", "Why this work gets a second reading: lot, near_cut, advice; empty: it does not."),
    ("readings", "Independent readings sent so far: 0, 1 or 2."),
    ("disagreed", "1 where the two readings needed a ruling."),
    ("waived", "1 where a scoring leader let one reading stand instead of two, with a reason in writing."),
    ("decided", "1 where a decision was made."),
)


def codebook(study: Study) -> str:
    """The codebook of one export, as Markdown."""
    lines = [
        f"# Scores of “{study.title}”, version {study.version}, as of {study.as_of.isoformat()}",
        "",
        "No names, no texts, no evidence. Codes lead back to nobody, yet a few works may still tell those who know"
        " the place: treat the files as confidential.",
        "",
        "Compute every figure again, with the figures of figures.json as the result:",
        "",
        "    touchstone reliability FILE.zip --json",
        "",
        "## scores.csv, scores.parquet: one row for each level given",
        "",
        *_listed(_SCORES),
        "## works.csv: one row for each piece of work given out",
        "",
        *_listed(_WORKS),
        "## study.json",
        "",
        "- `criteria`: key, title, level keys from lowest to highest, and the level the passing rule needs",
        "- `offered`: readings each assessor takes in a week for this item; `waiting`: readings that were due",
        "- `replications`: bootstrap fits behind the ranges of infit and outfit (null: chosen by size)",
        "",
        "## Criteria and levels",
        "",
    ]
    for row in study.criteria:
        needed = f" Needed: {row.needed}." if row.needed else ""
        lines.append(f"- `{row.key}` ({row.title}): {', '.join(row.levels)}.{needed}")
    return "\n".join(lines) + "\n"


def _listed(entries: tuple[tuple[str, str], ...]) -> list[str]:
    return [*(f"- `{name}`: {said}" for name, said in entries), ""]
