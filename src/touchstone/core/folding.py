"""One form for search and for sorting names: compatibility decomposition, marks off, case folded."""

import unicodedata


def fold(text: str) -> str:
    """“Núñez” and “nunez” fold to the same text (Unicode NFKD without combining marks, then case folding)."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().strip()
