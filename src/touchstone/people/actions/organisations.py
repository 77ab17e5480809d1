"""Organisations: entering them, their place in the tree, their e-mail domains."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.text import slugify

from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.ids import new_token
from touchstone.people import errors, queries, rules
from touchstone.people.addresses import clean_domain, domain_of, ends_of, is_public
from touchstone.people.enums import DomainRule, OrganisationKind
from touchstone.people.models import Organisation, OrganisationDomain
from touchstone.people.names import clean_name, is_same_name

_TREE_LOCK = 0x7EE0  # moves in the tree are made one after the other, or two could close a ring


@transaction.atomic
def found_organisation(*, actor: Actor, now: datetime, **facts: object) -> Organisation:
    """Enter an organisation, or bring the one with this slug up to date. Raises OnlyPlatformStaff, UnderItself."""
    if not rules.is_everywhere(actor):
        raise errors.OnlyPlatformStaff
    slug, parent = facts.pop("slug"), facts.get("parent")
    if isinstance(parent, Organisation):
        known = Organisation.objects.filter(slug=slug).first()
        if known:
            _require_no_ring(known.id, parent.id)
    organisation, _created = Organisation.objects.update_or_create(slug=slug, defaults=facts)
    journal.record(actor, "organisation.entered", now=now, organisation=organisation.id)
    return organisation


@transaction.atomic
def add_part(
    *, actor: Actor, organisation: Organisation, name: str, kind: str, now: datetime, state: str = ""
) -> Organisation:
    """Enter a part of an organisation one administers, such as a school of a district. It issues nothing by itself.

    A part of this name that is there already is returned as it is. Raises NotAdministratorHere, UnknownChoice,
    NameMissing.
    """
    require_administrator(actor, organisation)
    if kind not in OrganisationKind.values:
        raise errors.UnknownChoice(choice=kind)
    cleaned = clean_name(name)
    if not cleaned:
        raise errors.NameMissing
    Organisation.objects.select_for_update(no_key=True).get(id=organisation.id)  # the same twice at once is one
    known = next((part for part in organisation.parts.all() if is_same_name(part.name, cleaned)), None)
    if known:
        return known
    part = Organisation.objects.create(
        slug=_free_slug(cleaned),
        name=cleaned,
        kind=kind,
        state=state or organisation.state,
        time_zone=organisation.time_zone,
        parent=organisation,
        is_invented=organisation.is_invented,
    )
    journal.record(actor, "organisation.entered", now=now, organisation=part.id)
    return part


def _free_slug(name: str) -> str:
    slug = slugify(name)[:50].strip("-")
    taken = not slug or Organisation.objects.filter(slug=slug).exists()
    return f"{slug}-{new_token()[:8]}".strip("-") if taken else slug


@transaction.atomic
def move_organisation(
    *, actor: Actor, organisation: Organisation, parent: Organisation | None, now: datetime
) -> Organisation:
    """Put an organisation under another one, or at the top. Whoever administers the new place sees into it at once,
    so this is for platform staff. Raises OnlyPlatformStaff, UnderItself.
    """
    if not rules.is_everywhere(actor):
        raise errors.OnlyPlatformStaff
    if parent:
        _require_no_ring(organisation.id, parent.id)
    organisation.parent = parent
    organisation.save(update_fields=["parent"])
    journal.record(
        actor, "organisation.moved", now=now, organisation=organisation.id, parent=parent.id if parent else None
    )
    return organisation


@transaction.atomic
def set_domain(
    *, actor: Actor, organisation: Organisation, domain: str, rule: str, now: datetime
) -> OrganisationDomain:
    """Enter an e-mail domain of an organisation, or change its rule.

    Raises NotAdministratorHere, UnknownChoice, DomainNotUsable, PublicProvider, DomainTaken, DomainNotYours.
    """
    require_administrator(actor, organisation)
    if rule not in DomainRule.values:
        raise errors.UnknownChoice(choice=rule)
    name = clean_domain(domain)
    if not name:
        raise errors.DomainNotUsable(domain=domain[:80])
    if is_public(name):
        raise errors.PublicProvider(domain=name)
    if rule != DomainRule.NONE and not rules.is_everywhere(actor):
        _require_own_address(actor, name)
    row, _created = OrganisationDomain.objects.get_or_create(
        domain=name, defaults={"organisation": organisation, "rule": rule}
    )
    if row.organisation_id != organisation.id:
        raise errors.DomainTaken
    row.rule = rule
    row.save(update_fields=["rule"])
    journal.record(actor, "domain.set", now=now, organisation=organisation.id, rule=rule)
    return row


@transaction.atomic
def remove_domain(*, actor: Actor, organisation: Organisation, domain: str, now: datetime) -> None:
    """Take a domain away from an organisation; who joined by it stays. Raises NotAdministratorHere."""
    require_administrator(actor, organisation)
    removed, _kinds = OrganisationDomain.objects.filter(organisation=organisation, domain=clean_domain(domain)).delete()
    if removed:
        journal.record(actor, "domain.removed", now=now, organisation=organisation.id)


def require_administrator(actor: Actor, organisation: Organisation) -> None:
    """Raises NotAdministratorHere unless the actor may act for this organisation."""
    if not rules.ADMINISTER.allows(actor, organisation):
        raise errors.NotAdministratorHere


def _require_own_address(actor: Actor, domain: str) -> None:
    addresses = queries.verified_addresses(actor.person) if actor.person else set()
    if not any(domain in ends_of(domain_of(address)) for address in addresses):
        raise errors.DomainNotYours


def _require_no_ring(organisation: UUID, parent: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TREE_LOCK])
    if organisation in {parent, *queries.ancestors(parent)}:
        raise errors.UnderItself
