"""Word lists, written from general knowledge; folded: lower case, no accents."""


def word_set(words: str) -> frozenset[str]:
    """The words of a list written with blanks between."""
    return frozenset(words.split())
