"""Signed texts from rows: badges and status lists, as JSON with a proof and as tokens."""

import json
import secrets
from collections.abc import Sequence
from datetime import datetime

from touchstone.core.openbadges import status
from touchstone.core.openbadges.compose import compose_credential
from touchstone.core.openbadges.issuing import Prover, check_sample
from touchstone.core.openbadges.keys import decode_multikey, verification_method
from touchstone.core.openbadges.proof import add_proof
from touchstone.core.openbadges.token import make_token
from touchstone.credentials import composing, identifiers, keys
from touchstone.credentials.enums import RunKind
from touchstone.credentials.models import Award, SigningKey, StatusList
from touchstone.people import queries as people

SAMPLE = 100
"""One badge in so many is checked by the full path before any of its batch is kept."""


def signed(
    awards: Sequence[Award], key: SigningKey, *, now: datetime, renew: str = RunKind.FIRST
) -> list[tuple[str, str]]:
    """Each award's badge as JSON and as a token. A renewed badge counts from now, so that it replaces the one before.

    Raises KeyNotReadable, and SignatureWrong when a sample does not hold.
    """
    if not awards:
        return []
    issuer = awards[0].issuer
    prover = Prover(keys.signer(key), verification_method(identifiers.issuer_did(issuer, key.public), key.public), now)
    token_sign, token_key = keys.token_signer(key), str(key.token_public)
    token_method = verification_method(identifiers.issuer_did(issuer, token_key), token_key)
    addresses = people.addresses_of([award.holder_id for award in awards])
    texts = []
    for award in awards:
        valid_from = now if renew == RunKind.RENEWAL else award.awarded_at
        address = addresses.get(award.holder_id, (None, ""))[0]
        facts = composing.badge_facts(award, key, valid_from=valid_from, address=address)
        text = composing.signer_of(facts.issuer, facts.achievement).sign(facts, prover)
        credential = compose_credential(composing.as_token(facts, award, key))
        texts.append((text, make_token(credential, sign=token_sign, verification_method=token_method)))
    picks = {secrets.randbelow(len(texts)) for _pick in range(1 + len(texts) // SAMPLE)}
    check_sample([text for text, _token in texts], decode_multikey(key.public), picks)
    return texts


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
