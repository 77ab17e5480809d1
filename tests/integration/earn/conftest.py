"""A draft, and the browser of the earner whose it is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests import builders as b
from tests.cast import Cast
from touchstone.catalogue.models import Version
from touchstone.demo.evidence.facts import Maker
from touchstone.portfolio.models import Answer, Artifact, Submission
from touchstone.portfolio.queries import contents_of

MAKER = Maker(name="Rosa Marchetti", organisation="Maple School", gps=(39.7392, -104.9903))
JSON = {"accept": "application/json"}


@dataclass
class Desk:
    """A submission, and the earner's browser."""

    cast: Cast
    submission: Submission
    client: Client

    @property
    def path(self) -> str:
        return f"/earn/{self.submission.token}/"

    def page(self, path: str = "", status: int = 200) -> str:
        """A page of the submission with its white space folded."""
        answer = self.client.get(self.path + path)
        assert answer.status_code == status
        return words_of(answer)

    def autosave(self, prompt: str, text: str, revision: int | str, **more: str) -> HttpResponse:
        """What autosave.js sends for one field."""
        name = f"text-{prompt}"
        sent = {name: text, "field": name, "revision": str(revision), **more}
        return self.client.post(f"{self.path}answers/{prompt}", sent, headers=JSON)

    def save(self, part: str, **fields: str) -> HttpResponse:
        """What a browser without JavaScript sends of a part."""
        return self.client.post(f"{self.path}parts/{part}", {key.replace("_", "-"): row for key, row in fields.items()})

    def upload(self, files: Path | Iterable[Path], *, slot: str = "recording", **how: Any) -> HttpResponse:
        paths = [files] if isinstance(files, Path) else list(files)
        sent = [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]
        return self.client.post(f"{self.path}evidence/{slot}/file", {"file": sent}, **how)

    def post(self, path: str, fields: Mapping[str, Any] | None = None, **how: Any) -> HttpResponse:
        return self.client.post(self.path + path, fields or {}, **how)

    def answer(self, prompt: str = "context") -> Answer:
        return Answer.objects.get(attempt=self.fresh().current, prompt=prompt)

    def artifacts(self) -> list[Artifact]:
        return list(self.fresh().current.artifacts.order_by("added_at", "id"))

    def fresh(self) -> Submission:
        return Submission.objects.select_related("current").get(id=self.submission.id)

    def revision(self, prompt: str = "context") -> int:
        return contents_of(self.fresh().current).prompts[prompt].revision


def words_of(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def draft(cast: Cast) -> Desk:
    """Everything the item asks for is in it."""
    return Desk(cast, cast.draft(), cast.client("earner"))


@pytest.fixture
def blank(cast: Cast) -> Desk:
    """Just begun, on an item whose slot takes nine pieces."""
    version = roomy(cast)
    submission = b.portfolio.start_submission(actor=b.actor(cast.earner), version=version, now=b.NOW)
    return Desk(cast, submission, cast.client("earner"))


@pytest.fixture
def sent(cast: Cast) -> Desk:
    return Desk(cast, cast.submitted(), cast.client("earner"))


@pytest.fixture
def not_yet(cast: Cast) -> Desk:
    return Desk(cast, cast.not_yet(), cast.client("earner"))


@pytest.fixture
def earned(cast: Cast) -> Desk:
    return Desk(cast, cast.earned(), cast.client("earner"))


def roomy(cast: Cast) -> Version:
    parts = b.document("roomy", cast.issuer.slug)["parts"]
    parts[1]["artifacts"][0]["max_items"] = 9
    return b.version("roomy", of=cast.issuer, parts=parts, title="Many pieces")
