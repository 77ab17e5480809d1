"""What each face must never meet, worked out from ``core.sight`` and the rows of the database."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from allauth.account.models import EmailAddress
from django.utils import timezone

from tests.blindness import evidence
from tests.blindness.world import Face, Work, World
from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.models import Assignment, Decision, ReadingPlan
from touchstone.core.sight import Condition, Side, Sight, Viewer, see
from touchstone.credentials.enums import Visibility
from touchstone.credentials.models import Award
from touchstone.people.enums import Role
from touchstone.people.models import Employment, GlassBreak, GuardianConsent, Membership, Organisation, Person
from touchstone.portfolio.enums import ArtifactKind, AttemptState
from touchstone.portfolio.models import Artifact

OFFERED = "words of work offered"  # which accepting opens
SHORTEST = 4  # letters of a name that counts by itself


@dataclass(frozen=True)
class Secret:
    """A value that tells: what it is, and of whom or what. ``whole`` counts only as a word by itself."""

    value: str
    kind: str
    of: str
    whole: bool = False


def identity(person: Person) -> list[Secret]:
    """Everything by which a person could be known, as it stood when it was first asked."""
    return _identity(person.id)


@functools.cache
def _identity(person_id: UUID) -> list[Secret]:
    person = Person.objects.get(id=person_id)
    who = person.name or str(person.id)
    found = [
        *_names(person, who),
        Secret(str(person.id), "person id", who),
        Secret(str(person.pseudonym_id), "pseudonym id", who),
        Secret(str(person.account_id), "account id", who),
        Secret(evidence.maker_of(person).user_name, "handle", who),
    ]
    for consent in GuardianConsent.objects.filter(person=person.pseudonym_id):
        found += [Secret(consent.guardian_email, "guardian", who), Secret(consent.guardian_name, "guardian", who)]
    for address in EmailAddress.objects.filter(user=person.account_id):
        found.append(Secret(address.email, "e-mail", who))
    for membership in Membership.objects.filter(person=person.pseudonym_id):
        found.append(Secret(str(membership.id), "membership id", who))
    for employment in Employment.objects.filter(person=person.pseudonym_id).select_related("organisation__parent"):
        found.append(Secret(str(employment.id), "employment id", who))
        for place in filter(None, (employment.organisation, employment.organisation.parent)):
            found += _place(place, who)
    return found


def _names(person: Person, who: str) -> Iterator[Secret]:
    for name in (person.name, person.sort_name, *(row.name for row in person.former_names.all())):
        yield Secret(name, "name", who)
        for part in name.split():
            if len(part) >= SHORTEST:
                yield Secret(part, "name", who, whole=len(part) < SHORTEST + 3)
    given, *_middle, family = person.name.split()
    yield Secret(f"{given[0]}. {family}", "name", who)
    yield Secret(f"{family}, {given}", "name", who)


def _of_work(work: Work) -> Iterator[Secret]:
    """What names a submission on its earner's side: its rows, its pieces, the originals and their names."""
    submission = work.submission
    yield Secret(submission.token, "submission token", work.name)
    yield Secret(str(submission.id), "submission id", work.name)
    for attempt in submission.attempts.all():
        yield Secret(str(attempt.id), "attempt id", work.name)
    for row in Artifact.objects.filter(submission=submission):
        yield Secret(row.token, "artifact token", work.name)
        yield Secret(str(row.id), "artifact id", work.name)
        if row.kind == ArtifactKind.FILE:
            yield Secret(row.sha256, "hash of an original", work.name)
            yield Secret(row.name, "file name", work.name)
            yield Secret(row.original.partition("/")[2].partition("/")[0], "storage key", work.name)
            yield Secret(evidence.NICKNAME, "nickname", work.name)
            yield Secret(evidence.SERIAL, "camera", work.name)


def viewer(face: Face, work: Work) -> Viewer:
    """What a face is to a piece of work."""
    membership = face.membership
    if face.person and membership is None and face.person.pseudonym_id == work.submission.earner_id:
        return Viewer.EARNER
    if membership is None:
        return Viewer.ANYONE
    of_issuer = membership.organisation_id == work.submission.version.micro_credential.issuer_id
    if membership.role == Role.ASSESSOR and _hand(face, work):
        return Viewer.ASSESSOR
    if of_issuer and membership.role == Role.SCORING_LEADER:
        return Viewer.SCORING_LEADER
    if of_issuer and membership.role == Role.AWARD_STAFF:
        return Viewer.AWARD_STAFF
    if membership.role == Role.PLATFORM_STAFF:
        return Viewer.PLATFORM_STAFF
    if membership.role == Role.ADMINISTRATOR:
        return Viewer.DISTRICT
    return Viewer.ANYONE


