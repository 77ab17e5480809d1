"""In worlds made up at random no offer breaks a hard rule, told here a second time, and every refusal adds up."""

import random
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import builders as b
from tests.integration.giving_out.looks import as_
from touchstone.assessment import actions, leading
from touchstone.assessment.models import Assignment, Availability, PoolAlliance, Qualification, ReadingPlan
from touchstone.catalogue.queries import item_of
from touchstone.kit.drain import run_waiting_jobs
from touchstone.people import actions as people
from touchstone.people.enums import OrganisationKind, TieKind, TieSource
from touchstone.people.models import Employment, Membership, Organisation, Person, Tie
from touchstone.people.queries import verified_addresses
from touchstone.portfolio.models import Attempt


class World:
    """Two issuers, two districts with schools, a few earners and assessors; all else by lot."""

    def __init__(self, lot: random.Random) -> None:
        self.lot = lot
        self.issuers = [b.issuer("one"), b.issuer("two")]
        self.leader = b.member(b.person("Leader"), self.issuers[0], "scoring_leader")
        if lot.random() < 0.5:
            other = b.member(b.person("Other leader"), self.issuers[1], "scoring_leader")
            row = actions.ask_alliance(actor=as_(self.leader), ally=self.issuers[1], now=b.NOW)
            actions.agree_alliance(actor=as_(other), token=row.token, now=b.NOW)
        districts = [b.organisation(f"district-{n}", OrganisationKind.DISTRICT) for n in range(2)]
        self.places = [b.organisation(f"school-{n}", parent=districts[n % 2]) for n in range(3)] + districts
        self.items = [self._item(n) for n in range(2)]
        self.assessors = [self._assessor(n) for n in range(lot.randint(1, 6))]
        self.earners = [self._person(f"Earner {n}") for n in range(lot.randint(1, 4))]
        for _tie in range(lot.randint(0, 3)):
            self._tie()

    def _item(self, number: int):
        scoring = {"second_reads": self.lot.choice(["0", "1"]), "local_pool": self.lot.random() < 0.5}
        language = self.lot.choice(["en", "en", "es"])
        title = f"Item {number}"
        return b.version(f"item-{number}", of=self.issuers[0], title=title, scoring=scoring, language=language)

    def _person(self, name: str) -> Person:
        works_at = self.lot.sample(self.places, self.lot.randint(0, 1))
        row = b.person(name, state=self.lot.choice(["CO", "TX", ""]), works_at=works_at)
        if self.lot.random() < 0.3:
            b.address(row, f"{row.pseudonym_id.hex}@shared.example.org")
        return row

    def _assessor(self, number: int) -> Membership:
        row = self._person(f"Assessor {number}")
        for item in self.lot.sample(self.items, self.lot.randint(0, 2)):
            actions.qualify_assessor(
                actor=b.SYSTEM,
                assessor=row.pseudonym,
                micro_credential=item.micro_credential,
                from_date=b.NOW.date(),
                now=b.NOW,
            )
        membership = b.member(row, self.lot.choice([*self.issuers, self.issuers[0]]), "assessor")
        languages = self.lot.choice([["en"], ["en", "es"], ["es"]])
        at_once, weekly = self.lot.randint(0, 3), self.lot.choice([None, 1, 2])
        actions.set_availability(
            actor=as_(membership), at_once=at_once, weekly=weekly, languages=languages, known=["en", "es"], now=b.NOW
        )
        if self.lot.random() < 0.2:
            Person.objects.filter(id=row.id).update(identity_confirmed_at=None)
        if self.lot.random() < 0.2:
            Employment.objects.filter(person=row.pseudonym).update(confirmed_at=None)
        return membership

    def _tie(self) -> None:
        people.declare_tie(
            actor=b.SYSTEM,
            a=self.lot.choice(self.earners).pseudonym,
            b=self.lot.choice(self.assessors).person,
            kind=self.lot.choice(list(TieKind)),
            source=TieSource.DERIVED,
            from_date=b.NOW.date(),
            now=b.NOW,
        )

    def hand_in(self, *, at_once: bool) -> None:
        """Each earner hands in something; offered one by one, or all by the batch."""
        for earner in [*self.earners, self.assessors[0].person.person]:
            attempt = b.submitted(earner, self.lot.choice(self.items), jobs=False).current
            if at_once:
                ReadingPlan.objects.create(attempt=attempt, share=0, drawn_at=b.NOW, searching_since=b.NOW)
            else:
                actions.offer_attempt(actor=b.SYSTEM, attempt_id=attempt.id, now=b.NOW)
        actions.give_out_waiting_work(actor=b.SYSTEM, now=b.NOW)


