"""The export: one zip with the scores as CSV and Parquet, the works, the study's facts, a codebook and the figures.

`read` gives back the very study that was written, so that measuring it again gives the same figures.
"""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from fractions import Fraction

from touchstone.core.reliability.ratings import ReliabilityError
from touchstone.core.studies.codebook import codebook
from touchstone.core.studies.parquet import parquet
from touchstone.core.studies.promise import WorkRow
from touchstone.core.studies.study import Findings, ScoreRow, Study, StudyCriterion, as_json

SCORES, WORKS, STUDY, FIGURES, CODEBOOK = "scores.csv", "works.csv", "study.json", "figures.json", "codebook.md"
SCORES_PARQUET = "scores.parquet"
SCHEMA = 1
MOST_BYTES = 512 * 1024 * 1024
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


class NotAnExport(ReliabilityError):
    """The file is not an export of scores, or a part of it is broken."""


def write(study: Study, findings: Findings) -> bytes:
    """The zip. The same study gives the same bytes."""
    levels = {row.key: row.levels for row in study.criteria}
    rows = [(*_plain_score(row), levels[row.criterion].index(row.level)) for row in study.scores]
    names = (*SCORE_COLUMNS, "place")
    parts = {
        SCORES: _table(names, rows),
        SCORES_PARQUET: parquet(names, rows),
        WORKS: _table(WORK_COLUMNS, [_plain_work(row) for row in study.works]),
        STUDY: _json(_facts(study)),
        FIGURES: _json(as_json(findings)),
        CODEBOOK: codebook(study).encode(),
    }
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return found.getvalue()


def read(content: bytes) -> Study:
    """The study in an export. Raises NotAnExport."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: _part(archive, name) for name in (SCORES, WORKS, STUDY)}
        facts = json.loads(parts[STUDY])
        if facts["schema"] != SCHEMA:
            raise NotAnExport(f"This export has the schema {facts['schema']}; this program reads {SCHEMA}.")
        return _study(facts, parts[SCORES].decode("utf-8"), parts[WORKS].decode("utf-8"))
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, NotImplementedError, EOFError, RuntimeError) as broken:
        if isinstance(broken, NotAnExport):
            raise
        raise NotAnExport(
            "This zip is not a whole export of scores: it needs scores.csv, works.csv and study.json, as they were"
            " written."
        ) from broken


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > MOST_BYTES:
        raise NotAnExport(f"{name} in this zip is larger than {MOST_BYTES // 1024 // 1024} MB.")
    return archive.read(name)


SCORE_COLUMNS = tuple(field.name for field in fields(ScoreRow))
WORK_COLUMNS = tuple(field.name for field in fields(WorkRow))


def _table(names: tuple[str, ...], rows: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return out.getvalue().encode()


def _plain_score(row: ScoreRow) -> tuple[str | int, ...]:
    return row.work, row.assessor, row.criterion, row.level, row.read, row.on.isoformat()


def _plain_work(row: WorkRow) -> tuple[object, ...]:
    values = asdict(row) | {"handed_in": row.handed_in.isoformat(), "share": str(row.share)}
    return tuple(int(value) if isinstance(value, bool) else value for value in values.values())


def _facts(study: Study) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "title": study.title,
        "version": study.version,
        "as_of": study.as_of.isoformat(),
        "criteria": [asdict(row) for row in study.criteria],
        "offered": dict(study.offered or {}),
        "waiting": study.waiting,
        "replications": study.replications,
    }


def _json(found: Mapping[str, object]) -> bytes:
    return (json.dumps(found, indent=1, ensure_ascii=False) + "\n").encode()


def _study(facts: dict[str, object], scores: str, works: str) -> Study:
    criteria = facts["criteria"]
    offered = facts["offered"]
    assert isinstance(criteria, list)
    assert isinstance(offered, dict)
    replications = facts["replications"]
    return Study(
        title=str(facts["title"]),
        version=str(facts["version"]),
        as_of=date.fromisoformat(str(facts["as_of"])),
        criteria=tuple(
            StudyCriterion(str(row["key"]), str(row["title"]), tuple(map(str, row["levels"])), row["needed"])
            for row in criteria
        ),
        scores=tuple(_score(row) for row in csv.DictReader(io.StringIO(scores))),
        works=tuple(_work(row) for row in csv.DictReader(io.StringIO(works))),
        offered={str(name): float(count) for name, count in offered.items()},
        waiting=int(str(facts["waiting"])),
        replications=None if replications is None else int(str(replications)),
    )


def _score(row: dict[str, str]) -> ScoreRow:
    on = date.fromisoformat(row["on"])
    return ScoreRow(row["work"], row["assessor"], row["criterion"], row["level"], int(row["read"]), on)


def _work(row: dict[str, str]) -> WorkRow:
    return WorkRow(
        work=row["work"],
        handed_in=date.fromisoformat(row["handed_in"]),
        share=Fraction(row["share"]),
        second=row["second"],
        readings=int(row["readings"]),
        disagreed=row["disagreed"] == "1",
        waived=row["waived"] == "1",
        decided=row["decided"] == "1",
    )
