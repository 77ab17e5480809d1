"""Finding ways to reach somebody: e-mail, phone, accounts, links. Each pattern is anchored and bounded."""

import re
from collections.abc import Iterator
from itertools import pairwise

from touchstone.core.privacy.known import KnownIdentities
from touchstone.core.privacy.known_people import KnownPeople, is_distinct
from touchstone.core.privacy.pieces import Certainty, Kind
from touchstone.core.privacy.reading import Mark, Reading
from touchstone.core.privacy.surface import fold
from touchstone.core.privacy.words import word_set
from touchstone.core.privacy.words.markers import SOCIAL_SITES

_LIKELY, _POSSIBLE = Certainty.LIKELY, Certainty.POSSIBLE
_LOCAL_BACKWARDS = re.compile(r"[\w.+%-]{1,64}")
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_SPACED_DOMAIN = re.compile(r"[\w-]{1,63}\.(?:com|org|net|edu|us|gov|mx)\b")
_HANDLE = re.compile(r"[a-z_][\w.]{2,29}")
_NOT_HANDLES = word_set(
    """
    media import property keyframes override param return everyone home school here supports staticmethod
    classmethod
    """
)
_TOP = word_set("com org net edu us gov mx io info co es")
_DOTS = frozenset({"dot", "punto"})
_ATS = frozenset({"at", "arroba"})
_SOCIAL_VALUE = re.compile(r"(?P<link>:? ?(?:is |es |soy |handle |@ )?(?:soy )?)@?(?P<handle>[a-z_][\w.]{3,29})")
_DIGITS = re.compile(r"[\d(+][\d ()./+-]{6,}")
"""Where phone numbers can stand; each stretch is searched with room for an extension behind it."""
_EXTENSION_ROOM = 24
_PHONE = re.compile(
    r"(?<![\w.])(?:\+?1[ .-]{0,2})?(?:\(\d{3}\)[ .-]{0,2}|\d{3}[ .\-/]{1,3})\d{3}[ .-]{1,2}\d{4}(?!\w)"
    r"(?:,? {0,2}(?:ext|extension|x)\b\.? {0,2}\d{1,6})?"
)
_PHONE_ABROAD = re.compile(r"(?<!\w)\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}")
_PHONE_BARE = re.compile(
    r"(?<![\w.-])(?:\d{10}|\d{3}[-. ]\d{4})(?![\w-])(?:,? {0,2}(?:ext|extension|x)\b\.? {0,2}\d{1,6})?"
)
_PHONE_WORD = re.compile(
    r"\b(?:call|text|phone|cell|tel|telephone|mobile|dial|fax|telefono|celular|llam[ae]\w{0,3}|marque|numero|number|whatsapp|sms|reach)\b"
)
_EXTENSION = re.compile(r"(?:ext|extension)\b\.? ?#?\d{3,6}(?!\w)")
_DIGIT_WORDS = {
    word: value
    for value, words in enumerate(
        (
            "zero oh o cero",
            "one uno",
            "two dos",
            "three tres",
            "four cuatro",
            "five cinco",
            "six seis",
            "seven siete",
            "eight ocho",
            "nine nueve",
        )
    )
    for word in words.split()
}
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,2000}")
_BARE_END = re.compile(r"/[^\s<>\"]{0,1000}")
_TRAILING = ".,;:!?)]}'"
_SCHOOL_HOST = re.compile(r"\bk12\b|(?:isd|usd|csd)\b|schools?\b|escuela|academy\b|district\b|elementary")
_OPEN_HOSTS = re.compile(
    r"khanacademy|schoology|edutopia|oercommons|google\.com|microsoft|brainpop|newsela|codeacademy|codecademy"
)
_PERSONS_PAGE = re.compile(
    r"(?:linkedin\.com/in/|facebook\.com/|instagram\.com/|(?:twitter|x)\.com/|tiktok\.com/@|youtube\.com/(?:@|c/|user/|channel/)"
    r"|sites\.google\.com/(?:site|view|a)/|(?:weebly|wordpress|blogspot|wixsite|tumblr|substack)\.com|github\.io|about\.me/|linktr\.ee/"
    r"|padlet\.com/\w|pinterest\.com/\w|teacherspayteachers\.com/store/|snapchat\.com/add/|threads\.net/@|bsky\.app/profile/"
    r"|/~|/users?/|/people/|/staff/|/teachers?/|/faculty/|/profiles?/|//(?:mr|mrs|ms|miss|profe|maestr[ao]|teacher)[a-z]{3})"
)
_FROM_LETTERS = 5