def _hand(face: Face, work: Work) -> Assignment | None:
    """The assignment by which the work is, or was, in this assessor's hands."""
    return next((row for row in work.assignments if face.person and row.assessor_id == face.person.pseudonym_id), None)


def withheld(face: Face, world: World) -> list[Secret]:
    """Everything the table keeps from a face, less what she knows of herself or may see in other work."""
    hidden = {secret.value.casefold(): secret for secret in _bystanders(face, world)}
    known = [*(identity(face.person) if face.person else ()), *_of_her_organisation(face)]
    known += [*_of_her_pool(face), *_behind_glass(face)]
    shown = {secret.value.casefold() for secret in known}
    for work in world.works:
        for secret, allowed in _of(face, work):
            if allowed:
                shown.add(secret.value.casefold())
            elif secret.value:
                hidden.setdefault(secret.value.casefold(), secret)
    return [secret for value, secret in hidden.items() if value not in shown]


def _bystanders(face: Face, world: World) -> Iterator[Secret]:
    """Everybody else of the cast: whoever has no part in a work is named to nobody either."""
    people = {row.person.pseudonym_id: row.person for row in world.faces if row.person}
    if face.person:
        people.pop(face.person.pseudonym_id)
    for person in people.values():
        yield from identity(person)


def _of_her_organisation(face: Face) -> Iterator[Secret]:
    """An administrator knows the parts of her organisation, and who works there now, by name and address."""
    if face.membership is None or face.membership.role != Role.ADMINISTRATOR:
        return
    places = {face.membership.organisation_id, *face.membership.organisation.parts.values_list("id", flat=True)}
    for place in Organisation.objects.filter(id__in=places):
        yield from _place(place, face.who)
    today = timezone.now().date()
    for row in Employment.objects.filter(organisation__in=places).exclude(to_date__lt=today):
        for secret in identity(Person.objects.get(pseudonym=row.person_id)):
            if secret.kind in {"name", "e-mail", "membership id", "employment id"}:
                yield secret


def _of_her_pool(face: Face) -> Iterator[Secret]:
    """A scoring leader knows the issuer's assessors by name; her forms name their roles in her own pool."""
    if face.membership is None or face.membership.role != Role.SCORING_LEADER:
        return
    pool = Membership.objects.filter(organisation=face.membership.organisation_id, role=Role.ASSESSOR)
    yield from (Secret(str(role.id), "membership id", str(role.person_id)) for role in pool)
    for person in Person.objects.filter(pseudonym__in=pool.values("person")):
        yield from (secret for secret in identity(person) if secret.kind == "name")


def _behind_glass(face: Face) -> Iterator[Secret]:
    """What platform staff may know while a look of theirs is open: who somebody is, but none of her ids."""
    if face.membership is None or face.membership.role != Role.PLATFORM_STAFF or face.person is None:
        return
    looks = GlassBreak.objects.filter(staff=face.person.pseudonym_id, closed_at=None, expires_at__gt=timezone.now())
    for look in looks:
        for secret in identity(Person.objects.get(pseudonym=look.subject_id)):
            if secret.kind in {"name", "e-mail", "school"}:
                yield secret


def _place(place: Organisation, of: str) -> Iterator[Secret]:
    for name in (place.name, place.slug, place.name.replace(" ", "")):
        yield Secret(name, "school", of)


def _of(face: Face, work: Work) -> Iterator[tuple[Secret, bool]]:
    """Each secret of a work with whether this face may meet it."""
    who = viewer(face, work)
    met = _met(work)
    earner = Person.objects.get(pseudonym=work.submission.earner_id)
    as_holder = [see(one, Side.HOLDER, *met) for one in (who, Viewer.ANYONE)] if work.awards else []
    yield from _person(earner, see(who, Side.EARNER, *met), *as_holder)
    own = face.person is not None and face.person.pseudonym_id == work.submission.earner_id
    yield from ((secret, own) for secret in _of_work(work))
    hand = _hand(face, work)
    kind = OFFERED if hand and hand.state == AssignmentState.OFFERED else "words of the work"
    yield from ((Secret(word, kind, work.name), own or _reads(face, work, who)) for word in work.words)
    for row in work.assignments:
        yield from _assignment(face, work, who, row)
    yield from _outcome(face, work, who)