def _works(person: Person) -> set[Organisation]:
    return {
        row.organisation for row in Employment.objects.filter(person=person.pseudonym).select_related("organisation")
    }


def _districts(places: set[Organisation]) -> set[object]:
    return {place.parent_id for place in places if place.parent_id} | {
        place.id for place in places if place.kind == OrganisationKind.DISTRICT
    }


def _domains(person: Person) -> set[str]:
    return {email.rpartition("@")[2] for email in verified_addresses(person.pseudonym_id)}


def broken_rules(row: Assignment) -> list[str]:
    """The hard rules an offer breaks, read from the rows themselves."""
    version = row.attempt.submission.version
    item, micro_credential = item_of(version.id), version.micro_credential
    earner, assessor = row.attempt.submission.earner.person, row.assessor.person
    told = Availability.objects.get(assessor=row.assessor)
    allied = PoolAlliance.objects.filter(issuer=micro_credential.issuer, ally=row.ally, agreed_at__isnull=False)
    pool = row.ally or micro_credential.issuer
    hers, theirs = _works(assessor), _works(earner)
    schools = {place for place in hers & theirs if place.kind != OrganisationKind.DISTRICT}
    local = item.scoring.local_pool
    broken = {
        "herself": earner == assessor,
        "not qualified": not Qualification.objects.filter(
            assessor=row.assessor, micro_credential=micro_credential
        ).exists(),
        "not in the pool": not Membership.objects.filter(person=row.assessor, organisation=pool).exists(),
        "no alliance": row.ally is not None and not allied.exists(),
        "identity": assessor.identity_confirmed_at is None,
        "employer": Employment.objects.filter(person=row.assessor, confirmed_at=None).exists(),
        "language": version.language not in told.languages,
        "tie": Tie.objects.filter(a=earner.pseudonym, b=row.assessor).exists(),
        "school": bool(schools),
        "district": not local and bool(_districts(hers) & _districts(theirs)),
        "domain": not local and bool(_domains(assessor) & _domains(earner)),
        "state": not theirs and bool(earner.state) and assessor.state in {earner.state, ""},
    }
    return [rule for rule, is_broken in broken.items() if is_broken]


@pytest.mark.django_db
@pytest.mark.parametrize(("seed", "at_once"), [(1, True), (2, False)])
def test_no_offer_breaks_a_hard_rule_and_every_refusal_adds_up(seed: int, at_once: bool):
    _give_out_and_check(seed, at_once)


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9), at_once=st.booleans())
def test_in_many_worlds_no_offer_breaks_a_hard_rule_and_every_refusal_adds_up(seed: int, at_once: bool):
    _give_out_and_check(seed, at_once)


def _give_out_and_check(seed: int, at_once: bool) -> None:
    with transaction.atomic():
        world = World(random.Random(seed))
        world.hand_in(at_once=at_once)
        rows = list(Assignment.objects.select_related("attempt__submission__version__micro_credential"))
        assert [broken for row in rows if (broken := broken_rules(row))] == []
        assert len({(row.attempt_id, row.assessor_id) for row in rows}) == len(rows)
        for assessor, held in Counter(row.assessor_id for row in rows).items():
            told = Availability.objects.get(assessor=assessor)
            assert held <= min(told.at_once, told.at_once if told.weekly is None else told.weekly)
        for plan in ReadingPlan.objects.select_related("attempt__submission__version__micro_credential"):
            search = leading.search(plan, now=b.NOW)
            assert (search is not None) == bool(plan.searching_since)
            if search:
                refusal = search.refusal
                assert sum(refusal.bars.values()) + refusal.given + refusal.taken == refusal.qualified
        assert actions.take_back_barred_work(actor=b.SYSTEM, now=b.NOW) == 0
        transaction.set_rollback(True)


def test_a_broken_rule_would_be_noticed(db: None):
    issuer = b.issuer()
    item = b.version(of=issuer)
    school = b.organisation("same-school")
    assessor = b.assessor(issuer, item, works_at=[school])
    actions.set_availability(actor=as_(assessor), at_once=5, weekly=None, languages=["en"], known=["en"], now=b.NOW)
    attempt: Attempt | None = b.submitted(b.person(works_at=[school]), item, jobs=False).current
    row = Assignment.objects.create(attempt=attempt, assessor=assessor.person, offered_at=b.NOW)
    run_waiting_jobs()
    assert broken_rules(row) == ["school"]
