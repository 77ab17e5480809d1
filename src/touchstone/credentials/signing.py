"""Signed texts from rows: badges and status lists, as JSON with a proof and as tokens."""

import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from touchstone.core.openbadges import status
from touchstone.core.openbadges.compose import compose_credential
from touchstone.core.openbadges.issuing import Prover, check_sample
from touchstone.core.openbadges.keys import decode_multikey, verification_method
from touchstone.core.openbadges.proof import add_proof
from touchstone.core.openbadges.statements import compose_endorsement, compose_statement
from touchstone.core.openbadges.token import make_token
from touchstone.credentials import composing, identifiers, keys, queries
from touchstone.credentials.enums import RunKind
from touchstone.credentials.models import Award, Endorsement, SigningKey, Statement, StatusList
from touchstone.people import queries as people
from touchstone.people.models import Organisation

SAMPLE = 100
"""One badge in so many is checked by the full path before any of its batch is kept."""


def signed(
    awards: Sequence[Award], key: SigningKey, *, now: datetime, kind: str = RunKind.FIRST
) -> list[tuple[str, str]]:
    """Each award's badge as JSON and as a token. One signed again counts from now, so that it replaces the one before.

    Raises KeyNotReadable, and SignatureWrong when a sample does not hold.
    """
    if not awards:
        return []
    issuer = awards[0].issuer
    prover = Prover(keys.signer(key), verification_method(identifiers.issuer_did(issuer, key.public), key.public), now)
    token_sign, token_key = keys.token_signer(key), str(key.token_public)
    token_method = verification_method(identifiers.issuer_did(issuer, token_key), token_key)
    addresses = people.addresses_of([award.holder_id for award in awards])
    endorsements = queries.endorsements_for(awards)
    texts = []
    for award in awards:
        facts = composing.badge_facts(
            award,
            key,
            valid_from=award.awarded_at if kind == RunKind.FIRST else now,
            address=addresses.get(award.holder_id, (None, ""))[0],
            endorsements=endorsements,
        )
        text = composing.signer_of(facts.issuer, facts.achievement).sign(facts, prover)
        credential = compose_credential(composing.as_token(facts, award, key))
        texts.append((text, make_token(credential, sign=token_sign, verification_method=token_method)))
    picks = {secrets.randbelow(len(texts)) for _pick in range(1 + len(texts) // SAMPLE)}
    check_sample([text for text, _token in texts], decode_multikey(key.public), picks)
    return texts


def signed_statement(row: Statement, key: SigningKey) -> str:
    """How work on a version was judged, as JSON."""
    return _signed(compose_statement(composing.statement_facts(row, key)), row.issuer, key, row.stated_at)


def signed_endorsement(row: Endorsement, key: SigningKey, subject: SigningKey | None, *, now: datetime) -> str:
    """An endorsement as JSON; ``subject`` is the key in use of the issuer it is about, for an issuer is known by it."""
    facts = composing.endorsement_facts(row, key, subject.public if subject else "")
    return _signed(compose_endorsement(facts), row.endorser, key, now)


def _signed(document: dict[str, Any], issuer: Organisation, key: SigningKey, now: datetime) -> str:
    method = verification_method(identifiers.issuer_did(issuer, key.public), key.public)
    proved = add_proof(document, sign=keys.signer(key), verification_method=method, created=now)
    return json.dumps(proved, ensure_ascii=False)


def signed_list(row: StatusList, bits: status.StatusList, key: SigningKey, *, now: datetime) -> tuple[str, str]:
    """A status list as JSON and as a token."""
    did, token_key = identifiers.issuer_did(row.issuer, key.public), str(key.token_public)
    token_did = identifiers.issuer_did(row.issuer, token_key)
    document = status.compose_status_list(bits, list_id=identifiers.status_list(row), issuer_id=did, valid_from=now)
    proved = add_proof(
        document, sign=keys.signer(key), verification_method=verification_method(did, key.public), created=now
    )
    as_token = status.compose_status_list(
        bits, list_id=identifiers.token_status_list(row), issuer_id=token_did, valid_from=now
    )
    token = make_token(
        as_token, sign=keys.token_signer(key), verification_method=verification_method(token_did, token_key)
    )
    return json.dumps(proved, ensure_ascii=False), token
