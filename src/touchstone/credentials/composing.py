"""From an award's rows to the facts of its badge (core.openbadges)."""

import dataclasses
import functools
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from touchstone.catalogue.models import StackVersion, Version
from touchstone.catalogue.queries import item_of, stack_document
from touchstone.core.content import Item, content_hash
from touchstone.core.openbadges import facts as ob
from touchstone.core.openbadges.issuing import AchievementSigner
from touchstone.core.openbadges.status import StatusEntry
from touchstone.credentials import identifiers, judging, queries
from touchstone.credentials.models import Award, Endorsement, SigningKey, Statement
from touchstone.kit.ids import new_token
from touchstone.people.models import Organisation

type Endorsements = Mapping[UUID, tuple[str, ...]]
"""Signed endorsements by the id of the version, organisation or award they are about."""


def badge_facts(
    award: Award, key: SigningKey, *, valid_from: datetime, address: str | None, endorsements: Endorsements
) -> ob.Badge:
    """Everything the badge of an award says. The holder is known by her hashed e-mail ``address``, if she has one."""
    return ob.Badge(
        id=identifiers.award(award),
        issuer=issuer_facts(award.issuer, key.public, endorsements.get(award.issuer_id, ())),
        achievement=_achievement(award, endorsements),
        valid_from=valid_from,
        valid_until=award.valid_until,
        recipient=ob.HashedEmail(address, new_token()) if address else None,
        results=_results(award),
        evidence=_evidence(award),
        awarded=award.awarded_at,
        status=StatusEntry(identifiers.status_list(award.status_list), award.status_index),
        endorsements=endorsements.get(award.id, ()),
    )


def as_token(badge: ob.Badge, award: Award, key: SigningKey) -> ob.Badge:
    """The same badge as its token says it: an issuer and a status list that go with the key of tokens."""
    return dataclasses.replace(
        badge,
        issuer=dataclasses.replace(badge.issuer, id=identifiers.issuer_did(award.issuer, str(key.token_public))),
        status=StatusEntry(identifiers.token_status_list(award.status_list), award.status_index),
    )


@functools.lru_cache(maxsize=256)
def signer_of(issuer: ob.Issuer, achievement: ob.Achievement) -> AchievementSigner:
    """What signs badges of an achievement; it has worked out their form the second time it is asked for."""
    return AchievementSigner(issuer, achievement)


def statement_facts(row: Statement, key: SigningKey) -> ob.Statement:
    """What a statement says, in the language of its item."""
    version, item = row.version, item_of(row.version)
    judged = judging.judged_from(row.facts)
    with translation.override(item.language):
        name = gettext("How it was judged: {title}, version {number}").format(title=item.title, number=version.number)
        words = " ".join(judging.in_words(judged, item))
    measured = _of_version(version, settings.ORIGIN)
    achievement = dataclasses.replace(
        measured,
        criteria=(),
        criteria_narrative=None,
        image=None,
        alignments=(),
        tags=(),
        identifiers=(
            ("contentHash", f"sha256:{version.content_hash}"),
            ("rubricHash", f"sha256:{rubric_hash(version)}"),
        ),
    )
    return ob.Statement(
        id=identifiers.statement(row),
        name=name,
        description=words,
        issuer=issuer_facts(row.issuer, key.public),
        achievement=achievement,
        results=_judged_results(version, judged, f"{identifiers.statement(row)}#judged"),
        stated=row.stated_at,
    )


def rubric_hash(version: Version) -> str:
    """SHA-256 of the RFC 8785 form of a version's rubric."""
    return content_hash(version.document["rubric"])


def endorsement_facts(row: Endorsement, key: SigningKey, subject_key: str) -> ob.Endorsement:
    """What an endorsement says; ``subject_key`` is the key of the issuer it is about, if it is about one."""
    if row.version:
        about = identifiers.version(row.version)
    elif row.award:
        about = identifiers.award(row.award)
    else:
        assert row.issuer, "an endorsement is about one thing"
        about = identifiers.issuer_did(row.issuer, subject_key)
    with translation.override(row.version.language if row.version else None):
        name = gettext("{endorser} endorses {title}").format(endorser=row.endorser.name, title=row.title)
    return ob.Endorsement(
        id=identifiers.endorsement(row),
        name=name,
        endorser=issuer_facts(row.endorser, key.public),
        about=about,
        comment=row.comment,
        given=row.given_at,
    )


def issuer_facts(issuer: Organisation, multikey: str, endorsements: tuple[str, ...] = ()) -> ob.Issuer:
    return ob.Issuer(
        id=identifiers.issuer_did(issuer, multikey),
        name=issuer.name,
        url=issuer.url or None,
        description=issuer.description or None,
        endorsements=endorsements,
    )


def _achievement(award: Award, endorsements: Endorsements) -> ob.Achievement:
    if award.version is None:
        return _of_stack(award.stack_version)
    return _endorsed(_of_version(award.version, settings.ORIGIN), endorsements.get(award.version.id, ()))


@functools.lru_cache(maxsize=256)
def _endorsed(achievement: ob.Achievement, endorsements: tuple[str, ...]) -> ob.Achievement:
    """The same object for the same endorsements, so that comparing costs nothing from badge to badge."""
    return dataclasses.replace(achievement, endorsements=endorsements) if endorsements else achievement


