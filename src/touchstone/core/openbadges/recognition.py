"""Badges whose kind has been read before: what is signed, without reading JSON-LD again.

Only a text that is, letter for letter, a known kind with other plain texts in its places is recognised. Everything
else takes the full path, so this can make a check faster but never decide one.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import Any

from touchstone.core.openbadges.errors import OpenBadgesError
from touchstone.core.openbadges.shape import check_moments
from touchstone.core.openbadges.template import Template, is_plain

MOST_ACHIEVEMENTS = 256
MOST_FORMS = 8
_ACHIEVEMENT = re.compile(r'"achievement": \{"id": "([^"\\]+)"')
_PROOF = re.compile(
    r', "proof": \{"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": "([^"\\]+)", '
    r'"verificationMethod": "([^"\\]+)", "proofPurpose": "assertionMethod", "proofValue": "([^"\\]+)"\}\}'
)


@dataclass(frozen=True)
class Recognised:
    """A credential in the shape Open Badges asks for, and the digest of what it says without its proof."""

    credential: Mapping[str, Any]
    digest: bytes


class Templates:
    """The kinds of badges seen, by achievement; the ones longest known make room for new ones."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Template, ...]] = {}
        self._writing = Lock()

    def recognise(self, data: bytes) -> Recognised | None:
        """What a badge of a known kind says; None for every other text."""
        text = _decoded(data)
        found = _ACHIEVEMENT.search(text)
        for template in self._known.get(found[1], ()) if found else ():
            hit = template.values_in(text)
            if hit and (proof := _PROOF.fullmatch(text, hit[1])):
                return _recognised(template, text, hit[0], proof)
        return None

    def learn(self, data: bytes, credential: Mapping[str, Any]) -> None:
        """Keep the kind of a badge that was read in full: its shape is right and all its words are known."""
        text = _decoded(data)
        found = _ACHIEVEMENT.search(text)
        unsigned = {name: part for name, part in credential.items() if name != "proof"}
        if not found or len(self._known.get(found[1], ())) >= MOST_FORMS or next(iter(unsigned), "") != "@context":
            return
        template = Template(unsigned)
        if template.form[:1] != ("id",) or template.values_in(text) is None:
            return
        with self._writing:
            if len(self._known) >= MOST_ACHIEVEMENTS:
                self._known.pop(next(iter(self._known)))
            self._known[found[1]] = (*self._known.get(found[1], ()), template)


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return ""


def _recognised(template: Template, text: str, values: list[str], proof: re.Match[str]) -> Recognised | None:
    canonical = template.fill(values, plain=True) if is_plain("".join(proof.groups())) else None
    if canonical is None:
        return None
    credential = json.loads(text)
    try:
        check_moments(credential)
    except OpenBadgesError:
        return None
    return Recognised(credential, sha256(canonical).digest())
