"""Names and addresses are read through one gate: whoever shows somebody of the other side asks ``people.seen``."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "touchstone"
TEMPLATES = SOURCE / "web" / "templates"

# Rows that say who somebody is, the reads that return what they say, and the ways to them through other rows.
ROWS = {"Person", "Account", "FormerName", "EmailAddress", "GuardianConsent", "ConflictStatement"}
READS = {"names_of", "addresses_of", "every_name_of", "verified_addresses"}
PATHS = re.compile(
    r"(\w+__)?(person__(name|sort_name|account|former_names)|account__email|former_names|sort_name)(__\w+)?"
)
IN_TEMPLATES = re.compile(r"\bperson\.(?:person|name|account|sort_name)|\.account\b|\bsort_name\b|(?<!form)\.email\b")

# Beside the people context itself. Each shows nobody of the other side, for the reason given.
MAY_READ = {
    "web/acting.py": "finds out who is signed in",
    "web/account": "shows people their own account",
    "web/organisations": "shows administrators who belongs to their organisation",
    "assessment/queries.py": "keeps people from work they must not score; reads no name",
    "assessment/eligibility.py": "keeps people from work they must not score; reads no name",
    "assessment/leading.py": "sorts assessors by name for their leaders; the names come through the gate",
    "credentials/actions/importing.py": "asks whether a badge names an address that its holder has shown to be hers",
    "api/profile.py": "hands people's own name and address to the apps they let at them",
    "credentials/signing.py": "hashes the holder's address into her own badge",
    "flows/notices.py": "writes to the person herself",
    "flows/rights": "hands people their own data, erases it, and tells them so",
    "demo": "invents everybody",
}
TEMPLATES_MAY_SHOW = {
    "account": "one's own account",
    "accountpages": "one's own account",
    "organisations": "members, to their administrators",
    "usersessions": "one's own sessions",
    "operate": "behind glass",
    "demo": "invented people",
}


def _within(path: str, allowed: dict[str, str]) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in allowed)


def _identity_reads(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
            yield from sorted(names & READS)
            if (node.module or "").startswith(("touchstone.people", "allauth")):
                yield from sorted(names & ROWS)
        elif isinstance(node, ast.Attribute):
            is_way = node.attr in {"email", "name"} and isinstance(node.value, ast.Attribute)
            if node.attr in READS or (is_way and node.value.attr in {"account", "person"}):  # type: ignore[attr-defined]
                yield node.attr
        elif isinstance(node, ast.keyword) and node.arg and PATHS.fullmatch(node.arg):
            yield node.arg
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and PATHS.fullmatch(node.value):
            yield node.value


MODULES = [path for path in sorted(SOURCE.rglob("*.py")) if path.relative_to(SOURCE).parts[0] not in {"people", "core"}]


def test_nobody_reads_identities_past_the_gate():
    found = []
    for path in MODULES:
        name = str(path.relative_to(SOURCE))
        if not _within(name, MAY_READ) and "migrations" not in path.parts:
            found += [f"{name}: {read}" for read in _identity_reads(ast.parse(path.read_text(encoding="utf-8")))]
    assert not found, f"show people through touchstone.people.seen instead: {found}"


def test_templates_show_names_that_the_gate_let_through():
    found = []
    for path in sorted(TEMPLATES.rglob("*")):
        name = str(path.relative_to(TEMPLATES))
        if path.is_file() and not _within(name, TEMPLATES_MAY_SHOW):
            tags = re.findall(r"\{[{%].*?[%}]\}", path.read_text(encoding="utf-8"), re.DOTALL)
            found += [f"{name}: {tag}" for tag in tags if IN_TEMPLATES.search(tag)]
    assert not found, found


@pytest.mark.parametrize(
    "code",
    [
        "from touchstone.people.queries import names_of",
        "from touchstone.people.models import Membership, Person",
        "from allauth.account.models import EmailAddress",
        "people.names_of([award.holder_id])",
        "row.person.person.account.email",
        "assignment.assessor.person.name",
        "Award.objects.filter(holder__person__name='Rosa')",
        "rows.values_list('holder__person__name')",
    ],
)
def test_a_read_past_the_gate_is_noticed(code: str):
    assert list(_identity_reads(ast.parse(code)))


@pytest.mark.parametrize("code", ["organisation.name", "award.issuer.name", "names_seen(viewer, side, people)"])
def test_other_names_are_left_alone(code: str):
    assert not list(_identity_reads(ast.parse(code)))
