"""``load_demo``: fill an empty database with the demonstration's people, catalogue and history."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, OutputWrapper

from touchstone.demo import load
from touchstone.kit import clock
from touchstone.kit.errors import Refusal

_WIDTH, _TENTHS = 30, 10


class Command(BaseCommand):
    help = "Load the demonstration, unless it is loaded already. Every person and organisation in it is invented."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--small", action="store_true", help="one piece of work of every kind is enough")
        parser.add_argument("--reset", action="store_true", help="throw away what is there and load anew")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["reset"]:
                load.reset()
            bar = Bar(self.stdout)
            if not load.load_if_empty(now=clock.now(), progress=bar.show, small=options["small"]):
                self.stdout.write("  It is loaded already.")
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal


class Bar:
    """Shows how far each part is and how long it took: in place on a terminal, else at every tenth."""

    def __init__(self, out: OutputWrapper) -> None:
        self._out, self._in_place = out, out.isatty()
        self._what, self._began, self._shown = "", 0.0, -1

    def show(self, what: str, done: int, of: int) -> None:
        """``done`` of ``of`` are there."""
        if what != self._what:
            self._what, self._began, self._shown = what, time.monotonic(), 0
        tenth = done * _TENTHS // of
        if not self._in_place and (tenth == self._shown or (tenth < _TENTHS and of < _TENTHS)):
            return
        self._shown = tenth
        filled = done * _WIDTH // of
        line = f"  [{'#' * filled}{'.' * (_WIDTH - filled)}] {done * 100 // of:3d} %  {done} of {of}"
        line += f"  {time.monotonic() - self._began:.1f} s  {what}"
        self._out.write(
            f"\r{line}" if self._in_place else line, ending="\n" if done == of or not self._in_place else ""
        )
        self._out.flush()