@functools.lru_cache(maxsize=256)
def _of_version(version: Version, origin: str) -> ob.Achievement:
    """A version never changes, so this is worked out once per process, for the origin its addresses begin with."""
    item = item_of(version)
    path = f"/micro-credentials/{item.slug}/"
    return ob.Achievement(
        id=identifiers.version(version),
        name=item.title,
        description=item.competency,
        criteria_id=f"{origin}{path}",
        criteria_narrative=_criteria_in_words(item),
        image=f"{origin}{path}mark.png",
        alignments=tuple(
            ob.Alignment(name=row.name, url=row.url, code=row.code, framework=row.framework)
            for row in item.alignments
            if row.url
        ),
        tags=item.topics,
        criteria=_criteria(version, item),
        measures=_measures(version, item),
        language=item.language,
        version=str(version.number),
    )


def _of_stack(version: StackVersion | None) -> ob.Achievement:
    if version is None:
        raise ValueError("an award is of a version or of a stack")
    stack = stack_document(version.id)
    path = f"/stacks/{stack.slug}/"
    return ob.Achievement(
        id=identifiers.thing(f"{path}versions/{version.number}"),
        name=stack.title,
        description=stack.summary,
        criteria_id=f"{settings.ORIGIN}{path}",
        criteria_narrative=stack.description,
        image=f"{settings.ORIGIN}{path}mark.png",
        language=stack.language,
        version=str(version.number),
    )


def _measures(version: Version, item: Item) -> tuple[ob.Measure, ...]:
    """The figures of how work is judged that a badge may state."""
    with translation.override(item.language):
        rows = [
            ob.Measure(_measure_id(version, "assessors"), gettext("Independent assessors"), "IndependentAssessors"),
            ob.Measure(_measure_id(version, "read-twice"), gettext("Works read by two assessors"), "WorksReadTwice"),
        ]
        for row in item.rubric.criteria:
            exact = gettext("Exact agreement on “{criterion}”").format(criterion=row.title)
            kappa = gettext("Quadratic weighted kappa on “{criterion}”").format(criterion=row.title)
            rows += (
                ob.Measure(_measure_id(version, f"exact-{row.key}"), exact, "ExactAgreement"),
                ob.Measure(_measure_id(version, f"kappa-{row.key}"), kappa, "QuadraticWeightedKappa"),
            )
    return tuple(rows)


def _judged_results(version: Version, judged: judging.Judged, of: str) -> tuple[ob.CriterionResult, ...]:
    """What was measured, as results of the badge or statement whose id is ``of``."""
    with translation.override(version.language):
        established = gettext("not yet established")
        if judged.read_twice is not None:
            established = gettext("at least {n}").format(n=judged.read_twice)
    values = [("assessors", str(judged.assessors)), ("read-twice", established)]
    for row in judged.agreement:
        values.append((f"exact-{row.criterion}", row.exact))
        if row.kappa is not None:
            values.append((f"kappa-{row.criterion}", row.kappa))
    return tuple(
        ob.CriterionResult(_measure_id(version, name), value=value, id=f"{of}-{name}") for name, value in values
    )


def _evidence(award: Award) -> tuple[ob.Evidence, ...]:
    """What the holder shows, and the statement of how it was judged."""
    shown = queries.shown_evidence(award)
    if award.statement is None or award.version is None:
        return shown
    with translation.override(award.version.language):
        name = gettext("How it was judged")
    return (*shown, ob.Evidence(id=identifiers.statement(award.statement), name=name, genre="assessment statement"))


def _measure_id(version: Version, measure: str) -> str:
    return f"{identifiers.version(version)}#measure-{measure}"


def _criteria(version: Version, item: Item) -> tuple[ob.Criterion, ...]:
    needed = {need.criterion: need.at_least for need in item.passing_rule.all_of}
    return tuple(
        ob.Criterion(
            id=_criterion_id(version, row.key),
            name=row.title,
            required_level=_level_id(version, row.key, needed[row.key]) if row.key in needed else None,
            levels=tuple(
                ob.Level(
                    id=_level_id(version, row.key, level.key),
                    name=level.name,
                    description=level.descriptor,
                    level=level.name,
                )
                for level in row.levels
            ),
        )
        for row in item.rubric.criteria
    )


def _results(award: Award) -> tuple[ob.CriterionResult, ...]:
    version = award.version
    if version is None:
        return ()
    own = identifiers.award(award)
    met = tuple(
        ob.CriterionResult(
            criterion=_criterion_id(version, row.key),
            achieved_level=_level_id(version, row.key, award.levels[row.key]),
            id=f"{own}#{row.key}",
        )
        for row in item_of(version).rubric.criteria
        if row.key in award.levels
    )
    if award.statement is None:
        return met
    return (*met, *_judged_results(version, judging.judged_from(award.statement.facts), f"{own}#judged"))


def _criterion_id(version: Version, criterion: str) -> str:
    return f"{identifiers.version(version)}#criterion-{criterion}"


def _level_id(version: Version, criterion: str, level: str) -> str:
    return f"{identifiers.version(version)}#criterion-{criterion}-level-{level}"


def _criteria_in_words(item: Item) -> str:
    needed = {need.criterion: need.at_least for need in item.passing_rule.all_of}
    lines = []
    for row in item.rubric.criteria:
        if row.key in needed:
            level = next(level for level in row.levels if level.key == needed[row.key])
            lines.append(f"{row.title}: {level.name}. {level.descriptor}")
    return "\n\n".join(lines)
