"""E-mail addresses and their domains. Public mail providers say nothing about where somebody works."""

import re

# The large providers of the United States and Latin America, and their older names. A domain left out here only means
# that two strangers may be kept apart; none of them can be entered as an organisation's.
_PROVIDERS = """
    gmail.com googlemail.com outlook.com hotmail.com live.com msn.com passport.com yahoo.com ymail.com rocketmail.com
    aol.com aim.com icloud.com me.com mac.com proton.me protonmail.com pm.me hey.com fastmail.com fastmail.fm zoho.com
    zohomail.com gmx.com gmx.net gmx.us gmx.de web.de mail.com email.com usa.com yandex.com yandex.ru mail.ru inbox.com
    tutanota.com tuta.io tuta.com posteo.net posteo.de mailbox.org hushmail.com duck.com runbox.com juno.com netzero.net
    comcast.net xfinity.com verizon.net att.net sbcglobal.net bellsouth.net pacbell.net ameritech.net swbell.net
    charter.net spectrum.net rr.com roadrunner.com twc.com cox.net earthlink.net mindspring.com optonline.net
    optimum.net frontier.com frontiernet.net windstream.net centurylink.net q.com embarqmail.com suddenlink.net
    cableone.net mediacombb.net wowway.com rcn.com t-mobile.com tmomail.net vzw.com hawaiiantel.net gci.net
    outlook.es hotmail.es hotmail.com.mx live.com.mx yahoo.es yahoo.com.mx yahoo.com.ar yahoo.com.br yahoo.co.uk
    yahoo.ca hotmail.co.uk hotmail.fr outlook.com.br prodigy.net.mx naver.com hanmail.net daum.net qq.com 163.com
    126.com sina.com rediffmail.com
"""
PUBLIC_PROVIDERS = frozenset(_PROVIDERS.split())
# Ends under which anybody may register: an organisation's domain has at least one label before them.
_ENDS = "com net org edu gov us info co k12 mil int co.uk ac.uk com.mx edu.mx com.br edu.au"
_SHARED_ENDS = frozenset(_ENDS.split())
_NOT_IN_LOCAL = re.compile(r"[\s,;<>\"@\x00-\x1f]")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_STATE_SCHOOLS = re.compile(r"(k12|cc|tec|lib|state|gen|cog)\.[a-z]{2}\.us|[a-z]{2}\.us")  # RFC 1480, section 2


def clean_address(email: str) -> str:
    """Trimmed and lower-cased, as addresses are kept; empty when it is no address."""
    email = email.strip().casefold()
    local, at, domain = email.rpartition("@")
    usable = (
        at and local and len(email) <= 254 and clean_domain(domain) and not re.search(r"[\s,;<>\"@\x00-\x1f]", local)
    )
    return email if usable else ""


def domain_of(email: str) -> str:
    return clean_domain(email.rpartition("@")[2])


def clean_domain(domain: str) -> str:
    """Lower case, in ASCII (RFC 5891), without “@” or a final dot; empty when it is no domain name."""
    domain = domain.strip().removeprefix("@").rstrip(".").lower()
    try:
        domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    labels = domain.split(".")
    return domain if len(labels) > 1 and len(domain) <= 253 and all(map(_LABEL.fullmatch, labels)) else ""


def is_public(domain: str) -> bool:
    """Whether anybody can have an address there, so that sharing it means nothing."""
    shared = domain in _SHARED_ENDS or _STATE_SCHOOLS.fullmatch(domain) is not None
    return shared or any(end in PUBLIC_PROVIDERS for end in ends_of(domain))


def ends_of(domain: str) -> list[str]:
    """A domain and those above it, the longest first: “staff.maple.org”, “maple.org”."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]
