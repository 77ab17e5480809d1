"""Loads the demonstration: its places and people, the catalogue, and the work, as if it had grown day by day."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

import touchstone
from touchstone.assessment import actions as assessment
from touchstone.catalogue import actions as catalogue
from touchstone.catalogue import content_files
from touchstone.catalogue.models import MicroCredential, Version
from touchstone.demo import belonging, history, playing
from touchstone.demo.actions import load_season
from touchstone.demo.cast import CAST, PASSWORD, PLACES, TIES, Member
from touchstone.demo.making import workshop
from touchstone.demo.stories import Story, read_stories
from touchstone.insights import actions as insights
from touchstone.insights.jobs import measure
from touchstone.kit import journal
from touchstone.kit.actor import Actor, system
from touchstone.kit.drain import run_waiting_jobs
from touchstone.kit.errors import Refusal
from touchstone.kit.models import JournalEntry
from touchstone.people import actions as people
from touchstone.people import queries as members
from touchstone.people.enums import AgeBand, DomainRule, Role, TieSource
from touchstone.people.models import Account, Organisation, Pseudonym

CONTENT = Path(touchstone.__file__).parents[2] / "content"
LOADED = "demonstration.loaded"
STAFF_RELEASE = ("computational-thinking-science-unit",)  # one item whose decisions award staff release
SIXTEEN_TO_18 = timedelta(days=600)
HISTORY = timedelta(weeks=20)  # how long before the day of loading everything began

_LOADER = system("demonstration")
_PEOPLE = "People, all invented"

type Progress = Callable[[str, int, int], None]
"""Hears what is being loaded, how much of it is there, and how much there will be."""


class NotADemonstration(Refusal):
    sentence = _(
        "Invented people may only be loaded into a demonstration. Set TOUCHSTONE_MODE=demonstration, with a database"
        " of its own, and try again."
    )


class NotEmpty(Refusal):
    sentence = _(
        "There are people in this database already who do not belong to the demonstration. Use an empty database:"
        " for make demo, name another data folder with TOUCHSTONE_DATA."
    )


def is_loaded() -> bool:
    return JournalEntry.objects.filter(verb=LOADED).exists()


def load_if_empty(*, now: datetime, progress: Progress, small: bool = False) -> bool:
    """Load the demonstration unless it is there; says whether it did. Raises as ``load``."""
    if is_loaded():
        return False
    load(now=now, progress=progress, small=small)
    return True


@transaction.atomic
def load(*, now: datetime, progress: Progress, small: bool = False) -> None:
    """Load everything in one transaction, so that a loading cut short leaves nothing behind but orphaned files.

    ``small`` loads the whole cast, but only one piece of work of every kind. Raises NotADemonstration, NotEmpty.
    """
    _require_demonstration()
    if Account.objects.exists():
        raise NotEmpty
    begin, stories = now - HISTORY, read_stories(small=small)
    with workshop() as order:
        _load_catalogue(begin, progress)
        persons = _enter_people(begin, progress)
        steps = [step for story in stories for step in playing.steps(story, persons, order, today=now)]
        _play(stories, steps, progress)
    season = MicroCredential.objects.select_related("current").get(slug=history.ITEM).current
    assert season
    told = f"A season of {history.WORKS} works, each read twice"
    progress(told, 0, 1)
    load_season(version=season, assessors={key: persons[key] for key in history.SEVERITY}, now=now)
    measure.defer(version_id=str(season.id))  # takes seconds: the worker does it while the first visitor reads
    belonging.play(persons, now)
    _write_validity_record(persons, season, now)
    journal.record(_LOADER, LOADED, now=now)
    progress(told, 1, 1)


def reset() -> None:
    """Take everything out of the database and the storage of a demonstration, whoever came to it since.

    Raises NotADemonstration, and NotEmpty when there are people although no demonstration was ever loaded.
    """
    _require_demonstration()
    if Account.objects.exists() and not is_loaded():
        raise NotEmpty
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    if default_storage.exists(""):
        _empty_storage("")


def _empty_storage(folder: str) -> None:
    folders, files = default_storage.listdir(folder)
    for name in files:
        default_storage.delete(f"{folder}{name}")
    for name in folders:
        _empty_storage(f"{folder}{name}/")
        default_storage.delete(f"{folder}{name}")


def _require_demonstration() -> None:
    if not (settings.DEMONSTRATION or settings.TESTING):
        raise NotADemonstration


def _load_catalogue(now: datetime, progress: Progress) -> None:
    progress("Catalogue", 0, 1)
    content_files.import_(CONTENT, actor=_LOADER, now=now)
    for slug in STAFF_RELEASE:
        item = MicroCredential.objects.get(slug=slug)
        catalogue.set_staff_release(actor=_LOADER, micro_credential=item, staff=True, now=now)
    progress("Catalogue", 1, 1)


def _write_validity_record(persons: dict[str, UUID], version: Version, now: datetime) -> None:
    issuer = version.micro_credential.issuer_id
    membership = members.members_with_role(issuer, Role.AUTHOR, on=now.date()).get(person_id=persons["wendell"])
    author = members.actor_of(persons["wendell"], membership)
    for kind, weeks, text in history.VALIDITY:
        on_date = (now - timedelta(weeks=weeks)).date()
        insights.note_validity(actor=author, version_id=version.id, kind=kind, on_date=on_date, text=text, now=now)


def _enter_people(now: datetime, progress: Progress) -> dict[str, UUID]:
    """The cast with employers, roles, qualifications and ties; returns key -> pseudonym's id."""
    organisations = {row.slug: row for row in Organisation.objects.all()}
    for place in PLACES:
        organisations[place.slug] = people.found_organisation(
            actor=_LOADER,
            now=now,
            slug=place.slug,
            name=place.name,
            kind=place.kind,
            state=place.state,
            time_zone=place.time_zone,
            parent=organisations.get(place.part_of),
            description=place.about,
            is_invented=True,
        )
        if place.email_domain:
            people.set_domain(
                actor=_LOADER,
                organisation=organisations[place.slug],
                domain=place.email_domain,
                rule=DomainRule.NONE,
                now=now,
            )
    password_hash = make_password(PASSWORD)
    pseudonyms: dict[str, Pseudonym] = {}
    for member in CAST:
        progress(_PEOPLE, len(pseudonyms), len(CAST))
        pseudonyms[member.key] = _enter(member, organisations, password_hash, now)
    progress(_PEOPLE, len(CAST), len(CAST))
    for one, other, kind in TIES:
        people.declare_tie(
            actor=_LOADER,
            a=pseudonyms[one],
            b=pseudonyms[other],
            kind=kind,
            source=TieSource.DECLARED,
            from_date=now.date(),
            now=now,
        )
    return {key: row.id for key, row in pseudonyms.items()}


