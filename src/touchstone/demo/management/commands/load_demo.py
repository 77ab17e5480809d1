"""``load_demo``: fill an empty database with the demonstration's people, catalogue and history."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from touchstone.demo.load import load_if_empty
from touchstone.kit.errors import Refusal


class Command(BaseCommand):
    help = "Load the demonstration, unless it is loaded already. Every person and organisation in it is invented."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load_if_empty(now=timezone.now(), progress=self.stdout.write)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
