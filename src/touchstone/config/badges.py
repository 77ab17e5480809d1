"""The `touchstone badges` command: what an operator does with issuers' badges and keys."""

import argparse
from pathlib import Path

from django.core.management import CommandError

from touchstone.credentials import actions, export
from touchstone.credentials.enums import RunKind
from touchstone.credentials.models import SigningRun
from touchstone.kit import clock
from touchstone.kit.actor import system
from touchstone.people.models import Organisation


def run(asked: argparse.Namespace) -> int:
    """Do what was asked; raises CommandError with a sentence."""
    if asked.what == "export":
        written = export.write_folder(Path(asked.target))
        print(", ".join(f"{count} {kind}" for kind, count in written.items()) + f" written to {asked.target}.")
        return 0
    issuer = Organisation.objects.filter(slug=asked.target, is_issuer=True).first()
    if issuer is None:
        raise CommandError(f"There is no issuing organisation with the short name “{asked.target}”.")
    now, actor = clock.now(), system(f"badges {asked.what}")
    try:
        if asked.what == "sign":
            _tell(actions.begin_signing_run(actor=actor, issuer=issuer, kind=RunKind.FIRST, now=now))
        elif asked.what == "rotate-key":
            key = actions.rotate_key(actor=actor, issuer=issuer, now=now)
            print(f"New badges are signed with {key.public} from now on. Old badges stay good.")
        else:
            _tell(actions.give_up_key(actor=actor, issuer=issuer, public=asked.key, now=now))
            print("The key given up is published no more. Holders are told when their badge is signed again.")
    except (actions.KeysAreTheIssuer, actions.UnknownKey) as refused:
        raise CommandError(str(refused)) from refused
    return 0


def _tell(run_: SigningRun) -> None:
    print(f"{run_.get_kind_display()}: {run_.done} of {run_.total} done. The worker goes on; ask again to see how far.")
