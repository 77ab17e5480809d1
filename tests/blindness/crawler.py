"""Signs in as a face, goes wherever it can go, and looks in everything it gets for what is withheld from it."""

import re
from collections import deque
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings

from tests.blindness import files, links
from tests.blindness.report import Leak, Report
from tests.blindness.search import Searcher
from tests.blindness.withheld import OFFERED, Secret, identity, published_at, withheld
from tests.blindness.world import Face, World
from touchstone.kit import storage
from touchstone.kit.models import OutgoingMail
from touchstone.people.models import Person
from touchstone.web.acting import SESSION_KEY

START = ("/",)
SAME_FOR_ALL = ("/static/",)
LEAVING = ("/account/logout/",)  # a session that ends sees nothing more
DIRECTORY = re.compile("^(POST |after POST .*: )?/(organisations|account/work)/")  # that a school exists is no secret
CARRIED_ALONG = {"next"}  # where to go afterwards: the same page whatever it says
MEDIA_HOST = urlsplit(settings.MEDIA_ORIGIN).netloc
# The demonstration's pages show everything to everybody; outside demonstrations and tests they do not exist.
AS_IN_PRODUCTION = override_settings(TESTING=False)


class Crawl:
    """One face's way through the site. ``found`` are the addresses that gave it an answer."""

    def __init__(self, face: Face, world: World, report: Report) -> None:
        self.face, self.world, self.report = face, world, report
        self.secrets = withheld(face, world)
        self.searcher = Searcher(self.secrets)
        self.hashes = {secret.value: secret for secret in self.secrets if secret.kind == "hash of an original"}
        self.client = Client(raise_request_exception=True)
        self.found: dict[str, int] = {}
        self._known: set[Secret] = set()  # what stands in the address she was given to try is no news
        self._posted: set[tuple[str, tuple[str, ...]]] = set()
        report.withheld[str(face)] = len(self.secrets)
        self._sign_in()

    def _sign_in(self) -> None:
        if self.face.person is None:
            return
        self.client.force_login(self.face.person.account)
        if self.face.membership:
            session = self.client.session
            session[SESSION_KEY] = str(self.face.membership.id)
            session.save()

    def walk(self, start: Iterable[str] = START, *, most: int = 10_000) -> None:
        """Go everywhere from ``start`` on, ``most`` answers at most; post every form met and undo it."""
        waiting = deque(start)
        while waiting and len(self.found) < most:
            path = waiting.popleft()
            if _key(path) in self.found or path.startswith((*SAME_FOR_ALL, *LEAVING)):
                continue
            addresses, forms = self._get(path)
            waiting.extend(sorted(addresses))
            for form in sorted(forms, key=lambda row: (row.path, row.fields)):
                if len(self.found) < most:
                    waiting.extend(sorted(self._post(form)))

    def read_mail(self, *, most: int = 10_000) -> None:
        """All mail to this person, also where its links lead, as far as ``walk`` would go."""
        for address in _addresses_of(self.face.person):
            for mail in OutgoingMail.objects.filter(to__iexact=address):
                self.report.count(str(self.face), "mails")
                for place, text in (("subject", mail.subject), ("text", mail.text), ("page", mail.html)):
                    self._look(f"mail {mail.kind}", place, text)
                self.walk(links.from_text(mail.text), most=most)

    def try_addresses(self, paths: Iterable[str]) -> None:
        """Ask for what only others were shown the way to."""
        for path in paths:
            if _key(path) not in self.found:
                self.report.count(str(self.face), "tried")
                self._known = self.searcher.find(path)
                self._get(path)
        self._known = set()

    def _get(self, path: str) -> tuple[set[str], set[links.Form]]:
        answer = self.client.get(path, headers={"host": _host(path)})
        return self._read(path, answer, "pages")

    def _post(self, form: links.Form) -> set[str]:
        """Send a form as it stands, read what comes of it, and undo it all."""
        mark = (form.path, tuple(sorted({name for name, _value in form.fields} - {"csrfmiddlewaretoken"})))
        if mark in self._posted or form.path.startswith(LEAVING):
            return set()
        self._posted.add(mark)
        cookies = self.client.cookies.copy()
        with transaction.atomic():
            fields: dict[str, list[str]] = {}
            for name, value in form.fields:
                fields.setdefault(name, []).append(value)
            answer = self.client.post(form.path, fields)
            addresses, _forms = self._read(f"POST {form.path}", answer, "forms")
            for path in list(links.from_headers(answer, form.path)):
                if not path.startswith(LEAVING):
                    self._read(f"after POST {form.path}: {path}", self._follow(path), "forms")
            transaction.set_rollback(True)
        self.client.cookies = cookies
        return {path for path in addresses if not path.startswith("/media/")}

    def _follow(self, path: str) -> Any:
        return self.client.get(path, headers={"host": _host(path)})

    def _read(self, path: str, answer: Any, what: str) -> tuple[set[str], set[links.Form]]:
        """Look in every part of an answer; returns where it leads."""
        self.found[_key(path)] = answer.status_code
        if answer.status_code >= 500 or answer.status_code == 429:
            self.report.broken.append(f"{self.face} at {path}: {answer.status_code}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        self._look(path, "address", path)
        for name, value in answer.headers.items():
            self._look(path, f"header {name}", value)
        for name, morsel in answer.cookies.items():
            self._look(path, f"cookie {name}", morsel.value)
        addresses = set(links.from_headers(answer, urlsplit(path).path))
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        is_text = kind.startswith("text/") or "json" in kind or "xml" in kind
        if answer.status_code in {200, 400, 409}:
            self.report.count(str(self.face), what if is_text else "files")
        if not is_text:
            self._look_in_file(path, body)
            return addresses, set()
        text = body.decode("utf-8", "replace")
        self._look(path, "page", text)
        self._check_hash(path, body)
        if kind == "text/html":
            more, forms = links.from_page(text, urlsplit(path.rpartition(" ")[2]).path)
            return addresses | more, forms
        if "json" in kind:
            addresses |= set(links.from_json(text, urlsplit(path).path))
        return addresses, set()

    def _look(self, address: str, place: str, text: str) -> None:
        self._note(address, place, self.searcher.find(text))

    def _look_in_file(self, path: str, body: bytes) -> None:
        self._check_hash(path, body)
        for place, data in files.parts(body):
            self._note(path, f"file ({place})", self.searcher.find_in_bytes(data))

    def _check_hash(self, path: str, body: bytes) -> None:
        """Whoever gets the very bytes of an original has the original."""
        secret = self.hashes.get(sha256(body).hexdigest())
        self._note(path, "file itself", {secret} if secret else set())

    def _note(self, address: str, place: str, found: set[Secret]) -> None:
        shared = published_at(address, self.world) if found else None
        for secret in found - self._known:
            if shared and secret.value.casefold() in self._published(shared.holder_id, shared.token):
                continue
            if secret.kind == OFFERED and "/accept: " in address:
                continue
            if secret.kind == "school" and DIRECTORY.search(address):
                continue
            where = f"/media/{_key(address)}" if "/media/" in address else address
            self.report.leaks.add(Leak(str(self.face), where, place, secret.kind, secret.of, secret.value))

    def _published(self, holder: object, token: str) -> set[str]:
        """What a holder shows with an award she shares: her name, and its address."""
        names = identity(Person.objects.get(pseudonym=holder))
        return {token, *(secret.value.casefold() for secret in names if secret.kind == "name")}


def crawl(
    world: World,
    faces: Iterable[Face] | None = None,
    *,
    start: Iterable[str] = START,
    try_others: bool = True,
    told: Callable[[str], None] = lambda line: None,
) -> Report:
    """Everybody's walk; then everybody asks for every address that anybody else was shown. ``told`` hears how far."""
    report = Report()
    with AS_IN_PRODUCTION:
        walks = [Crawl(face, world, report) for face in (faces or world.faces)]
        for one in walks:
            one.walk(start)
            one.read_mail()
            told(f"{one.face}: {len(one.found)} addresses")
        if try_others:
            known = sorted({path for one in walks for path, status in one.found.items() if _worth_trying(path, status)})
            public = {
                path for one in walks if one.face.person is None for path, code in one.found.items() if code == 200
            }
            for one in (walk for walk in walks if _tries(walk.face, world)):
                one.try_addresses(path for path in known if path not in public)
    return report


def _tries(face: Face, world: World) -> bool:
    """Who acts for herself and has sent in nothing gets the same answers as the outsider, who stands for them all."""
    earners = {work.submission.earner_id for work in world.works}
    is_like_outsider = face.role == "herself" and face.person and face.person.pseudonym_id not in earners
    return face.who == "outsider" or not is_like_outsider


def _worth_trying(path: str, status: int) -> bool:
    return path.startswith("/") and not path.startswith("/media/") and status in {200, 302, 303}


def _addresses_of(person: Person | None) -> list[str]:
    return [str(person.account)] if person and person.account else []


def _host(path: str) -> str:
    return MEDIA_HOST if path.startswith("/media/") else urlsplit(settings.ORIGIN).netloc


def _key(path: str) -> str:
    """One name for addresses that lead to the same: without what is carried along, a signed link by its file."""
    if "/media/" in path and " " not in path:
        facts = storage.read_link(path.rpartition("/media/")[2])
        return f"/media/{facts[0]} {facts[1]}" if facts else path
    whole = urlsplit(path)
    query = [(name, value) for name, value in parse_qsl(whole.query, True) if name not in CARRIED_ALONG]
    return f"{whole.path}?{urlencode(sorted(query))}" if query else whole.path