def _met(work: Work) -> list[Condition]:
    listed = any(row.visibility == Visibility.LISTED for row in work.awards)
    released = Decision.objects.filter(attempt__submission=work.submission, released_at__isnull=False).exists()
    return [*([Condition.PUBLISHED] if listed else []), *([Condition.RELEASED] if released else [])]


def _person(person: Person, *sights: Sight) -> Iterator[tuple[Secret, bool]]:
    for secret in identity(person):
        named = secret.kind == "name" and Sight.NAME in sights
        yield secret, named or Sight.OWN in sights


def _reads(face: Face, work: Work, who: Viewer) -> bool:
    """Whether the words of the work are hers to read: drafts by the earner alone, offers by nobody yet."""
    current = work.submission.attempts.latest("number")
    if current.state == AttemptState.DRAFT and current.number == 1:
        return see(who, Side.DRAFT) is Sight.OWN
    if who is Viewer.ASSESSOR:
        hand = _hand(face, work)
        return hand is not None and hand.state in {AssignmentState.ACCEPTED, AssignmentState.SCORED}
    return see(who, Side.WORK) is not Sight.NOTHING


def _assignment(face: Face, work: Work, who: Viewer, row: Assignment) -> Iterator[tuple[Secret, bool]]:
    hers = face.person is not None and row.assessor_id == face.person.pseudonym_id  # she was sent its address
    assessor = Person.objects.get(pseudonym=row.assessor_id)
    sight = see(who, Side.ASSESSOR)
    for secret in identity(assessor):
        yield secret, secret.kind == "name" and sight is Sight.NAME
    yield Secret(row.token, "assignment token", work.name), hers
    yield Secret(row.code, "assignment code", work.name), hers
    yield Secret(str(row.id), "assignment id", work.name), hers
    if said := work.said.get(row):
        yield Secret(said, "words of a comment", work.name), (hers and who is Viewer.ASSESSOR) or _hears(row, who)


def _hears(row: Assignment, who: Viewer) -> bool:
    """Whether a comment is there for others: only once it was sent, for the earner once it was released."""
    row.refresh_from_db()
    if row.state != AssignmentState.SCORED or who is Viewer.ASSESSOR:
        return False
    released = Decision.objects.filter(attempt=row.attempt, released_at__isnull=False).exists()
    return see(who, Side.SCORES, *([Condition.RELEASED] if released else [])) is Sight.WHOLE


def _held_by(face: Face, role: Role, work: Work) -> bool:
    """Whether she holds this role for the work's issuer, whatever she acts as now: mails reach the whole person."""
    issuer = work.submission.version.micro_credential.issuer_id
    person = face.person.pseudonym_id if face.person else None
    return Membership.objects.filter(person=person, role=role, organisation=issuer).exists()


def _outcome(face: Face, work: Work, who: Viewer) -> Iterator[tuple[Secret, bool]]:
    leader, staff = (_held_by(face, role, work) for role in (Role.SCORING_LEADER, Role.AWARD_STAFF))
    for plan in ReadingPlan.objects.filter(attempt__submission=work.submission):
        yield Secret(plan.token, "reading plan token", work.name), leader
        yield Secret(plan.code, "reading plan code", work.name), leader
    for decision in Decision.objects.filter(attempt__submission=work.submission):
        yield Secret(decision.token, "decision token", work.name), staff
        yield Secret(decision.code, "decision code", work.name), staff
        yield Secret(str(decision.id), "decision id", work.name), staff
    for award in work.awards:
        public = award.visibility == Visibility.LISTED
        yield Secret(award.token, "award token", work.name), public or who in {Viewer.EARNER, Viewer.AWARD_STAFF}
        yield Secret(str(award.id), "award id", work.name), False


def published_at(path: str, world: World) -> Award | None:
    """The award that a path opens to whoever knows it: its holder shared the address herself."""
    for work in world.works:
        for award in work.awards:
            if award.visibility != Visibility.PRIVATE and award.token in path:
                return award
    return None