class Contacts:
    """Detectors of addresses; what is known makes a finding certain."""

    def __init__(self, known: KnownIdentities, people: KnownPeople) -> None:
        self._emails = {fold(email).strip() for email in known.emails}
        self._handles = {fold(handle).strip().lstrip("@") for handle in known.handles} - {""}
        self._first: dict[str, list[tuple[str, int]]] = {}
        for handle in self._handles:
            if found := re.search(r"[^\W\d_]+", handle):
                self._first.setdefault(found.group(), []).append((handle, found.start()))
        self._words = frozenset(
            word for word in (*people.people, *people.joined) if len(word) >= _FROM_LETTERS and is_distinct(word)
        )

    def find(self, reading: Reading) -> Iterator[Mark]:
        """Every address, number, account and link in the reading."""
        yield from self._emails_and_handles(reading)
        yield from self._links(reading)
        yield from _phones(reading)
        for i, word in enumerate(reading.words):
            if word in _TOP:
                yield from _email_in_words(reading, i)
                yield from self._bare_link(reading, i)
            if word in SOCIAL_SITES:
                yield from _account_of_site(reading, i)
            if word in self._first:
                yield from self._known_handles(reading, i)
            if word in {"ext", "extension"} and (found := _EXTENSION.match(reading.low, reading.starts[i])):
                yield Mark(found.start(), found.end(), Kind.PHONE, "phone", _LIKELY)
            if word in _DIGIT_WORDS and (i == 0 or reading.before(i) not in _DIGIT_WORDS):
                yield from _phone_in_words(reading, i)

    def _known_handles(self, reading: Reading, i: int) -> Iterator[Mark]:
        """Known account names without their @, by their first letters at word `i`."""
        for handle, before in self._first[reading.words[i]]:
            start = reading.starts[i] - before
            if start >= 0 and reading.low.startswith(handle, start):
                yield Mark(start, start + len(handle), Kind.HANDLE, "handle_known", Certainty.KNOWN)

    def _emails_and_handles(self, reading: Reading) -> Iterator[Mark]:
        low = reading.low
        at = low.find("@")
        while at >= 0:
            spaced = 1 if low[at - 1 : at + 2] == " @ " and _SPACED_DOMAIN.match(low, at + 2) else 0
            local = _LOCAL_BACKWARDS.match(low[max(0, at - 64) : at - spaced][::-1])
            domain = _DOMAIN.match(low, at + 1 + spaced)
            if local and domain:
                start, end = at - spaced - local.end(), at + 1 + spaced + len(domain.group().rstrip("._-"))
                known = low[start:end] in self._emails
                yield Mark(start, end, Kind.EMAIL, *(("email_known", Certainty.KNOWN) if known else ("email", _LIKELY)))
            elif not local and low[at - 1 : at] != "]":
                yield from self._handle(low, at)
            at = low.find("@", at + 1)

    def _handle(self, low: str, at: int) -> Iterator[Mark]:
        found = _HANDLE.match(low, at + 1)
        if not found or found.group() in _NOT_HANDLES:
            return
        name = found.group().rstrip(".")
        known = name in self._handles
        certainty = Certainty.KNOWN if known else _LIKELY
        yield Mark(at, at + 1 + len(name), Kind.HANDLE, "handle_known" if known else "handle", certainty)

    def _links(self, reading: Reading) -> Iterator[Mark]:
        for found in _LINK.finditer(reading.low):
            yield from self._judge_link(found.start(), found.group())

    def _bare_link(self, reading: Reading, i: int) -> Iterator[Mark]:
        """“cedarfallsisd.net/lessons”: a host without its protocol."""
        if reading.gap(i) != "." and not reading.gap(i).endswith("."):
            return
        low, end = reading.low, reading.ends[i]
        host = re.match(r"[\w.-]{3,80}", low[max(0, end - 80) : end][::-1])
        if not host or (low[end : end + 1] in {"@", "."} and low[end + 1 : end + 2].isalnum()):
            return
        start = end - host.end()
        if low[start - 1 : start] in {"@", "/"}:
            return
        path = _BARE_END.match(low, end)
        yield from self._judge_link(start, low[start : path.end() if path else end])

    def _judge_link(self, start: int, link: str) -> Iterator[Mark]:
        link = link.rstrip(_TRAILING)
        reason = self._why_link(link)
        if reason:
            certainty = Certainty.KNOWN if reason == "link_known" else _LIKELY
            yield Mark(start, start + len(link), Kind.LINK, reason, certainty)

    def _why_link(self, link: str) -> str | None:
        parts = re.findall(r"[^\W\d_]+", link)
        if any(part in self._words for part in parts) or any(
            handle in link for handle in self._handles if len(handle) > 3
        ):
            return "link_known"
        if _PERSONS_PAGE.search(link):
            return "link_person"
        host = link.split("//")[-1].split("/")[0]
        return "link_school" if _SCHOOL_HOST.search(host) and not _OPEN_HOSTS.search(host) else None


