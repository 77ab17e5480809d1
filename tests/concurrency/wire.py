"""A mail server that notes what it was handed: the copies too, which a killed worker's successor sends again."""

import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class Wire(BaseEmailBackend):
    """Appends a line per mail to a file; one write, so that processes do not mix theirs."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        for message in email_messages:
            line = json.dumps({"id": message.extra_headers["Message-ID"], "to": message.to, "subject": message.subject})
            file = os.open(_place(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(file, line.encode() + b"\n")
            finally:
                os.close(file)
        return len(email_messages)


def handed_over() -> Counter[str]:
    """Message-ID -> how many copies were handed over."""
    if not _place().exists():
        return Counter()
    return Counter(json.loads(line)["id"] for line in _place().read_text().splitlines())


def _place() -> Path:
    return Path(settings.DATA) / "wire.jsonl"
