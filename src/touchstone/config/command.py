"""The `touchstone` command. Django is imported only by the subcommands that need it, so `verify` starts fast."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from touchstone import __doc__ as about
from touchstone.core.studies import options
from touchstone.kit.postgres import PostgresUnavailable


class Refused(Exception):
    """A command cannot do what was asked; the message is a sentence for a person."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand; 0 when all is well, 1 with a sentence on standard error, 2 for a wrong call."""
    asked = _parser().parse_args(argv)
    try:
        return int(asked.run(asked))
    except KeyboardInterrupt:
        return 130
    except Exception as problem:
        sentence = _sentence_for(problem)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="touchstone", description=about)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int], what: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=what, description=what)
        command.set_defaults(run=run)
        return command

    demo = add("demo", _demo, "set up and run everything on this machine, with demonstration data")
    demo.add_argument("--small", action="store_true", help="load one piece of work of every kind, not all of them")
    demo.add_argument("--reset", action="store_true", help="throw the demonstration's data away and load them anew")
    serve = add("serve", _serve, "run the web server")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    add("worker", _worker, "run the job worker")
    add("migrate", _migrate, "bring the database's tables and the static files up to date")
    verify = add("verify", _verify, "check badge files, step by step; needs no database")
    verify.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a badge: JSON, JWT, PNG or SVG")
    for option, what in (("--did-document", "a DID document"), ("--status-list", "a status list")):
        verify.add_argument(
            option, action="append", default=[], type=Path, metavar="FILE", help=f"{what} to check with"
        )
    content = add("content", _content, "check, import or export catalogue content kept as data files")
    content.add_argument("what", choices=("check", "import", "export"))
    content.add_argument("folder", type=Path, help="the folder with the data files")
    measured = add("reliability", _reliability, "measure scores, from an export or any table of ratings")
    options.add_arguments(measured)
    badges = add("badges", _badges, "export badges as files, sign many, or replace an issuer's key")
    badges.add_argument("what", choices=("export", "sign", "rotate-key", "give-up-key"))
    badges.add_argument("target", help="the folder to write to, or the short name of the issuer")
    badges.add_argument("--key", metavar="z6Mk…", help="the key to give up (default: the one in use)")
    add("rotate-secrets", _rotate_secrets, "seal the issuers' keys under a new TOUCHSTONE_SECRET")
    add("doctor", _doctor, "check this installation and say what to mend")
    return parser


def _demo(asked: argparse.Namespace) -> int:
    from touchstone.config import demo

    return demo.run(small=asked.small, reset=asked.reset)


def _serve(asked: argparse.Namespace) -> int:
    from touchstone.config.environment import read_environment
    from touchstone.config.processes import web_command

    _join_demonstration()
    command = web_command(asked.host, read_environment().port)
    os.execv(command[0], command)  # noqa: S606 - our own command, no shell wanted


def _worker(asked: argparse.Namespace) -> int:
    from touchstone.config import preparation

    _join_demonstration()
    preparation.open_django()
    from touchstone.config import worker

    worker.run()
    return 0


def _migrate(asked: argparse.Namespace) -> int:
    from touchstone.config import preparation

    _join_demonstration()
    preparation.migrate()
    preparation.collect_static()
    print("The database's tables and the static files are up to date.")
    return 0


def _verify(asked: argparse.Namespace) -> int:
    from touchstone.core.openbadges import console

    return console.verify_files(
        asked.files,
        sys.stdout,
        now=datetime.now(UTC),
        did_documents=asked.did_document,
        status_lists=asked.status_list,
    )


def _reliability(asked: argparse.Namespace) -> int:
    from touchstone.core.studies import console

    return console.run(asked, sys.stdout)


def _content(asked: argparse.Namespace) -> int:
    if asked.what != "export" and not asked.folder.is_dir():
        raise Refused(f"{asked.folder} is not a folder.")
    from touchstone.config import preparation

    if asked.what == "check":  # reads nothing of the installation, so it needs no settings
        os.environ.setdefault("TOUCHSTONE_MODE", "demonstration")
    else:
        _join_demonstration()
    preparation.open_django()
    from touchstone.catalogue import content_files
    from touchstone.kit.actor import system

    if asked.what == "check":
        found = content_files.read_folder(asked.folder)
        print(f"All is well: {len(found.items)} items and {len(found.stacks)} stacks.")
    elif asked.what == "import":
        now = datetime.now(UTC)
        counts = content_files.import_(asked.folder, actor=system("content import"), now=now, progress=print)
        print("In the catalogue: " + ", ".join(f"{count} {kind}" for kind, count in counts.items()) + ".")
    else:
        print(f"{content_files.export(asked.folder)} files written to {asked.folder}.")
    return 0


def _badges(asked: argparse.Namespace) -> int:
    from touchstone.config import preparation

    _join_demonstration()
    preparation.open_django()
    from touchstone.config import badges

    return badges.run(asked)


def _rotate_secrets(asked: argparse.Namespace) -> int:
    from touchstone.config import preparation

    _join_demonstration()
    preparation.open_django()
    from touchstone.credentials.actions import reseal_keys
    from touchstone.kit.actor import system

    done = reseal_keys(actor=system("rotate-secrets"), now=datetime.now(UTC))
    print(f"Signing keys sealed under the secret in use: {done.now} now, {done.before} before.")
    if done.unreadable:
        raise Refused(
            "These keys open neither with TOUCHSTONE_SECRET nor with TOUCHSTONE_SECRET_PREVIOUS: "
            f"{', '.join(done.unreadable)}. Add the secret they were sealed under to TOUCHSTONE_SECRET_PREVIOUS "
            "and run this again."
        )
    print("TOUCHSTONE_SECRET_PREVIOUS may be emptied two weeks from now, when every session has been renewed.")
    return 0


def _doctor(asked: argparse.Namespace) -> int:
    from touchstone.config import doctor

    return doctor.run(sys.stdout)


def _join_demonstration() -> None:
    """In demonstration mode without a DATABASE_URL, use the database of the demonstration that is running."""
    if os.environ.get("TOUCHSTONE_MODE") == "demonstration" and not os.environ.get("DATABASE_URL"):
        from touchstone.config import demo

        demo.connect_to_running()


def _sentence_for(problem: Exception) -> str | None:
    """What to tell a person about a problem that can be foreseen; None when it is a defect of the program's."""
    if isinstance(problem, Refused | PostgresUnavailable):
        return str(problem)
    if isinstance(problem, OSError) and problem.filename:
        return f"{problem.filename}: {problem.strerror}."
    loaded = sys.modules.get
    known = (
        (loaded("touchstone.config.demo"), "CannotStart", "{}"),
        (loaded("touchstone.config.preparation"), "TablesDoNotFit", "{}"),
        (loaded("touchstone.config.environment"), "SettingsRefused", "{}"),
        (loaded("touchstone.core.content"), "ContentInvalid", "{}"),
        (loaded("touchstone.core.reliability.ratings"), "ReliabilityError", "{}"),
        (loaded("django.core.management"), "CommandError", "{}"),
        (loaded("django.db"), "OperationalError", "The database cannot be used: {}"),
    )
    for module, name, sentence in known:
        kind = getattr(module, name, None)
        if kind and isinstance(problem, kind):
            return sentence.format(str(problem).strip())
    return None


if __name__ == "__main__":
    sys.exit(main())
