"""The options of `touchstone reliability`, apart from what measures: the command's help must not wait for numpy."""

import argparse
from pathlib import Path

WANTED = ("work", "assessor", "level")
ALSO = ("criterion", "on", "read")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The options of the command."""
    command.add_argument("file", type=Path, metavar="FILE", help="an export of ours (.zip), or a CSV of ratings")
    command.add_argument("--json", action="store_true", help="print everything as JSON")
    command.add_argument(
        "--replications", type=int, metavar="N", help="fits behind the ranges of infit and outfit (0: none)"
    )
    table = command.add_argument_group("for a CSV: one row for each rating")
    for ours in (*WANTED, *ALSO):
        table.add_argument(f"--{ours}", metavar="COLUMN", help=f"the column with the {ours} (default: {ours})")
    table.add_argument("--levels", metavar="LOW,…,HIGH", help="the levels in order, when they are words")
    table.add_argument(
        "--needed",
        action="append",
        default=[],
        metavar="CRITERION=LEVEL",
        help="a line of the passing rule: the level at least needed (may be repeated)",
    )
