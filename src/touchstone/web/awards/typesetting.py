"""Documents and pictures set with typst: the words go in as data, so that nothing in them can be markup."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

ACCESSIBLE = ("a-3a", "ua-1")
"""PDF/A-3a and PDF/UA-1: tagged, with its language, to be kept, and allowed to hold another file."""
_FOLDER = Path(__file__).with_name("typst")


def set_pdf(template: str, data: Mapping[str, Any], *, note: str) -> bytes:
    """A tagged PDF of a template and what it says.

    The fonts inside typst hold Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, Georgian and Armenian letters. For
    others the fonts of this machine are asked; if those lack them too, the standards cannot be met, as they demand
    every letter: then the document is made without them, its ``note`` says that letters are missing, and the page of
    the award shows them all.
    """
    source = _source(template)
    for own_fonts_only in (True, False):
        try:
            return _set(source, {**data, "note": ""}, own_fonts_only, list(ACCESSIBLE))
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
    return _set(source, {**data, "note": note}, False, [])


def set_png(template: str, data: Mapping[str, Any]) -> bytes:
    """A picture of a template's one page, a pixel for each of its points."""
    inputs = {"data": json.dumps(data)}
    made = typst.compile(_source(template), sys_inputs=inputs, format="png", ppi=72.0, ignore_system_fonts=False)
    assert isinstance(made, bytes)
    return made


def _set(source: bytes, data: Mapping[str, Any], own_fonts_only: bool, standards: list[str]) -> bytes:
    inputs = {"data": json.dumps(data)}
    made = typst.compile(
        source,
        sys_inputs=inputs,
        ignore_system_fonts=own_fonts_only,
        pdf_standards=standards,  # type: ignore[arg-type]  # the stubs want a list of their own literals
    )
    assert isinstance(made, bytes)
    return made


@cache
def _source(template: str) -> bytes:
    return (_FOLDER / f"{template}.typ").read_bytes()
