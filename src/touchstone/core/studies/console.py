"""`touchstone reliability FILE`: measure an export of ours, or any table of ratings, on the command line."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TextIO

from touchstone.core.reliability.figure import Figure
from touchstone.core.reliability.readings import reading
from touchstone.core.reliability.report import Report, Section
from touchstone.core.studies import bundle, long_format
from touchstone.core.studies.options import ALSO, WANTED
from touchstone.core.studies.promise import Promise
from touchstone.core.studies.study import ESTABLISHED, Findings, Study, as_json, measure


def run(asked: argparse.Namespace, out: TextIO) -> int:
    """Measure and print; 0. Raises ReliabilityError with a plain sentence, OSError."""
    study = load(asked)
    if asked.replications is not None:
        study = replace(study, replications=max(0, asked.replications))
    found = measure(study)
    if asked.json:
        json.dump(as_json(found), out, indent=1, ensure_ascii=False)
        out.write("\n")
    else:
        out.writelines(f"{line}\n" for line in lines(study, found))
    return 0


def load(asked: argparse.Namespace) -> Study:
    """The study that was named. Raises NotAnExport, CannotReadTable, OSError."""
    if asked.file.suffix.lower() == ".zip":
        return bundle.read(asked.file.read_bytes())
    columns = {ours: getattr(asked, ours) for ours in (*WANTED, *ALSO)}
    needed = dict(_line_of_rule(entry) for entry in asked.needed)
    levels = tuple(level.strip() for level in asked.levels.split(",")) if asked.levels else ()
    if len(set(levels)) < len(levels):
        raise long_format.CannotReadTable("A level is named twice in --levels.")
    chosen = {ours: name for ours, name in columns.items() if name}
    return long_format.read(asked.file, long_format.Asked(chosen, levels, needed))


def _line_of_rule(entry: str) -> tuple[str, str]:
    criterion, sign, level = entry.rpartition("=")
    if not sign or not criterion:
        raise long_format.CannotReadTable(f"Write --needed as CRITERION=LEVEL, not “{entry}”.")
    return criterion, level


def lines(study: Study, found: Findings) -> Iterator[str]:
    """The findings in plain lines."""
    version = f", version {study.version}" if study.version else ""
    yield f"{study.title}{version}"
    if found.report is None:
        yield "Nothing has been scored yet."
    else:
        yield from _of_report(found.report)
    if study.works:
        yield ""
        yield from _of_promise(found.promise)


def _of_report(report: Report) -> Iterator[str]:
    yield (
        f"{report.ratings:,} ratings of {report.works:,} works by {report.assessors:,} assessors; "
        f"{report.works_read_twice:,} works were read twice."
    )
    if report.works_read_twice < ESTABLISHED:
        yield f"Fewer than {ESTABLISHED} works were read twice: agreement is not established yet."
    for section in (*report.criteria, *([report.decision] if report.decision else [])):
        yield ""
        yield from _of_section(section)
    yield ""
    yield from _of_model(report)
    yield from (f"Not measured ({part}): {why}" for part, why in report.why_not.items())


def _of_section(section: Section) -> Iterator[str]:
    yield section.name
    yield from (f"  {figure.key}: {reading(figure)}" for figure in section.figures if _is_worth_a_line(figure))


def _is_worth_a_line(figure: Figure) -> bool:
    return figure.value is not None or figure.key in {"agreement.exact", "kappa.quadratic", "alpha.ordinal"}


def _of_model(report: Report) -> Iterator[str]:
    if report.model is None:
        return
    yield "Severity of assessors (logits; above 0 is more severe)"
    for row in report.model.assessors:
        where = f"{row.value:+.2f} ({row.low:+.2f} to {row.high:+.2f})"
        yield f"  {row.name}: {where}, {row.ratings} ratings. {row.reading}"
    if report.drift:
        for shift in report.drift.shifts:
            if shift.noticeable:
                yield (
                    f"  {shift.assessor} changed by {shift.change:+.2f} ({shift.low:+.2f} to {shift.high:+.2f}) "
                    f"from period {shift.earlier + 1} to {shift.later + 1}."
                )


def _of_promise(kept: Promise) -> Iterator[str]:
    drawn = round((kept.drawn.value or 0) * kept.drawn.n)
    yield f"Second readings: {kept.promised:.1f} of {kept.works} works promised by lot, {drawn} drawn."
    yield f"  Of {kept.owed} decided works that were due one, {kept.kept} had it, {kept.waived} were waived."
    yield "  The promise was kept." if kept.is_kept else f"  {kept.broken} went without: the promise was broken."
