"""From an award's rows to the facts of its badge (core.openbadges)."""

import dataclasses
import functools
from datetime import datetime

from django.conf import settings

from touchstone.catalogue.models import StackVersion, Version
from touchstone.catalogue.queries import item_of, stack_document
from touchstone.core.content import Item
from touchstone.core.openbadges import facts as ob
from touchstone.core.openbadges.issuing import AchievementSigner
from touchstone.core.openbadges.status import StatusEntry
from touchstone.credentials import identifiers
from touchstone.credentials.models import Award, SigningKey
from touchstone.kit.ids import new_token
from touchstone.people.models import Organisation


def badge_facts(award: Award, key: SigningKey, *, valid_from: datetime, address: str | None) -> ob.Badge:
    """Everything the badge of an award says. The holder is known by her hashed e-mail ``address``, if she has one."""
    return ob.Badge(
        id=identifiers.award(award),
        issuer=_issuer(award.issuer, key.public),
        achievement=_achievement(award),
        valid_from=valid_from,
        recipient=ob.HashedEmail(address, new_token()) if address else None,
        results=_results(award),
        awarded=award.awarded_at,
        status=StatusEntry(identifiers.status_list(award.status_list), award.status_index),
    )


def as_token(badge: ob.Badge, award: Award, key: SigningKey) -> ob.Badge:
    """The same badge as its token says it: an issuer and a status list that go with the key of tokens."""
    return dataclasses.replace(
        badge,
        issuer=_issuer(award.issuer, str(key.token_public)),
        status=StatusEntry(identifiers.token_status_list(award.status_list), award.status_index),
    )


@functools.lru_cache(maxsize=256)
def signer_of(issuer: ob.Issuer, achievement: ob.Achievement) -> AchievementSigner:
    """What signs badges of an achievement; it has worked out their form the second time it is asked for."""
    return AchievementSigner(issuer, achievement)


def _issuer(issuer: Organisation, multikey: str) -> ob.Issuer:
    return ob.Issuer(
        id=identifiers.issuer_did(issuer, multikey),
        name=issuer.name,
        url=issuer.url or None,
        description=issuer.description or None,
    )


def _achievement(award: Award) -> ob.Achievement:
    if award.version:
        return _of_version(award.version, settings.ORIGIN)
    return _of_stack(award.stack_version)


@functools.lru_cache(maxsize=256)
def _of_version(version: Version, origin: str) -> ob.Achievement:
    """A version never changes, so this is worked out once per process, for the origin its addresses begin with."""
    item = item_of(version)
    path = f"/micro-credentials/{item.slug}/"
    return ob.Achievement(
        id=_version_id(version),
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


def _version_id(version: Version) -> str:
    return identifiers.thing(f"/micro-credentials/{item_of(version).slug}/versions/{version.number}")


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
    return tuple(
        ob.CriterionResult(
            criterion=_criterion_id(version, row.key), achieved_level=_level_id(version, row.key, award.levels[row.key])
        )
        for row in item_of(version).rubric.criteria
        if row.key in award.levels
    )


def _criterion_id(version: Version, criterion: str) -> str:
    return f"{_version_id(version)}#criterion-{criterion}"


def _level_id(version: Version, criterion: str, level: str) -> str:
    return f"{_version_id(version)}#criterion-{criterion}-level-{level}"


def _criteria_in_words(item: Item) -> str:
    needed = {need.criterion: need.at_least for need in item.passing_rule.all_of}
    lines = []
    for row in item.rubric.criteria:
        if row.key in needed:
            level = next(level for level in row.levels if level.key == needed[row.key])
            lines.append(f"{row.title}: {level.name}. {level.descriptor}")
    return "\n\n".join(lines)
