r"""Counting words for word ranges, by one rule that Python and JavaScript share.

A word is a run of letters and digits. It may go on across one apostrophe, hyphen, full stop or soft
hyphen between letters or digits, and across one comma or colon between digits: “don't”, “co-teach”,
“e.g.”, “3.5”, “1,200” and “10:30” are one word each. Anything else ends a word: spaces, dashes (also
two hyphens), slashes, brackets, emoji. A single dash or bullet is no word.

`WORD_PATTERN` is that rule. Letters are given as ranges instead of classes such as \w, because \w is
not the same set in the two languages; its text is a valid regular expression in both and matches the
same words: `new RegExp(WORD_PATTERN, "g")` in JavaScript, without the flag `u`. Every character is
either part of a word, a joiner or an end, so matching never turns back and takes linear time.
Writing that puts no spaces between words (Chinese, Japanese, Thai) counts as one word per run.
"""

import re

_LETTERS = (
    r"0-9A-Za-z\u00AA\u00B5\u00BA\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u1FFF\u2C00-\u2DFF"
    r"\u3040-\uD7FF\uF900-\uFDFF\uFE70-\uFEFC\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\uFF66-\uFFDC"
)
_JOINERS = r"'.\u2019\u00AD\u2010\u2011\u200C\u200D-"

WORD_PATTERN = rf"[{_LETTERS}]+(?:(?:[{_JOINERS}]|(?<=[0-9])[,:](?=[0-9]))[{_LETTERS}]+)*"

_WORD = re.compile(WORD_PATTERN)


def count_words(text: str) -> int:
    """How many words the text has, by the rule above."""
    return sum(1 for _ in _WORD.finditer(text))
