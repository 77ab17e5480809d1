"""What an Open Badges 3.0 credential must hold (1EdTech Open Badges 3.0, appendix B; VC Data Model 2.0).

The official JSON schema is its publisher's; the same requirements are stated here as a table.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from touchstone.core.openbadges.errors import OpenBadgesError
from touchstone.core.openbadges.times import NotAMoment, read_timestamp
from touchstone.core.openbadges.vocabulary import CREDENTIALS_V2


class ShapeWrong(OpenBadgesError):
    """A credential lacks something Open Badges 3.0 requires."""

    code = "shape_wrong"


@dataclass(frozen=True)
class Shape:
    """Required properties of one class, those that must be plain text, and the classes of its parts.

    A part is `(class, at most one)`; `reference` says the object may be given as its id alone.
    """

    required: tuple[str, ...]
    texts: tuple[str, ...] = ()
    parts: Mapping[str, tuple[str, bool]] | None = None
    type_name: tuple[str, ...] = ()
    only: frozenset[str] | None = None
    reference: bool = False


_IMAGE, _PROFILE, _ALIGNMENT = ("Image", True), ("Profile", True), ("Alignment", False)

SHAPES: Mapping[str, Shape] = {
    "Credential": Shape(
        ("id", "type", "credentialSubject", "issuer", "validFrom"),
        ("id", "validFrom", "validUntil", "awardedDate"),
        {
            "issuer": _PROFILE,
            "credentialSubject": ("Subject", True),
            "credentialStatus": ("Status", False),
            "credentialSchema": ("Schema", False),
            "evidence": ("Evidence", False),
            "image": _IMAGE,
        },
        ("OpenBadgeCredential", "AchievementCredential"),
    ),
    "Subject": Shape(
        ("type", "achievement"),
        ("id",),
        {"achievement": ("Achievement", True), "identifier": ("Identity", False), "result": ("Result", False)},
        ("AchievementSubject",),
    ),
    "Achievement": Shape(
        ("id", "type", "name", "description", "criteria"),
        ("id", "achievementType"),
        {
            "criteria": ("Criteria", True),
            "image": _IMAGE,
            "creator": _PROFILE,
            "alignment": _ALIGNMENT,
            "resultDescription": ("ResultDescription", False),
        },
        ("Achievement",),
    ),
    "Criteria": Shape((), ("id",)),
    "Profile": Shape(("id", "type"), ("id",), {"image": _IMAGE}, ("Profile",), reference=True),
    "Identity": Shape(
        ("type", "hashed", "identityHash", "identityType"),
        ("identityHash", "identityType", "salt"),
        type_name=("IdentityObject",),
        only=frozenset({"type", "hashed", "identityHash", "identityType", "salt"}),
    ),
    "ResultDescription": Shape(
        ("id", "type", "name", "resultType"),
        ("id", "resultType", "requiredLevel"),
        {"rubricCriterionLevel": ("Level", False), "alignment": _ALIGNMENT},
        ("ResultDescription",),
    ),
    "Level": Shape(("id", "type", "name"), ("id",), {"alignment": _ALIGNMENT}, ("RubricCriterionLevel",)),
    "Result": Shape(("type",), ("resultDescription", "achievedLevel"), type_name=("Result",)),
    "Alignment": Shape(("type", "targetName", "targetUrl"), ("targetUrl", "targetCode"), type_name=("Alignment",)),
    "Evidence": Shape(("type",), ("id",), type_name=("Evidence",)),
    "Image": Shape(
        ("id", "type"), ("id",), type_name=("Image",), only=frozenset({"id", "type", "caption"}), reference=True
    ),
    "Status": Shape(("type",), ("id", "statusListCredential", "statusListIndex", "statusPurpose")),
    "Schema": Shape(("id", "type"), ("id",)),
}


def check_shape(credential: Mapping[str, Any]) -> None:
    """Return if the credential has the shape of an Open Badges 3.0 achievement credential. Raises ShapeWrong."""
    contexts = credential.get("@context")
    if not isinstance(contexts, list) or contexts[:1] != [CREDENTIALS_V2]:
        raise ShapeWrong("The badge does not name the credentials context (version 2) first.", property="@context")
    if "VerifiableCredential" not in as_list(credential.get("type")):
        raise ShapeWrong("The file is not a verifiable credential.", property="type")
    _check(credential, "Credential")
    check_moments(credential)


def check_moments(credential: Mapping[str, Any]) -> None:
    """Return if the dates of a credential are moments with a time zone. Raises ShapeWrong."""
    for name in ("validFrom", "validUntil", "awardedDate"):
        _check_moment(credential, name)


def as_list(value: object) -> list[Any]:
    """JSON-LD writes one value with or without a list; nothing is an empty list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _check_moment(credential: Mapping[str, Any], name: str) -> None:
    try:
        if name in credential:
            read_timestamp(credential[name])
    except NotAMoment as error:
        raise ShapeWrong(f"“{name}” is not a date with time and time zone.", property=name) from error


def _check(value: Mapping[str, Any], kind: str) -> None:
    shape = SHAPES[kind]
    for name in shape.required:
        if name not in value or value[name] in (None, "", []):
            raise ShapeWrong(f"The badge lacks “{name}” in its {kind} part.", property=name, part=kind)
    if shape.type_name and not set(shape.type_name) & {str(item) for item in as_list(value["type"])}:
        raise ShapeWrong(f"The {kind} part has another type than it must have.", property="type", part=kind)
    if shape.only is not None and (odd := next(iter(value.keys() - shape.only), None)):
        raise ShapeWrong(f"The {kind} part may not hold “{odd[:60]}”.", property=odd[:60], part=kind)
    for name in shape.texts:
        if name in value and not isinstance(value[name], str):
            raise ShapeWrong(f"“{name}” in the {kind} part must be one text.", property=name, part=kind)
    for part, inner in _parts(value, shape):
        _check(part, inner)


def _parts(value: Mapping[str, Any], shape: Shape) -> Iterator[tuple[Mapping[str, Any], str]]:
    for name, (kind, single) in (shape.parts or {}).items():
        items = as_list(value.get(name))
        if single and len(items) > 1:
            raise ShapeWrong(f"The badge holds more than one “{name}”.", property=name)
        for item in items:
            if isinstance(item, dict):
                yield item, kind
            elif not (SHAPES[kind].reference and isinstance(item, str)):
                raise ShapeWrong(f"“{name}” must be described in the badge itself.", property=name)
