"""The house's structure, held by machine: who may point at whom, and who may write."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

SOURCE = Path(__file__).resolve().parents[2] / "src" / "touchstone"
STOREYS = (
    {"kit"},
    {"people"},
    {"catalogue"},
    {"portfolio"},
    {"assessment", "credentials"},
    {"insights"},
    {"flows"},
    {"demo"},
    {"web"},
)
WRITES = {"save", "delete", "create", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
MAY_WRITE = {"actions.py", "actions", "migrations"}
# The journal and the outbox are the plumbing's own ledgers; every other write is an action of its context.
PLUMBING = {"kit/clock.py", "kit/journal.py", "kit/mail.py", "kit/storage.py"}


def _storey(label: str) -> int:
    return next(height for height, labels in enumerate(STOREYS) if label in labels)


def _our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("touchstone.")]


def test_every_app_has_a_storey():
    for model in _our_models():
        assert _storey(model._meta.app_label) >= 0


def test_foreign_keys_point_down_with_no_way_back_up():
    for model in _our_models():
        here = model._meta.app_label
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or not hasattr(field.related_model, "_meta"):
                continue
            there = field.related_model._meta.app_label
            if here == there or not field.related_model.__module__.startswith("touchstone."):
                continue
            assert _storey(there) < _storey(here), f"{model.__name__}.{field.name} points up or sideways"
            assert field.remote_field.hidden, f"{model.__name__}.{field.name}: lower storeys must not look back up"


def _writes(tree: ast.AST):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            target = ast.unparse(node.func.value)
            is_query = ".objects" in target or "_default_manager" in target
            is_row = node.func.attr in {"save", "delete"} and not node.args
            if is_query or is_row:
                yield node.lineno, f"{target}.{node.func.attr}"


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(SOURCE.rglob("*.py")) if not MAY_WRITE & set(path.parts)],
    ids=lambda path: str(path.relative_to(SOURCE)),
)
def test_rows_are_written_only_in_actions(path: Path):
    if str(path.relative_to(SOURCE)) in PLUMBING:
        return
    found = list(_writes(ast.parse(path.read_text())))
    assert not found, f"writes outside actions: {found}"


def test_a_write_outside_actions_is_noticed():
    assert list(_writes(ast.parse("Person.objects.filter(id=1).update(name='x')")))
    assert list(_writes(ast.parse("row.save(update_fields=['name'])")))


@pytest.mark.parametrize("name", ["utils.py", "helpers.py", "services.py", "signals.py"])
def test_no_junk_drawers(name: str):
    assert not list(SOURCE.rglob(name))
