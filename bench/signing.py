"""Badges signed and verified per second, against the limit: two SHA-256 and one Ed25519 signature."""

import hashlib
import json
import statistics
import time
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.table import Row
from tests.unit.core.openbadges import samples
from touchstone.core.openbadges.compose import compose_credential
from touchstone.core.openbadges.keys import verification_method
from touchstone.core.openbadges.proof import add_proof
from touchstone.core.openbadges.verify import verify

SECONDS = 1.0
ROUNDS = 5


def measure() -> list[Row]:
    """Medians of interleaved rounds on one core, for a badge with every optional part."""
    key = Ed25519PrivateKey.from_private_bytes(samples.KEY.seed)
    method = verification_method(samples.DID_KEY, samples.KEY.multikey)
    credential = compose_credential(samples.badge())
    data = json.dumps(samples.sign(credential)).encode()
    limits: list[float] = []
    signing: list[float] = []
    checking: list[float] = []
    for _round in range(ROUNDS):
        limits.append(_rate(lambda: key.sign(hashlib.sha256(data).digest() + hashlib.sha256(data).digest())))
        signing.append(
            _rate(lambda: add_proof(credential, sign=key.sign, verification_method=method, created=samples.NOW))
        )
        checking.append(_rate(lambda: verify(data, now=samples.NOW)))
    limit, rate, checked = (statistics.median(times) for times in (limits, signing, checking))
    return [
        Row("limit: 2 x SHA-256 and Ed25519", f"{limit:,.0f} /s", "one core"),
        Row("badge signed, full canonical form", f"{rate:,.0f} /s", f"1/{limit / rate:.0f} of the limit"),
        Row("badge verified, status list aside", f"{checked:,.0f} /s", f"1/{limit / checked:.0f} of the limit"),
    ]


def _rate(work: Callable[[], object]) -> float:
    done, begin = 0, time.perf_counter()
    while time.perf_counter() - begin < SECONDS:
        work()
        done += 1
    return done / (time.perf_counter() - begin)
