"""Signing badge after badge: one achievement of one issuer, worked out once per form of badge.

The JSON and what is signed come from the same texts, through one template. `check_sample` proves it on the way out,
by the full path that strangers take.
"""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from threading import Lock

from touchstone.core.openbadges.compose import CONTEXTS, compose_credential, compose_moving, holds_control
from touchstone.core.openbadges.errors import OpenBadgesError
from touchstone.core.openbadges.facts import Achievement, Badge, Issuer
from touchstone.core.openbadges.keys import Signer
from touchstone.core.openbadges.proof import add_proof, check_proof, options_digest, proof_options, proof_value
from touchstone.core.openbadges.reading import read_json
from touchstone.core.openbadges.template import Form, Template, is_plain, moving
from touchstone.core.openbadges.times import timestamp

MOST_FORMS = 64


class OtherAchievement(OpenBadgesError):
    """A badge is of another achievement or issuer than the one worked out."""

    code = "other_achievement"


@dataclass(frozen=True)
class Prover:
    """Who signs, and the moment on the proof (with a time zone)."""

    sign: Signer
    verification_method: str
    created: datetime


class AchievementSigner:
    """Signs badges of one achievement, in any number of threads."""

    def __init__(self, issuer: Issuer, achievement: Achievement) -> None:
        self.issuer, self.achievement = issuer, achievement
        self._templates: dict[Form, Template] = {}
        self._writing = Lock()

    def sign(self, badge: Badge, prover: Prover) -> str:
        """The signed badge as JSON text.

        Raises OtherAchievement, and what `compose_credential` and `to_dataset` raise.
        """
        if not self._is_for(badge):
            raise OtherAchievement("This badge is of another achievement.")
        if badge.endorsements:  # signed documents of others, each of its own form
            return _in_full(badge, prover)
        form, given = moving(compose_moving(badge))
        whole = "".join(given)
        values = given if whole.isascii() else [unicodedata.normalize("NFC", value) for value in given]
        template = self._templates.get(form) or self._template(form, badge)
        plain = is_plain(whole) and whole.isascii()
        canonical = template.fill(values, plain=plain) if plain or not holds_control(whole) else None
        if canonical is None:
            return _in_full(badge, prover)
        return _with_proof(template.text(values, plain=plain), canonical, prover)

    def _is_for(self, badge: Badge) -> bool:
        same_issuer = badge.issuer is self.issuer or badge.issuer == self.issuer
        return same_issuer and (badge.achievement is self.achievement or badge.achievement == self.achievement)

    def _template(self, form: Form, badge: Badge) -> Template:
        template = Template(compose_credential(badge))
        with self._writing:
            if len(self._templates) >= MOST_FORMS:
                self._templates.pop(next(iter(self._templates)))
            self._templates[form] = template
        return template


def _in_full(badge: Badge, prover: Prover) -> str:
    signed = add_proof(
        compose_credential(badge),
        sign=prover.sign,
        verification_method=prover.verification_method,
        created=prover.created,
    )
    return json.dumps(signed, ensure_ascii=False)


def _with_proof(text: str, canonical: bytes, prover: Prover) -> str:
    head, proof = _frame(prover.verification_method, timestamp(prover.created))
    value = proof_value(prover.sign(head + sha256(canonical).digest()))
    return f'{text}, "proof": {proof}, "proofValue": "{value}"}}}}'


@lru_cache(maxsize=64)
def _frame(verification_method: str, created: str) -> tuple[bytes, str]:
    """Digest and JSON text of what a proof says besides its value, up to where that follows."""
    options = json.dumps(proof_options(verification_method, created), ensure_ascii=False)
    return options_digest(CONTEXTS, verification_method, created), options.removesuffix("}")


def check_sample(badges: Sequence[str], public_key: bytes, picks: Iterable[int]) -> None:
    """Check some of the badges just signed by the full path. Raises SignatureWrong and what `check_proof` raises."""
    for pick in picks:
        check_proof(read_json(badges[pick].encode()), public_key)
