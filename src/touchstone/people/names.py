"""Names as people write them, in any script, and the key they sort and match by."""

import unicodedata

from touchstone.core.folding import fold

LONGEST = 120  # characters
# Persian and the scripts of India write some names with an invisible joiner between letters; elsewhere it is debris.
_JOINERS = "\u200c\u200d"
_APOSTROPHES = "'’‘ʼʻ`´"


def clean_name(name: str) -> str:
    """NFC, single spaces, nothing invisible, at most 120 characters; empty when nothing readable is left."""
    name = unicodedata.normalize("NFC", name)
    visible = "".join(sign if unicodedata.category(sign) not in {"Cc", "Zl", "Zp"} else " " for sign in name)
    visible = "".join(sign for sign in visible if unicodedata.category(sign)[0] != "C" or sign in _JOINERS)
    joined = zip(" " + visible, visible, visible[1:] + " ", strict=False)
    visible = "".join(sign for before, sign, after in joined if sign not in _JOINERS or _joins(before, after))
    words = " ".join(visible.split())[:LONGEST].rstrip(" " + _JOINERS)
    return words if any(unicodedata.category(sign)[0] in "LN" for sign in words) else ""


def _joins(before: str, after: str) -> bool:
    """Whether a joiner may stand between two signs: letters or marks of a script other than Latin's first ones."""
    return all(unicodedata.category(sign)[0] in "LM" and not sign.isascii() for sign in (before, after))


def name_key(name: str) -> str:
    """The folded name: letters and marks of meaning only, so that “O’Neill-Núñez” and “oneill nunez” are one."""
    folded = fold("".join(sign for sign in name if sign not in _APOSTROPHES and sign not in _JOINERS))
    return " ".join("".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in folded).split())[
        :LONGEST
    ]


def is_same_name(one: str, other: str) -> bool:
    """Whether two names differ at most by case, marks, spacing and punctuation."""
    return name_key(one).replace(" ", "") == name_key(other).replace(" ", "")