def _phones(reading: Reading) -> Iterator[Mark]:
    low = reading.low
    for stretch in _DIGITS.finditer(low):
        begin, end = stretch.start(), stretch.end() + _EXTENSION_ROOM
        for pattern in (_PHONE, _PHONE_ABROAD):
            for found in pattern.finditer(low, begin, end):
                if sum(map(str.isdigit, found.group())) >= 8:
                    yield Mark(found.start(), found.end(), Kind.PHONE, "phone", _LIKELY)
        for found in _PHONE_BARE.finditer(low, begin, end):
            if _PHONE_WORD.search(low, max(0, found.start() - 32), found.start()):
                yield Mark(found.start(), found.end(), Kind.PHONE, "phone", _LIKELY)


def _phone_in_words(reading: Reading, i: int) -> Iterator[Mark]:
    """Seven or more digits in words, unless they only count up or down."""
    end = i
    while (
        end < len(reading.words)
        and end - i < 16
        and reading.words[end] in _DIGIT_WORDS
        and (end == i or reading.near(end))
    ):
        end += 1
    digits = [_DIGIT_WORDS[word] for word in reading.words[i:end]]
    steps = {b - a for a, b in pairwise(digits)}
    if len(digits) >= 7 and steps not in ({1}, {-1}, {2}, {0}):
        yield reading.mark(i, end, Kind.PHONE, "phone_spelled", _LIKELY)


def _email_in_words(reading: Reading, top: int) -> Iterator[Mark]:
    """“jane dot doe at gmail dot com”, read backwards from its last word."""
    first, spelled = top, False
    for _ in range(5):
        if reading.word(first - 1) in _DOTS and _close(reading, first) and _close(reading, first - 1):
            first, spelled = first - 2, True
        elif reading.gap(first) == "." and first > 0:
            first -= 1
        else:
            break
    if first < 2 or first == top or reading.words[first - 1] not in _ATS:
        return
    spelled = spelled or reading.words[first - 1] == "arroba" or reading.gap(first).strip() in {"]", ")"}
    if not (spelled and _close(reading, first) and _close(reading, first - 1)):
        return
    first -= 2
    while first > 1 and reading.words[first - 1] in _DOTS and _close(reading, first) and _close(reading, first - 1):
        first -= 2
    start = reading.starts[first]
    more = _LOCAL_BACKWARDS.match(reading.low[max(0, start - 64) : start][::-1])
    yield Mark(start - (more.end() if more else 0), reading.ends[top], Kind.EMAIL, "email_spelled", _LIKELY)


def _close(reading: Reading, i: int) -> bool:
    return (
        0 < i < len(reading.words) and len(reading.gap(i)) <= 4 and not reading.gap(i).strip(" [](){}<>_-\n0123456789")
    )


def _account_of_site(reading: Reading, i: int) -> Iterator[Mark]:
    """“Instagram: teachwithpriya”, “My Snapchat is tjeff_teach”."""
    found = _SOCIAL_VALUE.match(reading.low, reading.ends[i])
    if not found or not found["link"]:
        return
    handle = found["handle"].rstrip(".")
    end = found.start("handle") + len(handle)
    follows = reading.low[end : end + 2]
    odd = any(sign in "._0123456789" for sign in handle)
    alone = found["link"].startswith(":") and follows.rstrip(" .\n") == "" and not follows.startswith(" ")
    if odd or alone or found["link"].strip() == "soy":
        yield Mark(found.start("handle"), end, Kind.HANDLE, "handle", _LIKELY)