def _enter(member: Member, organisations: dict[str, Organisation], password_hash: str, now: datetime) -> Pseudonym:
    person = people.open_account(
        email=member.email,
        password_hash=password_hash,
        now=now,
        name=member.name,
        position=member.position,
        state=member.state,
        time_zone=member.time_zone,
        **(
            {"age": AgeBand.FROM_13_TO_17, "turns_18": (now + HISTORY + SIXTEEN_TO_18).date()}
            if member.is_minor
            else {}
        ),
    )
    pseudonym = person.pseudonym
    if member.subjects or member.grades:
        people.change_profile(
            actor=Actor(person=pseudonym.id),
            name=person.name,
            position=person.position,
            state=person.state,
            language=person.language,
            time_zone=person.time_zone,
            subjects=member.subjects,
            grade_bands=member.grades,
            now=now,
        )
    people.confirm_identity(actor=_LOADER, person=pseudonym, now=now)
    if member.works_at:
        people.record_employment(
            actor=_LOADER,
            person=pseudonym,
            organisation=organisations[member.works_at],
            from_date=date(now.year - 4, 8, 1),
            confirmed=True,
            now=now,
        )
    for role, slug in member.roles:
        people.grant_membership(
            actor=_LOADER,
            person=pseudonym,
            organisation=organisations[slug],
            role=role,
            from_date=now.date(),
            now=now,
        )
    for item in MicroCredential.objects.filter(slug__in=member.scores):
        assessment.qualify_assessor(
            actor=_LOADER, assessor=pseudonym, micro_credential=item, from_date=now.date(), now=now
        )
    return pseudonym


def _play(stories: list[Story], steps: list[playing.Step], progress: Progress) -> None:
    """All stories at once, step by step in the order of their moments; the jobs of each step run before the next."""
    told = f"Work on {len(stories)} submissions"
    for done, (moment, step) in enumerate(sorted(steps, key=lambda pair: pair[0])):
        progress(told, done, len(steps))
        step(moment)
        run_waiting_jobs()
    progress(told, len(steps), len(steps))
